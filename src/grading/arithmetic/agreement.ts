import type { Rational } from "../math/rational.ts";
import {
  absolute,
  add,
  compare,
  divide,
  equals,
  isInteger,
  multiply,
  negate,
  rational,
  roundings,
} from "../math/rational.ts";
import type { Operand, PercentReading } from "./operand.ts";
import type { Placed, Side } from "./sides.ts";
import { leftOperand, rightOperand } from "./sides.ts";

/** Whether two sides agree, in any way in which their percent signs and decimal commas can be meant. */
export function holds(left: Side, right: Side, a: Placed, b: Placed, approximate: boolean): boolean {
  if (agree(a.operand, b.operand, approximate)) return true;
  const comma = withDecimalComma(b);
  if (comma && agree(a.operand, comma, approximate)) return true;
  const percents = a.operand.percent || b.operand.percent;
  if (!percents) return false;
  const readings: PercentReading[] = ["hundredths", "ignored", "share"];
  return readings.some((first) =>
    readings.some((second) => {
      const [one, two] = [leftOperand(left, first), rightOperand(right, second)];
      return one !== undefined && two !== undefined && agree(one.operand, two.operand, approximate);
    }),
  );
}

/** `0,5 + 1 = 1,5`: the comma after the right side may be a decimal one. */
function withDecimalComma({ operand, stop }: Placed): Operand | undefined {
  if (stop.kind !== "number" || stop.commaDigits === undefined || operand.computed) return undefined;
  const digits = stop.commaDigits;
  const fraction = rational(BigInt(digits.slice(0, 15)), 10n ** BigInt(Math.min(digits.length, 15)));
  return { ...operand, value: add(operand.value, fraction), places: digits.length };
}

/** Exactly, or as far as the decimals on either side are written. */
function agree(a: Operand, b: Operand, approximate: boolean): boolean {
  if (equals(a.value, b.value)) return true;
  if (approximate) return isNear(a.value, b);
  return rounds(a.value, b) || (!a.computed && rounds(b.value, a)) || isFloatNoise(a.value, b.value);
}

/** A decimal is right where it is the exact value rounded or cut at its last place. */
function rounds(exact: Rational, shown: Operand): boolean {
  const places = shown.percent ? shown.places + 2 : shown.places;
  if (shown.places === 0) return false;
  if (!shown.computed) {
    const { rounded, cut } = roundings(exact, places);
    return equals(rounded, shown.value) || equals(cut, shown.value);
  }
  const off = absolute(add(exact, negate(shown.value)));
  return compare(off, rational(1n, 10n ** BigInt(places))) <= 0;
}

function isNear(exact: Rational, shown: Operand): boolean {
  const off = absolute(add(exact, negate(shown.value)));
  const unit = rational(1n, 10n ** BigInt(shown.percent ? shown.places + 2 : shown.places));
  const percent = divide(absolute(exact), rational(100n))!;
  return compare(off, unit) <= 0 || compare(off, percent) <= 0;
}

function isFloatNoise(a: Rational, b: Rational): boolean {
  if (isInteger(a) && isInteger(b)) return false;
  const off = absolute(add(a, negate(b)));
  return compare(multiply(off, rational(10n ** 12n)), absolute(a)) <= 0;
}
