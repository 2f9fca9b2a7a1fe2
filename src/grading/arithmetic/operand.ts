import type { ArithmeticToken } from "./tokens.ts";
import { floor } from "../math/exact.ts";
import type { Rational } from "../math/rational.ts";
import { add, bits, divide, isInteger, multiply, negate, power, rational } from "../math/rational.ts";
import type { Reading } from "./reading.ts";
import { squareRoot } from "./root.ts";

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
  /** the most significant digits of any number in it */
  digits: number;
  /** what one in the last place shown is worth, where it is a number, a percentage or `1.5 × 10^8` */
  unitInLastPlace?: Rational;
  /** it has a root that is irrational: the value is a very close one */
  inexact: boolean;
  units: string[];
  percent: boolean;
  /** dividend and divisor where it is one division of two numbers */
  division?: { dividend: Rational; divisor: Rational };
}

const maximumBits = 4096;
const maximumDepth = 50;
const maximumUnitWords = 5;
const clauseWords =
  /^(?:because|since|so|then|thus|therefore|hence|is|are|was|were|which|who|if|when|means|gives|makes|gets?|has|have|times|plus|minus|multiplied|divided|added|subtracted|over)$/i;
const functionWords =
  /^(?:in|for|on|at|from|to|and|by|with|is|are|was|were|that|which|this|so|since|because|as|or|left|more|every|during)$/i;

/**
 * Reads the longest numeric expression that starts at a token. Words after a number are its unit where an operator, a
 * relation or the end follows.
 * @returns undefined where none starts there, or its value is too large or undefined
 */
export function readOperand(tokens: ArithmeticToken[], from: number, reading: Reading): Operand | undefined {
  const { percents, notation, standsFor } = reading;
  let at = from;
  let end = from;
  let depth = 0;
  let computed = false;
  let places = 0;
  let digits = 0;
  let percent = false;
  let inexact = false;
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
    digits,
    inexact,
    units,
    percent,
    ...unitInLastPlace(tokens.slice(from, end)),
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
        const factor = token.sign === "/" ? divisor() : unary();
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
        total = notation === "factor" ? multiply(whole, fraction) : add(whole, fraction);
      } else if (token?.kind === "root" && startsImplicit(at - 1)) {
        const root = powered();
        total = root && small(multiply(total, root));
      } else break;
    }
    return total;
  }

  /** `7 / 1/2` may mean 7 / (1/2), and `12 / 2(3)` 12 / (2·3). */
  function divisor(): Rational | undefined {
    const [top, slash, bottom] = tokens.slice(at, at + 3);
    if (notation === "nested" && top && isProperFraction(top, slash, bottom)) {
      const value = unary();
      at++;
      const under = value && unary();
      return under && divide(value, under);
    }
    let value = unary();
    while (value && notation === "juxtaposed" && tokens[at]?.kind === "open" && startsImplicit(at - 1)) {
      const factor = powered();
      value = factor && small(multiply(value, factor));
    }
    return value;
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
    // -3^2 is meant as (-3)^2
    const signed = notation === "signed-base" && token.sign === "-" && tokens[at + 1]?.kind === "operator";
    const operand = signed ? powered(-1n) : unary();
    depth--;
    if (signed) return operand;
    return operand && (token.sign === "-" ? negate(operand) : operand);
  }

  function powered(sign = 1n): Rational | undefined {
    const magnitude = postfixed();
    const base = magnitude && sign < 0n ? negate(magnitude) : magnitude;
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
      digits = Math.max(digits, token.digits);
      if (token.currency !== undefined) units.push(token.currency);
      return mixed(standsFor ? standsFor(token) : token.value);
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
    const root = radicand && squareRoot(radicand);
    if (root?.inexact) inexact = true;
    return root?.value;
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
    if (!isInteger(whole) || !top || before.end === top.start || !isProperFraction(top, slash, bottom))
      return whole;
    at += 3;
    const fraction = divide(numberValue(top), numberValue(bottom!));
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
    const words = tokens.slice(at, ahead).flatMap((token) => (token.kind === "word" ? token.text : []));
    // "1.5% because - 18 / 100": no unit, so no minus
    if (after === "operator" && words.some((word) => clauseWords.test(word))) return;
    const unitEnd = words.findIndex((word) => functionWords.test(word));
    units.push(...(unitEnd < 0 ? words : words.slice(0, unitEnd)));
    at = ahead;
  }
}

/** `1/2`: two integers with a glued slash, the lower one larger. */
function isProperFraction(
  top: ArithmeticToken,
  slash: ArithmeticToken | undefined,
  bottom: ArithmeticToken | undefined,
): boolean {
  if (top.kind !== "number" || slash?.kind !== "operator" || slash.sign !== "/" || bottom?.kind !== "number")
    return false;
  if (top.end !== slash.start || slash.end !== bottom.start) return false;
  return isInteger(top.value) && isInteger(bottom.value) && top.value.numerator < bottom.value.numerator;
}

function numberValue(token: ArithmeticToken): Rational {
  return token.kind === "number" ? token.value : rational(0n);
}

/** Of `3.33`, `3.3%` and `3.3 × 10^5`. */
function unitInLastPlace(tokens: ArithmeticToken[]): { unitInLastPlace?: Rational } {
  const [number, next, ten, caret, ...rest] = tokens[0]?.kind === "operator" ? tokens.slice(1) : tokens;
  if (number?.kind !== "number") return {};
  const unit = rational(1n, 10n ** BigInt(number.places));
  if (!next) return { unitInLastPlace: unit };
  if (next.kind === "percent" && !ten) return { unitInLastPlace: multiply(unit, rational(1n, 100n)) };
  const scientific =
    next.kind === "operator" &&
    next.sign === "*" &&
    ten?.kind === "number" &&
    ten.value.numerator === 10n &&
    ten.places === 0 &&
    caret?.kind === "operator" &&
    caret.sign === "^";
  if (!scientific) return {};
  const signs = rest.filter(({ kind }) => kind === "operator").length;
  const exponents = rest.filter(({ kind }) => kind === "number");
  const [exponent] = exponents;
  if (exponents.length !== 1 || exponent?.kind !== "number" || signs > 1) return {};
  const scale = power(rational(10n), exponent.value.numerator * (signs === 1 ? -1n : 1n));
  return scale ? { unitInLastPlace: multiply(unit, scale) } : {};
}
