import type { ArithmeticToken } from "./tokens.ts";
import { floor, integerRoot } from "../math/exact.ts";
import type { Rational } from "../math/rational.ts";
import { add, bits, divide, isInteger, multiply, negate, power, rational } from "../math/rational.ts";

/** How percent signs are read: as hundredths, not at all, or as a share of what stands before (`50 + 20%`). */
export type PercentReading = "hundredths" | "ignored" | "share";

/** A numeric expression found in tokens. */
export interface Operand {
  value: Rational;
  /** index of the token after it, units included */
  next: number;
  /** index of the token after its last number or bracket */
  end: number;
  /** false for a number alone */
  computed: boolean;
  /** the most decimal places of any number in it */
  places: number;
  units: string[];
  percent: boolean;
  /** dividend and divisor where it is one division of two numbers */
  division?: { dividend: Rational; divisor: Rational };
}

const maximumBits = 4096;
const maximumDepth = 50;
const maximumUnitWords = 5;

/**
 * Reads the longest numeric expression that starts at a token. Words after a number are its unit where an operator, a
 * relation or the end follows.
 * @returns undefined where none starts there, or its value is too large or undefined
 */
export function readOperand(
  tokens: ArithmeticToken[],
  from: number,
  percents: PercentReading,
): Operand | undefined {
  let at = from;
  let end = from;
  let depth = 0;
  let computed = false;
  let places = 0;
  let percent = false;
  const units: string[] = [];
  let division: Operand["division"];

  const value = sum();
  if (!value) return undefined;
  return {
    value,
    next: at,
    end,
    computed,
    places,
    units,
    percent,
    ...(division && isOneDivision() ? { division } : {}),
  };

  function isOneDivision(): boolean {
    const signs = tokens.slice(from, end).filter(({ kind }) => kind === "operator");
    return (
      signs.length === 1 &&
      !tokens.slice(from, end).some(({ kind }) => kind === "open" || kind === "fraction")
    );
  }

  function sum(): Rational | undefined {
    if (++depth > maximumDepth) return undefined;
    let total = product();
    while (total) {
      const token = tokens[at];
      if (token?.kind !== "operator" || (token.sign !== "+" && token.sign !== "-")) break;
      at++;
      computed = true;
      const start = at;
      let term = product();
      if (!term) return undefined;
      if (percents === "share" && isLonePercent(start)) term = multiply(total, term);
      total = small(add(total, token.sign === "+" ? term : negate(term)));
    }
    depth--;
    return total;
  }

  function isLonePercent(start: number): boolean {
    return tokens[start]?.kind === "number" && tokens[start + 1]?.kind === "percent" && end === start + 2;
  }

  function product(): Rational | undefined {
    let total = unary();
    while (total) {
      const token = tokens[at];
      if (token?.kind === "operator" && /^[*/]$|^of$|^mod$/.test(token.sign)) {
        at++;
        computed = true;
        const factor = unary();
        if (!factor) return undefined;
        division = token.sign === "/" ? { dividend: total, divisor: factor } : undefined;
        total = combine(token.sign, total, factor);
      } else if (token?.kind === "percent" && tokens[at + 1]?.kind === "number") {
        // 17 % 5
        at++;
        computed = true;
        const factor = unary();
        total = factor && combine("mod", total, factor);
      } else if (token?.kind === "open" && tokens[at - 1]?.end === token.start && startsImplicit(at - 1)) {
        computed = true;
        const factor = powered();
        total = factor && small(multiply(total, factor));
      } else if (token?.kind === "fraction" && tokens[at - 1]?.kind === "number") {
        const whole = total;
        const fraction = powered();
        if (!fraction || !isInteger(whole)) return undefined;
        total = add(whole, fraction);
      } else break;
    }
    return total;
  }

  function startsImplicit(before: number): boolean {
    const { kind } = tokens[before]!;
    return kind === "number" || kind === "close";
  }

  function combine(sign: string, a: Rational, b: Rational): Rational | undefined {
    if (sign === "/") return small(divide(a, b));
    if (sign !== "mod") return small(multiply(a, b));
    const quotient = divide(a, b);
    return quotient && add(a, negate(multiply(b, rational(floor(quotient)))));
  }

  function small(result: Rational | undefined): Rational | undefined {
    return result && bits(result) <= maximumBits ? result : undefined;
  }

  function unary(): Rational | undefined {
    const token = tokens[at];
    if (token?.kind !== "operator" || (token.sign !== "-" && token.sign !== "+")) return powered();
    at++;
    if (++depth > maximumDepth) return undefined;
    const operand = unary();
    depth--;
    return operand && (token.sign === "-" ? negate(operand) : operand);
  }

  function powered(): Rational | undefined {
    const base = postfixed();
    const token = tokens[at];
    if (!base || token?.kind !== "operator" || token.sign !== "^") return base;
    at++;
    computed = true;
    const exponent = tokens[at]?.kind === "operator" ? unary() : powered();
    if (!exponent || !isInteger(exponent) || bits(exponent) > 16) return undefined;
    return small(power(base, exponent.numerator));
  }

  function postfixed(): Rational | undefined {
    let result = primary();
    if (!result) return undefined;
    end = at;
    while (result) {
      const { kind } = tokens[at] ?? {};
      if (kind === "percent" && tokens[at + 1]?.kind !== "number") {
        percent = true;
        if (percents !== "ignored") result = divide(result, rational(100n));
      } else if (kind === "factorial") {
        computed = true;
        result = factorial(result);
      } else break;
      at++;
      end = at;
    }
    skipUnits();
    return result;
  }

  function factorial(value: Rational): Rational | undefined {
    if (!isInteger(value) || value.numerator < 0n || value.numerator > 60n) return undefined;
    let total = 1n;
    for (let factor = 2n; factor <= value.numerator; factor++) total *= factor;
    return rational(total);
  }

  function primary(): Rational | undefined {
    const token = tokens[at];
    if (token?.kind === "number") {
      at++;
      places = Math.max(places, token.places);
      if (token.currency !== undefined) units.push(token.currency);
      return mixed(token.value);
    }
    if (token?.kind === "open") return enclosed("close");
    if (token?.kind === "brace-open") return enclosed("brace-close");
    if (token?.kind !== "fraction" && token?.kind !== "root") return undefined;
    at++;
    computed = true;
    if (token.kind === "fraction") {
      const top = argument();
      const bottom = top && argument();
      return bottom && small(divide(top, bottom));
    }
    const radicand = tokens[at]?.kind === "open" ? enclosed("close") : argument();
    return radicand && squareRoot(radicand);
  }

  function squareRoot(radicand: Rational): Rational | undefined {
    if (radicand.numerator < 0n) return undefined;
    const top = integerRoot(radicand.numerator, 2);
    const bottom = integerRoot(radicand.denominator, 2);
    return top === undefined || bottom === undefined ? undefined : rational(top, bottom);
  }

  function argument(): Rational | undefined {
    if (tokens[at]?.kind === "brace-open") return enclosed("brace-close");
    return tokens[at]?.kind === "number" ? primary() : undefined;
  }

  function enclosed(close: "close" | "brace-close"): Rational | undefined {
    at++;
    const inner = sum();
    if (!inner || tokens[at]?.kind !== close) return undefined;
    at++;
    return inner;
  }

  /** `1 1/2`: an integer and a proper fraction with a space between. */
  function mixed(whole: Rational): Rational {
    const [top, slash, bottom] = tokens.slice(at, at + 3);
    const before = tokens[at - 1]!;
    if (
      top?.kind !== "number" ||
      slash?.kind !== "operator" ||
      slash.sign !== "/" ||
      bottom?.kind !== "number"
    )
      return whole;
    const proper =
      isInteger(whole) &&
      isInteger(top.value) &&
      isInteger(bottom.value) &&
      top.value.numerator < bottom.value.numerator;
    if (!proper || top.end !== slash.start || slash.end !== bottom.start || before.end === top.start)
      return whole;
    at += 3;
    const fraction = divide(top.value, bottom.value);
    return fraction ? add(whole, fraction) : whole;
  }

  function skipUnits(): void {
    let ahead = at;
    while (tokens[ahead]?.kind === "word" && ahead - at < maximumUnitWords) ahead++;
    if (ahead === at) return;
    const after = tokens[ahead]?.kind;
    if (
      after !== undefined &&
      after !== "operator" &&
      after !== "relation" &&
      !(after === "close" && depth > 1)
    )
      return;
    for (let place = at; place < ahead; place++) {
      const token = tokens[place]!;
      if (token.kind === "word") units.push(token.text);
    }
    at = ahead;
  }
}
