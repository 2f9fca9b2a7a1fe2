import type { Question } from "../../questions/question.ts";

/** Where an instruction came from. */
export interface Candidate {
  /** Its level of the factor `instruction`; 0 is the user's own. */
  level: number;
  text: string;
  source: "initial" | "built-in" | "reflection" | "recombination";
  /** The levels that it was made from. */
  parents: readonly number[];
}

/** Words in a row that must not be shared with the data: an instruction is general, or it teaches to the test. */
const phraseLength = 5;
const longestInstruction = 2000;

/**
 * Why an instruction cannot be used; undefined where it can.
 * @param phrases of the data, from `phrasesOf`
 */
export function refusalOf(
  instruction: string,
  known: readonly string[],
  phrases: ReadonlySet<string>,
): string | undefined {
  if (instruction === "") return "it is empty";
  if (instruction.length > longestInstruction)
    return `it has more than ${String(longestInstruction)} characters`;
  if (/\{\{.*\}\}/.test(instruction)) return "it holds a placeholder";
  if (known.includes(instruction)) return "it is there already";
  const copied = phrasesIn(instruction).find((phrase) => phrases.has(phrase));
  return copied === undefined ? undefined : `it copies "${copied}" from the data`;
}

/** Every phrase of five words that questions, contexts and right answers hold. */
export function phrasesOf(questions: readonly Question[]): Set<string> {
  const phrases = new Set<string>();
  for (const { question, asked = question, context = "", gold = "" } of questions) {
    for (const text of [asked, context, gold]) for (const phrase of phrasesIn(text)) phrases.add(phrase);
  }
  return phrases;
}

function phrasesIn(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .slice(0, Math.max(0, words.length - phraseLength + 1))
    .map((_, i) => words.slice(i, i + phraseLength).join(" "));
}

/** The sentences of two instructions, each once. */
export function recombine(a: string, b: string): string {
  const sentences = [a, b].flatMap((text) => text.split(/(?<=[.!?])\s+/)).map((sentence) => sentence.trim());
  return [...new Set(sentences)].filter((sentence) => sentence !== "").join(" ");
}
