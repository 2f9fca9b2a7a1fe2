import type { Random } from "../../../../random.ts";
import type { Expression, Operator } from "../expression.ts";
import { apply, expressionText, firstOperation, reduceFirst } from "../expression.ts";
import { differenceLines, sumLine } from "./columns.ts";
import { divisionLines } from "./division.ts";
import { productLines } from "./product.ts";

/** What is asked of a division that may leave something. */
export type Asked = "value" | "remainder" | "whole";

export interface Solution {
  reasoning: string;
  /** Empty where an intermediate result turns out to be one that nothing is taught about: negative, or with a remainder. */
  answer: string;
}

const announced: Record<Asked, string> = { value: "", remainder: "remainder of ", whole: "whole part of " };

/**
 * The steps of an expression: itself, then each operation's lines, with what remains of the expression after each.
 * @param slips where the steps are to hold a wrong move now and then, and how it is noticed and mended: what is to be
 *   learned from them is to go back (Ye et al., Physics of Language Models 2.2, 2024)
 */
export function solve(expression: Expression, asked: Asked = "value", slips?: Random): Solution {
  const lines = [announced[asked] + expressionText(expression)];
  let rest = expression;
  while (typeof rest !== "number") {
    const { operator, left, right } = firstOperation(rest);
    lines.push(...operationLines(operator, left, right, slips));
    const value = apply(operator, left, right);
    const uneven = operator === "÷" && left % right !== 0;
    rest = reduceFirst(rest, value);
    const last = typeof rest === "number";
    if (!last && (uneven || value < 0)) return { reasoning: lines.join("\n"), answer: "" };
    if (uneven || asked !== "value")
      return { reasoning: lines.join("\n"), answer: divisionAnswer(left, right, asked) };
    if (!last) lines.push(expressionText(rest));
  }
  return { reasoning: lines.join("\n"), answer: String(rest) };
}

function divisionAnswer(left: number, right: number, asked: Asked): string {
  const whole = Math.floor(left / right);
  if (asked === "remainder") return String(left % right);
  return asked === "whole" ? String(whole) : `${whole} remainder ${left % right}`;
}

function operationLines(operator: Operator, left: number, right: number, slips?: Random): string[] {
  switch (operator) {
    case "+":
      return [sumLine(left, right)];
    case "-":
      return differenceLines(left, right);
    case "×":
      return productLines(left, right);
    case "÷":
      return divisionLines(left, right, slips);
    case "%":
      return [...productLines(left, right), `${left * right}÷100=${(left * right) / 100}`];
  }
}
