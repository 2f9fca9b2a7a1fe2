import type { Candidate } from "./anchors.ts";
import type { Expectation } from "./expectation.ts";
import { choiceIn, firstSentence, isTemplate, lastNumber } from "./stated.ts";
import { unwrap } from "../forms/unwrap.ts";

/** What a text ends with, where nothing in it says that it is the answer. */
export function lastStatement(text: string, expected: Expectation): Candidate | undefined {
  const lines = text
    .slice(-6000)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^(?:```|---+|\$\$|\\\]|\\\[)/.test(line));
  const last = lines.at(-1);
  if (last === undefined) return undefined;
  const answer = read(lines, expected);
  return answer === undefined || isTemplate(answer)
    ? undefined
    : { answer, anchor: "last-line", at: text.lastIndexOf(last), rank: 0 };
}

function read(lines: string[], expected: Expectation): string | undefined {
  const last = lines.at(-1)!;
  if (expected.kind === "choice") return choiceIn(last, expected.options);
  if (expected.kind === "yes-no") return yesNo(lines);
  const sentences = last.split(/(?<=[.!?])\s+(?=[A-Z])/);
  const line = unwrap(last.replace(/^[A-Za-z][A-Za-z ]{1,30}:\s+(?=\S)/, ""));
  if (expected.kind === "any" && sentences.length === 1 && (isShort(line) || isFormula(line))) return line;
  for (const sentence of [...sentences].reverse().concat([...lines.slice(0, -1)].reverse())) {
    const formulas = lastFormulas(sentence);
    if (formulas !== undefined && (expected.kind === "any" || /\d/.test(formulas))) return formulas;
    const value = lastNumber(sentence);
    if (value !== undefined) return value;
  }
  return expected.kind === "any" && lines.length === 1 && line.length < 120 ? firstSentence(line) : undefined;
}

const formula = /\$((?:[^$\\]|\\.)+)\$|\\\(((?:[^\\]|\\[^)])*)\\\)/g;

/** The last formula of a sentence, with those that "and", "or" or a comma join to it. */
function lastFormulas(sentence: string): string | undefined {
  const all = [...sentence.slice(-2000).matchAll(formula)];
  const joined: RegExpExecArray[] = all.slice(-1);
  for (const span of all.slice(0, -1).reverse()) {
    const between = sentence.slice(-2000).slice(span.index + span[0].length, joined[0]!.index);
    if (!/^\s*(?:,|and|or|,\s*(?:and|or))\s*$/.test(between)) break;
    joined.unshift(span);
  }
  return joined.length === 0 ? undefined : joined.map((span) => unwrap((span[1] ?? span[2])!)).join(", ");
}

/** A line of mathematics with a variable: `x = 5 or x = -2`. */
function isFormula(line: string): boolean {
  const words = line.match(/[a-zA-Z]{2,}/g) ?? [];
  return /\b[a-zA-Z]\s*[=<>≤≥]/.test(line) && words.every((word) => /^(?:and|or)$/.test(word));
}

/** A few words that can be an answer as they stand: no formula to take out, no sentence about it. */
function isShort(line: string): boolean {
  const words = line.split(/\s+/).length;
  if (/=|:$|\$[^$]+\$|\\\(/.test(line)) return false;
  return /\d/.test(line)
    ? words <= 3 && !/[\u3400-\u9fff]/.test(line)
    : words <= 6 && !/^(?:this|that|these|it|which|so|thus|hence|therefore)\b/i.test(line);
}

function yesNo(lines: string[]): string | undefined {
  for (const line of [...lines].reverse().slice(0, 3)) {
    const match = /^\W*(yes|no|true|false)\b|\b(yes|no)[.!]?\W*$|\bso,? (?:the answer is )?(yes|no)\b/i.exec(
      line,
    );
    if (match) return match[1] ?? match[2] ?? match[3];
  }
  return undefined;
}
