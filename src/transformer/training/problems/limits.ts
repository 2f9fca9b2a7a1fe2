import type { Expression } from "./expression.ts";
import { operationsOf } from "./expression.ts";

type Step = ReturnType<typeof operationsOf>[number];

/** The longest answer, in tokens of one digit, sign or word. */
export const longestAnswer = 270;

/**
 * Whether the model is taught this: intermediate results of up to four digits and none negative (the last may be,
 * with operands of up to three digits), products of up to three by two digits, exact divisions by up to two digits.
 */
export function isTaught(expression: Expression): boolean {
  const operations = operationsOf(expression);
  return operations.every((each, at) => isTaughtStep(each, at === operations.length - 1));
}

/** Two or three operations that are taught, one after another, up to a result on the way that nobody can go on from. */
export function breaksOnTheWay(expression: Expression): boolean {
  const operations = operationsOf(expression);
  const at = operations.findIndex((each) => !isTaughtStep(each, false));
  if (at < 0 || at >= operations.length - 1) return false;
  const { operator, left, right } = operations[at]!;
  if (operator === "-") return left <= 999 && right <= 999;
  return operator === "÷" && left <= 999 && right > 1 && right <= 99;
}

function isTaughtStep({ operator, left, right }: Step, last: boolean): boolean {
  switch (operator) {
    case "+":
      return left + right <= 9999;
    case "-":
      return left >= right || (last && left <= 999 && right <= 999);
    case "×":
      return (
        Math.min(left, right) <= 99 &&
        Math.max(left, right) <= (left * right <= 9999 ? 9999 : 999) &&
        (last || left * right <= 9999)
      );
    case "÷":
      return right >= 1 && right <= 99 && left % right === 0;
    case "%":
      return last || (left * right) % 100 === 0;
  }
}

/** Tokens of a text, near enough: words and `, ` count one, so does every other character. */
export function estimateTokens(text: string): number {
  return text.match(/ ?[a-z]+|, |[^]/g)?.length ?? 0;
}
