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
import { constantBehind } from "./constants.ts";
import type { Operand } from "./operand.ts";
import type { Reading, Surroundings } from "./reading.ts";
import { otherReadings, standardReading } from "./reading.ts";
import type { Placed, Side } from "./sides.ts";
import { leftOperand, rightOperand } from "./sides.ts";

/** Whether two sides agree as their signs are usually read. */
export function agrees(a: Placed, b: Placed, approximate: boolean): boolean {
  if (agree(a.operand, b.operand, approximate)) return true;
  const comma = withDecimalComma(b);
  return comma !== undefined && agree(a.operand, comma, approximate);
}

/** Whether two sides agree in any other way in which their signs and numbers can be meant. */
export function canBeMeant(
  left: Side,
  right: Side,
  approximate: boolean,
  surroundings: Surroundings,
): boolean {
  const read = <T>(side: Side, take: (reading: Reading) => T | undefined): T[] =>
    [standardReading, ...otherReadings(side.tokens, surroundings)].flatMap((reading) => take(reading) ?? []);
  const lefts = read(left, (reading) => leftOperand(left, reading));
  const rights = read(right, (reading) => rightOperand(right, reading));
  if (lefts.some((a) => rights.some((b) => agree(a.operand, b.operand, approximate)))) return true;
  // 1.20 / 1.3333 = 0.8996: with a number rounded to four places the last of them is not sure
  const [a, b] = [lefts[0], rights[0]];
  return (
    a !== undefined &&
    b !== undefined &&
    left.tokens.some(
      (token) => token.kind === "number" && token.places > 3 && constantBehind(token, surroundings.rounded),
    ) &&
    !isInteger(b.operand.value) &&
    isWithin(a.operand.value, b.operand.value, 1000n)
  );
}

/** `0,5 + 1 = 1,5`: the comma after the right side may be a decimal one. */
function withDecimalComma({ operand, stop }: Placed): Operand | undefined {
  if (stop.kind !== "number" || stop.commaDigits === undefined || operand.computed) return undefined;
  const digits = stop.commaDigits;
  const fraction = rational(BigInt(digits.slice(0, 15)), 10n ** BigInt(Math.min(digits.length, 15)));
  const unitInLastPlace = rational(1n, 10n ** BigInt(digits.length));
  return { ...operand, value: add(operand.value, fraction), places: digits.length, unitInLastPlace };
}

/** Exactly, or as far as the decimals on either side are written. */
function agree(a: Operand, b: Operand, approximate: boolean): boolean {
  if (equals(a.value, b.value)) return true;
  if (approximate) return isNear(a.value, b);
  if (rounds(a.value, b) || (!a.computed && rounds(b.value, a))) return true;
  return isClose(a, b);
}

/** A decimal is right where it is the exact value rounded or cut at its last place. */
function rounds(exact: Rational, shown: Operand): boolean {
  const unit = shown.unitInLastPlace;
  if (unit && (shown.computed || shown.places > 0)) {
    const { rounded, cut } = roundings(divide(exact, unit)!, 0);
    const written = divide(shown.value, unit)!;
    return equals(rounded, written) || equals(cut, written);
  }
  if (shown.places === 0) return false;
  const places = shown.percent ? shown.places + 2 : shown.places;
  return compare(distance(exact, shown.value), rational(1n, 10n ** BigInt(places))) <= 0;
}

function isNear(exact: Rational, shown: Operand): boolean {
  const off = distance(exact, shown.value);
  const unit =
    shown.unitInLastPlace ?? rational(1n, 10n ** BigInt(shown.percent ? shown.places + 2 : shown.places));
  return compare(off, unit) <= 0 || isWithin(exact, shown.value, 100n);
}

/** Numbers with a fraction that differ as calculators do: floating point, seven digits, decimals rounded to an integer. */
function isClose(a: Operand, b: Operand): boolean {
  if (isInteger(a.value) && isInteger(b.value)) return false;
  if (isWithin(a.value, b.value, a.inexact && b.inexact ? 10n ** 20n : 10n ** 12n)) return true;
  if (b.digits >= 7 && b.places > 0 && isWithin(a.value, b.value, 10n ** 6n)) return true;
  const isRounded = a.places > 0 && b.places === 0 && equals(roundings(a.value, 0).rounded, b.value);
  return isRounded && isWithin(a.value, b.value, 1000n);
}

/** Whether two values differ by at most one part in so many. */
function isWithin(a: Rational, b: Rational, parts: bigint): boolean {
  return compare(multiply(distance(a, b), rational(parts)), absolute(a)) <= 0;
}

function distance(a: Rational, b: Rational): Rational {
  return absolute(add(a, negate(b)));
}
