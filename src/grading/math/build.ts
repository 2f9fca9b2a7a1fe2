import type { Expression } from "./expression.ts";
import { isInteger, rational } from "./rational.ts";

const minusOne: Expression = { type: "number", value: rational(-1n) };

export function negated(operand: Expression): Expression {
  if (operand.type === "number")
    return { ...operand, value: rational(-operand.value.numerator, operand.value.denominator) };
  return { type: "product", factors: [minusOne, operand] };
}

export function quotient(top: Expression, bottom: Expression): Expression {
  return { type: "product", factors: [top, { type: "power", base: bottom, exponent: minusOne }] };
}

export function isNumber(node: Expression): node is Extract<Expression, { type: "number" }> {
  return node.type === "number";
}

export function sumOf(terms: Expression[]): Expression {
  if (terms.length === 0) return { type: "number", value: rational(0n) };
  return terms.length === 1 ? terms[0]! : { type: "sum", terms: [...terms] };
}

export function product(left: Expression, right: Expression): Expression {
  return left.type === "product"
    ? { type: "product", factors: [...left.factors, right] }
    : { type: "product", factors: [left, right] };
}

/** The value of a fraction of integers between 0 and 1. */
export function properFraction(node: Expression) {
  if (node.type !== "product" || node.factors.length !== 2) return undefined;
  const [top, inverse] = node.factors as [Expression, Expression];
  if (!isNumber(top) || inverse.type !== "power" || !isNumber(inverse.base)) return undefined;
  const bottom = inverse.base.value;
  if (
    !isInteger(top.value) ||
    !isInteger(bottom) ||
    bottom.numerator <= top.value.numerator ||
    top.value.numerator <= 0n
  )
    return undefined;
  return rational(top.value.numerator, bottom.numerator);
}
