import type { Rational } from "../math/rational.ts";
import {
  divide,
  equals,
  formatRational,
  isInteger,
  multiply,
  parseDecimal,
  rational,
  roundings,
} from "../math/rational.ts";
import type { NumberToken } from "./tokens.ts";

/** Denominators of the fractions that are written as rounded decimals: 0.33, 0.83; with three places also 0.143. */
const sixths = [3n, 6n];
const denominators = [3n, 6n, 7n, 9n, 11n, 12n];
/** π, e, √2, √3, √5 and the golden ratio */
const named = [
  "3.14159265358979323846",
  "2.71828182845904523536",
  "1.41421356237309504880",
  "1.73205080756887729353",
  "2.23606797749978969641",
  "1.61803398874989484820",
].map((digits) => parseDecimal(digits)!);

/** The number that a decimal with two places or more is a rounding of, if it looks like one. */
export function constantBehind(
  { value, places }: NumberToken,
  rounded: ReadonlyMap<string, Rational>,
): Rational | undefined {
  if (places < 1) return undefined;
  const known = rounded.get(formatRational(value));
  if (known || places < 2 || places > 20) return known;
  const isBehind = (candidate: Rational): boolean => {
    const shown = roundings(candidate, places);
    return equals(shown.rounded, value) || equals(shown.cut, value);
  };
  for (const denominator of places > 2 ? denominators : sixths) {
    const numerator = roundings(multiply(value, rational(denominator)), 0).rounded;
    const candidate = divide(numerator, rational(denominator))!;
    if (!terminates(candidate) && isBehind(candidate)) return candidate;
  }
  return named.find(isBehind);
}

function terminates({ denominator }: Rational): boolean {
  return isInteger(divide(rational(10n ** 6n), rational(denominator))!);
}
