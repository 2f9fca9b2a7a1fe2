/** An exact fraction in lowest terms; the denominator is positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Numbers beyond this many bits are not computed: `9^9^9` has no place in an answer. */
export const maximumBits = 1 << 15;

export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

/** @throws RangeError where the denominator is zero; callers divide with `divide` */
export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) throw new RangeError("a fraction with denominator 0");
  if (denominator === 1n) return { numerator, denominator };
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = greatestCommonDivisor(numerator, denominator) * sign;
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

export const zero = rational(0n);
export const one = rational(1n);

export function add(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function negate(a: Rational): Rational {
  return { numerator: -a.numerator, denominator: a.denominator };
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** undefined for a division by zero */
export function divide(a: Rational, b: Rational): Rational | undefined {
  if (b.numerator === 0n) return undefined;
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** undefined for 0 to a negative power and where the result would be too large */
export function power(base: Rational, exponent: bigint): Rational | undefined {
  if (exponent < 0n) {
    const inverse = divide(one, base);
    return inverse && power(inverse, -exponent);
  }
  const plain = base.denominator === 1n && base.numerator >= -1n && base.numerator <= 1n;
  if (!plain && BigInt(bits(base)) * exponent > BigInt(maximumBits)) return undefined;
  if (plain)
    return base.numerator === -1n ? rational(exponent % 2n === 0n ? 1n : -1n) : exponent === 0n ? one : base;
  return { numerator: base.numerator ** exponent, denominator: base.denominator ** exponent };
}

export function equals(a: Rational, b: Rational): boolean {
  return a.numerator === b.numerator && a.denominator === b.denominator;
}

/** Negative, zero or positive, as a comes before, with or after b. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function absolute(a: Rational): Rational {
  return a.numerator < 0n ? negate(a) : a;
}

export function isInteger(a: Rational): boolean {
  return a.denominator === 1n;
}

/** How many bits the larger of numerator and denominator has, to within four. */
export function bits(a: Rational): number {
  return 4 * Math.max(a.numerator.toString(16).length, a.denominator.toString(16).length);
}

/** Digits with at most one point and perhaps an exponent: `3`, `.5`, `1.50`, `2.5e-3`. */
export function parseDecimal(text: string): Rational | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text);
  if (!match || (match[2] === "" && !match[3])) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  if (whole.length + fraction.length > 4000) return undefined;
  const digits = BigInt(whole + fraction) * (sign === "-" ? -1n : 1n);
  const scale = Number(exponent) - fraction.length;
  const shift = 10n ** BigInt(Math.abs(scale));
  return scale < 0 ? rational(digits, shift) : rational(digits * shift);
}

/** The exact value: an integer, a terminating decimal, or `5/6`. */
export function formatRational(value: Rational): string {
  const { numerator, denominator } = value;
  if (denominator === 1n) return numerator.toString();
  let rest = denominator;
  let places = 0;
  for (; rest % 10n === 0n; rest /= 10n) places++;
  for (const prime of [2n, 5n]) for (; rest % prime === 0n; rest /= prime) places++;
  if (rest !== 1n || places > 30) return `${numerator}/${denominator}`;
  const digits = ((absolute(value).numerator * 10n ** BigInt(places)) / denominator).toString();
  const padded = digits.padStart(places + 1, "0");
  const decimal = `${padded.slice(0, -places)}.${padded.slice(-places)}`.replace(/0+$/, "");
  return (numerator < 0n ? "-" : "") + decimal;
}

/** The nearest double, also where numerator and denominator are beyond its range. */
export function toNumber(value: Rational): number {
  const size = Math.max(value.numerator.toString(2).length, value.denominator.toString(2).length);
  if (size < 1000) return Number(value.numerator) / Number(value.denominator);
  const shift = value.numerator.toString(2).length - value.denominator.toString(2).length - 64;
  const scaled =
    shift > 0
      ? value.numerator / (value.denominator << BigInt(shift))
      : (value.numerator << BigInt(-shift)) / value.denominator;
  return Number(scaled) * 2 ** shift;
}

/** The power of ten of the first significant digit: 2 for 408, -3 for 0.005; 0 for zero. */
export function decimalExponent(value: Rational): number {
  if (value.numerator === 0n) return 0;
  const { numerator, denominator } = absolute(value);
  const guess = numerator.toString().length - denominator.toString().length;
  const scale = 10n ** BigInt(Math.abs(guess));
  const reaches = guess >= 0 ? numerator >= denominator * scale : numerator * scale >= denominator;
  return reaches ? guess : guess - 1;
}

/** Half away from zero, to so many decimal places; and cut off there. */
export function roundings(value: Rational, places: number): { rounded: Rational; cut: Rational } {
  const scale = 10n ** BigInt(places);
  const magnitude = absolute(value);
  const scaled = magnitude.numerator * scale;
  const sign = value.numerator < 0n ? -1n : 1n;
  const cut = (scaled / magnitude.denominator) * sign;
  const rounded = ((2n * scaled + magnitude.denominator) / (2n * magnitude.denominator)) * sign;
  return { rounded: rational(rounded, scale), cut: rational(cut, scale) };
}
