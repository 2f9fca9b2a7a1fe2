import { integerRoot } from "../math/exact.ts";
import type { Rational } from "../math/rational.ts";
import { bits, rational } from "../math/rational.ts";

/** Decimal places to which an irrational root is computed. */
const rootPlaces = 25n;

/** The exact square root, or one so close that no written number can tell them apart. */
export function squareRoot(radicand: Rational): { value: Rational; inexact: boolean } | undefined {
  const { numerator, denominator } = radicand;
  if (numerator < 0n || bits(radicand) > 512) return undefined;
  const top = integerRoot(numerator, 2);
  const bottom = integerRoot(denominator, 2);
  if (top !== undefined && bottom !== undefined) return { value: rational(top, bottom), inexact: false };
  const scale = 10n ** rootPlaces;
  const scaled = (numerator * scale * scale) / denominator;
  if (scaled === 0n) return undefined;
  return { value: rational(flooredRoot(scaled), scale), inexact: true };
}

/** Newton's method in integers, from above. */
function flooredRoot(square: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(square.toString(2).length / 2));
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
