import { stableHash } from "../../../random.ts";
import type { Operator } from "./expression.ts";

/** Operations that documents and examples show: never trained on, whatever their hash. */
export const shownOperations: readonly string[] = ["×:17,24"];

const shown = new Set(shownOperations);

/** `×:17,24`, operands sorted; p % of n counts as p×n, the remainder of a÷b as a÷b. */
export function operationKey(operator: Operator, left: number, right: number): string {
  const [low, high] = left <= right ? [left, right] : [right, left];
  return `${operator === "%" ? "×" : operator}:${low},${high}`;
}

/** Two-digit by one-digit and smaller: the facts that everything else is made of, always taught. */
export function isFact(left: number, right: number): boolean {
  return Math.min(left, right) <= 9 && Math.max(left, right) <= 99;
}

/** About a sixth of the operations that are no facts. */
export function isHeldOut(operator: Operator, left: number, right: number): boolean {
  if (isFact(left, right)) return false;
  const key = operationKey(operator, left, right);
  return stableHash(key) % 6 === 0 || shown.has(key);
}

/** Whether a wording, its numbers, names and things left open, has parts enough for its combination to be held out. */
export function isCombination(wording: string): boolean {
  let words = 1;
  for (const character of wording) if (character === " ") words++;
  return words > 8;
}

/** About a sixth of the combinations. Shorter wordings are always taught: every key word has to occur somewhere. */
export function isHeldOutWording(wording: string): boolean {
  return isCombination(wording) && stableHash(wording) % 6 === 0;
}
