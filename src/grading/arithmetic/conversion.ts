import type { Measure } from "../forms/units.ts";
import { measure } from "../forms/units.ts";
import type { Rational } from "../math/rational.ts";
import { absolute, divide, isInteger, one as unity } from "../math/rational.ts";
import type { Placed } from "./sides.ts";

/** Words for how many, and how many that is. */
const magnitudes: Record<string, bigint> = {
  half: 2n,
  ten: 10n,
  pair: 2n,
  third: 3n,
  quarter: 4n,
  dozen: 12n,
  score: 20n,
  hundred: 100n,
  thousand: 1000n,
  million: 10n ** 6n,
  billion: 10n ** 9n,
  trillion: 10n ** 12n,
  lakh: 10n ** 5n,
  crore: 10n ** 7n,
};
/** Units of speed, which hide an hour. */
const rates = /^(?:mph|kph|kmph|kmh)$/i;
const prefixed = /^(?:[pnuμµmcdhkMGT]|milli|micro|nano|pico|kilo|mega|giga)(?=\p{L})/u;
/** How many of one unit make another, beside the powers of ten. */
const factors = new Set([
  12n,
  16n,
  24n,
  36n,
  52n,
  60n,
  365n,
  1024n,
  1440n,
  1760n,
  3600n,
  5280n,
  86_400n,
  1n << 20n,
  1n << 30n,
]);

/** Whether two sides may differ by a conversion: `2 hours * 60 = 7200 seconds`, `3 dozen / 4 = 9`, `60 * 60 = 1 hour`. */
export function mayConvert(a: Placed, b: Placed): boolean {
  const [from, to] = [unitsOf(a), unitsOf(b)];
  const all = [...from, ...to];
  const [one, two] = [measures(from), measures(to)];
  if (isByMagnitude(all, a.operand.value, b.operand.value)) return true;
  const times = [...one, ...two].filter(({ dimension }) => dimension === "time");
  if (all.some((word) => rates.test(word)) && times.some(({ unit }) => unit !== "h")) return true;
  if (mixes(one) || mixes(two)) return true;
  const changes = two.some(
    ({ unit, dimension }) =>
      one.every((other) => other.unit !== unit) && one.some((other) => other.dimension === dimension),
  );
  if (changes || to.some((word) => from.some((other) => differsByPrefix(word, other)))) return true;
  const changed = (one.length === 0 && two.length > 0) || to.some((word) => /^[KMGT]i?B$/.test(word));
  return changed && isFactor(a.operand.value, b.operand.value);
}

/** Units of an operand and the word after it. */
function unitsOf({ operand, after }: Placed): string[] {
  const [next] = after;
  return next?.kind === "word" ? [...operand.units, next.text] : operand.units;
}

function measures(words: string[]): Measure[] {
  return words.flatMap((word) => measure(word) ?? []);
}

/** `1 hour + 30 minutes`, `$3 + 7 cents` */
function mixes(found: Measure[]): boolean {
  return found.some(({ unit, dimension }) =>
    found.some((other) => other.dimension === dimension && other.unit !== unit),
  );
}

/** pC and C, kilojoules and joules */
function differsByPrefix(a: string, b: string): boolean {
  const bare = (word: string): string => word.replace(prefixed, "");
  return a !== b && (bare(a) === b || bare(b) === a || (bare(a) === bare(b) && bare(a) !== a));
}

/** `3 dozen / 4 = 9`, `2 million + 500 thousand = 2.5 million` */
function isByMagnitude(words: string[], a: Rational, b: Rational): boolean {
  const named = words.flatMap((word) => {
    const name = word.toLowerCase().replace(/(?<=\w{2})s$/, "");
    return Object.hasOwn(magnitudes, name) ? magnitudes[name]! : [];
  });
  if (new Set(named).size > 1) return true;
  const whole = wholeRatio(a, b);
  return whole !== undefined && named.some((size) => size === whole);
}

function isFactor(a: Rational, b: Rational): boolean {
  const whole = wholeRatio(a, b);
  return whole !== undefined && (factors.has(whole) || /^100+$/.test(whole.toString()));
}

/** How many times the smaller of two values the larger is, where that is an integer. */
function wholeRatio(a: Rational, b: Rational): bigint | undefined {
  const ratio = divide(a, b);
  const whole = ratio && (isInteger(ratio) ? ratio : divide(unity, ratio));
  return whole && isInteger(whole) ? absolute(whole).numerator : undefined;
}
