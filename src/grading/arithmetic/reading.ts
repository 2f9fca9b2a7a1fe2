import type { Rational } from "../math/rational.ts";
import { isInteger, multiply, rational } from "../math/rational.ts";
import { constantBehind } from "./constants.ts";
import type { ArithmeticToken, NumberToken } from "./tokens.ts";

/** How percent signs are read: as hundredths, not at all, or as a share of what stands before (`50 + 20%`). */
type PercentReading = "hundredths" | "ignored" | "share";

/**
 * What an expression can mean beside what the rules say: spaces bind (`100 / 5*4`), a fraction is a divisor
 * (`7 / 1/2`), the sign belongs to the base (`-3^2`), what is juxtaposed binds tighter (`12/2(3)`), a fraction after a
 * number is a factor (`6 \frac{1}{2}`).
 */
type Notation = "standard" | "spaced" | "nested" | "signed-base" | "juxtaposed" | "factor";

/** One way in which the signs and numbers of an expression can be meant. */
export interface Reading {
  percents: PercentReading;
  notation: Notation;
  /** what a number stands for, where that is not its value as written */
  standsFor?: (token: NumberToken) => Rational;
}

export const standardReading: Reading = { percents: "hundredths", notation: "standard" };

/** What the text around an expression says about how its numbers are to be read. */
export interface Surroundings {
  /** bases of numerals that the text names */
  bases: number[];
  /** exact values that were rounded to what is written, by the value written */
  rounded: ReadonlyMap<string, Rational>;
}

/** The readings besides the standard one that make a difference to some tokens, the likeliest first. */
export function otherReadings(tokens: ArithmeticToken[], surroundings: Surroundings): Reading[] {
  const readings: Reading[] = [];
  const add = (reading: Partial<Reading>): void => void readings.push({ ...standardReading, ...reading });
  if (tokens.some(({ kind }) => kind === "percent")) {
    add({ percents: "ignored" });
    add({ percents: "share" });
  }
  const numbers = tokens.filter((token) => token.kind === "number");
  if (numbers.some((token) => constantBehind(token, surroundings.rounded) !== undefined))
    add({ standsFor: (token) => constantBehind(token, surroundings.rounded) ?? token.value });
  if (numbers.some(isGrouped))
    add({ standsFor: (token) => (isGrouped(token) ? thousands(token) : token.value) });
  if (hasSpacing(tokens)) add({ notation: "spaced" });
  const has = (...kinds: ArithmeticToken["kind"][]): boolean =>
    tokens.some((_, place) => kinds.every((kind, offset) => tokens[place + offset]?.kind === kind));
  if (has("operator", "number", "operator", "number")) add({ notation: "nested" });
  if (has("operator", "number", "operator")) add({ notation: "signed-base" });
  if (has("number", "open") || has("close", "open")) add({ notation: "juxtaposed" });
  if (has("number", "fraction")) add({ notation: "factor" });
  for (const base of surroundings.bases) add({ standsFor: ({ value }) => inBase(value, base) ?? value });
  return readings;
}

/** The tokens with brackets around what is written without spaces between spaced signs. */
export function bracketBySpacing(tokens: ArithmeticToken[]): ArithmeticToken[] {
  const result: ArithmeticToken[] = [];
  let group: ArithmeticToken[] = [];
  const flush = (): void => {
    const [first, last] = [group[0], group.at(-1)];
    const wraps = first && last && group.some(({ kind }) => kind === "operator") && isBalanced(group);
    if (wraps)
      result.push({ kind: "open", start: first.start, end: first.start }, ...group, {
        kind: "close",
        start: last.end,
        end: last.end,
      });
    else result.push(...group);
    group = [];
  };
  for (const [place, token] of tokens.entries()) {
    if (!isSpaced(tokens, place)) group.push(token);
    else {
      flush();
      result.push(token);
    }
  }
  flush();
  return result;
}

function isSpaced(tokens: ArithmeticToken[], place: number): boolean {
  const [before, token, after] = [tokens[place - 1], tokens[place]!, tokens[place + 1]];
  return (
    token.kind === "operator" &&
    before !== undefined &&
    after !== undefined &&
    before.end < token.start &&
    token.end < after.start
  );
}

function hasSpacing(tokens: ArithmeticToken[]): boolean {
  const signs = tokens.flatMap(({ kind }, place) => (kind === "operator" ? [isSpaced(tokens, place)] : []));
  return signs.includes(true) && signs.includes(false);
}

function isBalanced(tokens: ArithmeticToken[]): boolean {
  let depth = 0;
  for (const { kind } of tokens) {
    if (kind === "open" || kind === "brace-open") depth++;
    if (kind === "close" || kind === "brace-close") depth--;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** `1.250`, where the point may set off thousands */
function isGrouped({ places, value }: NumberToken): boolean {
  return places === 3 && !(value.numerator < value.denominator);
}

function thousands({ value }: NumberToken): Rational {
  return multiply(value, rational(1000n));
}

function inBase(value: Rational, base: number): Rational | undefined {
  const digits = value.numerator.toString();
  if (!isInteger(value) || digits.length > 40) return undefined;
  let total = 0n;
  for (const digit of digits) {
    if (Number(digit) >= base) return undefined;
    total = total * BigInt(base) + BigInt(digit);
  }
  return rational(total);
}
