import type { Approximate } from "./complex.ts";
import { magnitude } from "./complex.ts";
import type { Expression } from "./expression.ts";
import { evaluate, points } from "./numeric.ts";

/** Whether one is a constant, not zero, times the other: then `a = 0` and `b = 0` say the same. */
export function proportional(a: Expression, b: Expression, positive: boolean): boolean | undefined {
  let first: { re: number; im: number } | undefined;
  let tested = 0;
  for (const point of points) {
    const [left, right] = [evaluate(a, point), evaluate(b, point)];
    if (!left || !right) continue;
    const size = right.re ** 2 + right.im ** 2;
    if (Math.sqrt(size) <= right.error * 1e3 || magnitude(left) <= left.error * 1e3) {
      if (isZero(left) !== isZero(right)) return false;
      continue;
    }
    const ratio = {
      re: (left.re * right.re + left.im * right.im) / size,
      im: (left.im * right.re - left.re * right.im) / size,
    };
    if (positive && !(ratio.re > 0)) return false;
    first ??= ratio;
    const off = Math.hypot(ratio.re - first.re, ratio.im - first.im);
    if (off > 1e-9 * Math.hypot(first.re, first.im)) return false;
    tested++;
  }
  return tested >= 2 ? true : undefined;
}

function isZero(value: Approximate): boolean {
  return magnitude(value) <= value.error * 1e3;
}
