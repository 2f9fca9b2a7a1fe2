import type { Tokenizer } from "./tokenizer.ts";

/** Signs that stand for minus. */
const minus = "[-−–—]";

/** Forms of numbers that the model was never taught, each with what to call it. They only ever refuse. */
const forms: [name: string, pattern: RegExp][] = [
  ["a number with a point or comma in it", /\d[.,]\d+/],
  ["a number in scientific notation", /\d+e[+-]?\d+/i],
  ["a number of more than three digits", /\d{4,}/],
  ["a negative operand", new RegExp(`(?:(?:^|[(×÷*/+=,:?]|${minus}\\s)\\s*|[a-z]\\s+)(${minus}\\d+)`, "iu")],
];

/**
 * Why a question cannot be one of the model's: a character that its vocabulary lacks (it would vanish, and leave
 * another question), or a number that it was never taught to read.
 * @returns undefined where the model itself has to decide
 */
export function refusalReason(question: string, tokenizer: Tokenizer): string | undefined {
  const plain = question.normalize("NFKC");
  for (const [name, pattern] of forms) {
    const match = pattern.exec(plain);
    if (match !== null) return `${name} (${match[1] ?? match[0]})`;
  }
  const unknown = tokenizer.unknownCharacters(question);
  return unknown.length === 0 ? undefined : `a character that it cannot read (${unknown.join(" ")})`;
}
