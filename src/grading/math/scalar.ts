import { magnitude } from "./complex.ts";
import { exactValue } from "./exact.ts";
import type { Expression } from "./expression.ts";
import { atRationals, evaluate, points } from "./numeric.ts";
import type { Rational } from "./rational.ts";
import {
  absolute,
  add,
  compare,
  decimalExponent,
  equals,
  negate,
  power,
  rational,
  roundings,
  toNumber,
} from "./rational.ts";
import { hasBareLogarithm, mapExpression, withDecimalLogarithms } from "./simplify.ts";

/**
 * Whether two expressions have one value: exactly where they can be computed, else at sample points.
 * @returns undefined where it cannot be told
 */
export function sameScalar(a: Expression, b: Expression): boolean | undefined {
  const direct = sameValue(a, b);
  if (direct === true || (!hasBareLogarithm(a) && !hasBareLogarithm(b))) return direct;
  return sameValue(withDecimalLogarithms(a), withDecimalLogarithms(b));
}

function sameValue(a: Expression, b: Expression): boolean | undefined {
  if (same(a, b)) return true;
  const [left, right] = [exactValue(a), exactValue(b)];
  if (left && right) return equals(left, right) || roundsTo(a, left, b, right);
  return sampledExactly(a, b) ?? sampled(a, b);
}

/** Structurally the same, to the letter. */
function same(a: Expression, b: Expression): boolean {
  return JSON.stringify(a, bigints) === JSON.stringify(b, bigints);
}

function bigints(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

/**
 * A decimal stands for the value that it rounds: any with six digits or more; a gold of three to five digits where the
 * answer is exact, because the gold has set the precision.
 */
function roundsTo(answer: Expression, left: Rational, gold: Expression, right: Rational): boolean {
  const digits = Math.max(significantDigits(answer), significantDigits(gold));
  if (digits >= 6 && within(left, right, Math.min(digits, 15))) return true;
  const places = decimalPlaces(gold);
  if (places === undefined || significantDigits(gold) < 3 || significantDigits(answer) > 0) return false;
  return equals(roundings(left, places).rounded, right);
}

/** Less than one unit of the last of so many significant digits apart. */
function within(a: Rational, b: Rational, digits: number): boolean {
  const off = absolute(add(a, negate(b)));
  const unit = power(rational(10n), BigInt(decimalExponent(b) - digits + 1));
  return unit !== undefined && compare(off, unit) < 0;
}

function decimalPlaces(node: Expression): number | undefined {
  return node.type === "number" ? node.places : undefined;
}

/** The most digits that any decimal in an expression is written with; 0 without a decimal. */
function significantDigits(node: Expression): number {
  let most = 0;
  mapExpression(node, (part) => {
    if (part.type === "number") most = Math.max(most, part.digits ?? 0);
    return part;
  });
  return most;
}

/** By exact values at rational points of both signs; undefined where one has none there, as with roots and sines. */
function sampledExactly(a: Expression, b: Expression): boolean | undefined {
  const rounded = significantDigits(a) + significantDigits(b) > 0;
  for (const seed of [1, 2, 3]) {
    const [left, right] = [exactValue(atRationals(a, seed)), exactValue(atRationals(b, seed))];
    if (!left || !right) return undefined;
    if (!equals(left, right)) return rounded ? undefined : false;
  }
  return true;
}

function sampled(a: Expression, b: Expression): boolean | undefined {
  const digits = Math.max(significantDigits(a), significantDigits(b));
  const goldDigits = b.type === "number" && (b.digits ?? 0) >= 3 ? b.digits! : 0;
  if (isHuge(a) !== isHuge(b)) return false;
  const tolerance =
    digits >= 6 ? 10 ** -Math.min(digits - 1, 11) : goldDigits > 0 ? 0.5 * 10 ** -(goldDigits - 1) : 1e-13;
  let tested = 0;
  for (const point of points) {
    const [left, right] = [evaluate(a, point), evaluate(b, point)];
    // an answer without a value is not the gold; where the gold has none, nobody can tell
    if (right && !left) return false;
    if (left && !right) return isInfinite(b) ? false : undefined;
    if (!left || !right) continue;
    const size = Math.max(magnitude(left), magnitude(right));
    const off = Math.hypot(left.re - right.re, left.im - right.im);
    if (off > tolerance * size + 20 * (left.error + right.error)) return false;
    if (left.error + right.error > 1e-6 * size && size > 1e-300) continue;
    tested++;
  }
  return tested >= 2 ? true : undefined;
}

/** Exact, but beyond the range of floating point. */
function isHuge(node: Expression): boolean {
  const value = exactValue(node);
  return value !== undefined && !Number.isFinite(toNumber(value));
}

function isInfinite(node: Expression): boolean {
  if (node.type === "symbol") return node.name === "infinity";
  return node.type === "product" && node.factors.some(isInfinite);
}
