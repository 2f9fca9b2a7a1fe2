import { floor } from "../math/exact.ts";
import type { Rational } from "../math/rational.ts";
import {
  absolute,
  add,
  compare,
  divide,
  equals,
  formatRational,
  multiply,
  negate,
  rational,
} from "../math/rational.ts";
import type { Placed } from "./sides.ts";
import type { ArithmeticToken } from "./tokens.ts";

/** `3 remainder 2`, `3 R2`, `3 with a remainder of 2` */
export function remainderAfter({ after }: Placed): { value: Rational; token: ArithmeticToken } | undefined {
  const named = after.findIndex(
    (token, place) => place < 4 && token.kind === "word" && /^(?:remainder|rem|r)$/i.test(token.text),
  );
  if (named < 0) return undefined;
  const token = after.slice(named + 1, named + 4).find(({ kind }) => kind === "number");
  return token?.kind === "number" ? { value: token.value, token } : undefined;
}

export function dividesTo(a: Placed, b: Placed, remainder: Rational): boolean | undefined {
  const { division } = a.operand;
  if (!division) return undefined;
  const whole = add(multiply(division.divisor, b.operand.value), remainder);
  return (
    equals(whole, division.dividend) &&
    remainder.numerator >= 0n &&
    compare(remainder, absolute(division.divisor)) < 0
  );
}

export function quotientText({ operand }: Placed): string {
  const { dividend, divisor } = operand.division!;
  const quotient = rational(floor(divide(dividend, divisor)!));
  const rest = add(dividend, negate(multiply(quotient, divisor)));
  return `${formatRational(quotient)} remainder ${formatRational(rest)}`;
}
