import type { Expression } from "./expression.ts";
import type { Rational } from "./rational.ts";
import {
  absolute,
  add,
  bits,
  compare,
  divide,
  greatestCommonDivisor,
  isInteger,
  maximumBits,
  multiply,
  one,
  power,
  rational,
  zero,
} from "./rational.ts";

/** The exact value of an expression without symbols, or undefined where it has none that is rational and small. */
export function exactValue(node: Expression): Rational | undefined {
  const value = evaluate(node);
  return value && bits(value) <= maximumBits ? value : undefined;
}

function evaluate(node: Expression): Rational | undefined {
  if (node.type === "number") return node.value;
  if (node.type === "sum") return fold(node.terms, zero, add);
  if (node.type === "product") return fold(node.factors, one, multiply);
  if (node.type === "power") return exactPower(node.base, node.exponent);
  return node.type === "call" ? exactCall(node.name, node.arguments) : undefined;
}

function fold(
  nodes: Expression[],
  start: Rational,
  combine: (a: Rational, b: Rational) => Rational,
): Rational | undefined {
  let total = start;
  for (const node of nodes) {
    const value = exactValue(node);
    if (!value) return undefined;
    total = combine(total, value);
    if (bits(total) > maximumBits) return undefined;
  }
  return total;
}

function exactPower(baseNode: Expression, exponentNode: Expression): Rational | undefined {
  const base = exactValue(baseNode);
  const exponent = exactValue(exponentNode);
  if (!base || !exponent || bits(exponent) > 64) return undefined;
  if (isInteger(exponent)) return power(base, exponent.numerator);
  if (exponent.denominator > 64n || base.numerator < 0n) return undefined;
  const index = Number(exponent.denominator);
  const top = integerRoot(base.numerator, index);
  const bottom = integerRoot(base.denominator, index);
  return top === undefined || bottom === undefined
    ? undefined
    : power(rational(top, bottom), exponent.numerator);
}

/** The exact index-th root of an integer that is not negative, or undefined. */
export function integerRoot(value: bigint, index: number): bigint | undefined {
  if (value < 2n) return value;
  const length = value.toString(2).length;
  if (length > 4096) return undefined;
  let low = 1n;
  let high = 1n << BigInt(Math.ceil(length / index));
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** BigInt(index) <= value) low = middle;
    else high = middle - 1n;
  }
  return low ** BigInt(index) === value ? low : undefined;
}

function exactCall(name: string, nodes: Expression[]): Rational | undefined {
  const values = nodes.map(exactValue);
  if (values.some((value) => value === undefined)) return undefined;
  const [first, second] = values as Rational[];
  if (!first) return undefined;
  switch (name) {
    case "percent":
      return divide(first, rational(100n));
    case "abs":
      return absolute(first);
    case "floor":
      return rational(floor(first));
    case "ceil":
      return rational(-floor({ numerator: -first.numerator, denominator: first.denominator }));
    case "factorial":
      return isInteger(first) ? factorial(first.numerator) : undefined;
    case "binom":
      return second && isInteger(first) && isInteger(second)
        ? binomial(first.numerator, second.numerator)
        : undefined;
    case "base":
      return second && inBase(first, second);
    case "max":
    case "min":
      return (values as Rational[]).reduce((best, value) =>
        compare(value, best) > 0 === (name === "max") ? value : best,
      );
    case "gcd":
    case "lcm":
      return second && isInteger(first) && isInteger(second)
        ? common(name, first.numerator, second.numerator)
        : undefined;
    default:
      return undefined;
  }
}

export function floor(value: Rational): bigint {
  const quotient = value.numerator / value.denominator;
  return value.numerator < 0n && quotient * value.denominator !== value.numerator ? quotient - 1n : quotient;
}

function factorial(n: bigint): Rational | undefined {
  if (n < 0n || n > 2000n) return undefined;
  let result = 1n;
  for (let factor = 2n; factor <= n; factor++) result *= factor;
  return rational(result);
}

function binomial(n: bigint, k: bigint): Rational | undefined {
  if (n < 0n || n > 10_000n) return undefined;
  if (k < 0n || k > n) return zero;
  const smaller = k > n - k ? n - k : k;
  let result = 1n;
  for (let i = 1n; i <= smaller; i++) result = (result * (n - smaller + i)) / i;
  return rational(result);
}

function common(name: "gcd" | "lcm", a: bigint, b: bigint): Rational | undefined {
  const divisor = greatestCommonDivisor(a, b);
  if (name === "gcd") return rational(divisor);
  return divide(rational(a * b), rational(divisor));
}

/** `4210_7`: the digits read in that base; undefined where a digit is too large for it. */
function inBase(digits: Rational, base: Rational): Rational | undefined {
  if (!isInteger(digits) || !isInteger(base) || base.numerator < 2n || base.numerator > 10n) return undefined;
  let total = 0n;
  for (const digit of digits.numerator.toString()) {
    const value = BigInt(digit);
    if (value >= base.numerator) return undefined;
    total = total * base.numerator + value;
  }
  return rational(total);
}
