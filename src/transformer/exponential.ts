/** 2 to the power of -150 to 128, everything that single precision has a use for. */
const lowest = -150;
const powers = Float64Array.from({ length: 279 }, (_, i) => 2 ** (i + lowest));

/**
 * eˣ to about single precision, several times as fast as `Math.exp`, which otherwise takes a third of decoding: a power
 * of two times a Taylor polynomial on [-ln 2 / 2, ln 2 / 2]. NaN gives NaN; far below it gives 0.
 */
export function exponential(x: number): number {
  if (!(x > -100)) return x <= -100 ? 0 : NaN;
  if (x > 88) return Infinity;
  const power = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - power * Math.LN2;
  const polynomial =
    1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r / 5040))))));
  return polynomial * powers[power - lowest]!;
}
