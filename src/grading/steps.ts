import type { Operand, PercentReading } from "./arithmetic.ts";
import { readOperand } from "./arithmetic.ts";
import type { ArithmeticToken } from "./arithmetic-tokens.ts";
import { arithmeticTokens } from "./arithmetic-tokens.ts";
import { floor } from "./exact.ts";
import type { Rational } from "./rational.ts";
import {
  absolute,
  add,
  compare,
  divide,
  equals,
  formatRational,
  isInteger,
  multiply,
  negate,
  rational,
  roundings,
} from "./rational.ts";
import { dimension } from "./units.ts";

/** One equation as it stands in a text (spaces and currency signs aside), evaluated exactly. */
export interface Step {
  step: string;
  ok: boolean;
  /** Where it is wrong: the exact right value, an integer, a terminating decimal, or `5/6`. */
  expected?: string;
  /** Where the step starts in the text, in UTF-16 units; not printed. */
  at?: number;
}

/** Longer texts are checked from the front, up to so many characters and steps. */
const maximumLength = 200_000;
const maximumTokens = 30_000;
const maximumSteps = 3_000;
const maximumMarks = 1_000;
/** Longer sides of an equation are not arithmetic that a person would check. */
const maximumOperandTokens = 160;

/**
 * Every equation in a text, checked exactly. A chain `a = b = c` gives a step a link. What cannot be told, because of
 * variables, converted units or prose, is no step. Never throws.
 */
export function checkSteps(text: string): Step[] {
  const source = text.length > maximumLength ? text.slice(0, maximumLength) : text;
  // GSM8K's calculator marks, `5*3=<<5*3=15>>15`, are equations of their own inside another
  const marks: Step[] = [];
  const outside = source.replace(/<<([^<>\n]{1,200})>>/g, (mark, inside: string, at: number) => {
    const steps = marks.length < maximumMarks ? checkText(inside) : [];
    for (const step of steps) marks.push({ ...step, at: step.at! + at + 2 });
    return " ".repeat(mark.length);
  });
  return marks.length === 0
    ? checkText(outside)
    : [...checkText(outside), ...marks].sort((a, b) => a.at! - b.at!);
}

function checkText(source: string): Step[] {
  const steps: Step[] = [];
  let run: ArithmeticToken[] = [];
  for (const token of arithmeticTokens(source, maximumTokens)) {
    if (token.kind !== "break") run.push(token);
    else {
      steps.push(...checkRun(source, run));
      run = [];
    }
    if (steps.length >= maximumSteps) return steps;
  }
  return [...steps, ...checkRun(source, run)];
}

interface Side {
  tokens: ArithmeticToken[];
  first: boolean;
  last: boolean;
}

function checkRun(text: string, run: ArithmeticToken[]): Step[] {
  const sides: ArithmeticToken[][] = [[]];
  const signs: ("=" | "≈")[] = [];
  for (const token of run) {
    if (token.kind === "relation") {
      signs.push(token.sign);
      sides.push([]);
    } else sides.at(-1)!.push(token);
  }
  const steps: Step[] = [];
  let computed = false;
  for (const [place, sign] of signs.entries()) {
    const left = { tokens: sides[place]!, first: place === 0, last: false };
    const right = { tokens: sides[place + 1]!, first: false, last: place === signs.length - 1 };
    const step = checkLink(text, left, sign, right, computed);
    if (step) {
      steps.push(step.step);
      computed = true;
    } else computed = false;
  }
  return steps;
}

interface Placed {
  operand: Operand;
  start: ArithmeticToken;
  /** the last token that is part of the step */
  stop: ArithmeticToken;
  /** what stands after it on its side */
  after: ArithmeticToken[];
  before: ArithmeticToken | undefined;
}

/** The numeric expression that ends a side (all of it, unless it is the first of its run). */
function leftOperand(side: Side, percents: PercentReading): Placed | undefined {
  const tokens = side.tokens.slice(-maximumOperandTokens);
  if (!side.first && tokens.length !== side.tokens.length) return undefined;
  let tries = 0;
  for (let from = 0; from < tokens.length && tries < 40; from++) {
    const before = tokens[from - 1];
    if (!startsOperand(tokens, from)) continue;
    if (from > 0 && !side.first && before?.kind !== "word") return undefined;
    tries++;
    const operand = readOperand(tokens, from, percents);
    if (operand?.next === tokens.length) return placed(tokens, from, operand);
  }
  return undefined;
}

function placed(tokens: ArithmeticToken[], from: number, operand: Operand): Placed {
  return {
    operand,
    start: tokens[from]!,
    stop: tokens[operand.end - 1]!,
    after: tokens.slice(operand.end),
    before: tokens[from - 1],
  };
}

const operatorWords = /^(?:times|plus|minus|over|log|sin|cos|tan|ln|choose|base)$/i;
const shares =
  /^(?:half|third|thirds|quarter|quarters|fourth|fourths|fifth|fifths|twice|double|triple|multiple)$/i;

/** Whether the words before a number make it a part of something larger: `3 times 4`, `half of 10`, `5 less than 20`. */
function joins(tokens: ArithmeticToken[], last: number): boolean {
  const word = (place: number): string => {
    const token = tokens[place];
    return token?.kind === "word" ? token.text.toLowerCase() : "";
  };
  const before = tokens[last - 1]?.kind;
  switch (word(last)) {
    case "of":
      return before === "number" || before === "percent" || before === "close" || shares.test(word(last - 1));
    case "than":
      return tokens.slice(Math.max(0, last - 4), last).some(({ kind }) => kind === "number");
    case "by":
      return /^(?:multipl|divid)/.test(word(last - 1));
    default:
      return operatorWords.test(word(last));
  }
}

/** Whether an expression can start at a token: not inside another one, not after a variable or a function's name. */
function startsOperand(tokens: ArithmeticToken[], from: number): boolean {
  const token = tokens[from]!;
  const before = tokens[from - 1];
  const opens = /^(?:number|open|fraction|root|brace-open)$/.test(token.kind);
  const signed = token.kind === "operator" && (token.sign === "-" || token.sign === "+");
  if (!opens && !signed) return false;
  if (!before) return true;
  if (before.kind === "word") return !joins(tokens, from - 1) && !(signed && before.end === token.start);
  return before.kind === "open" || before.kind === "brace-open";
}

/** The numeric expression that opens a side; all of it, unless it is the last of its run. */
function rightOperand(side: Side, percents: PercentReading): Placed | undefined {
  const tokens = side.tokens.slice(0, maximumOperandTokens);
  const operand = readOperand(tokens, 0, percents);
  if (!operand) return undefined;
  const result = placed(tokens, 0, operand);
  const next = tokens[operand.next];
  if (!side.last && next?.kind !== "word") return operand.next === side.tokens.length ? result : undefined;
  if (next === undefined || /^(?:word|close|brace-close)$/.test(next.kind)) return result;
  // "= 6 (so 2 is a divisor)": brackets around words
  const aside =
    next.kind === "open" && next.start > result.stop.end && tokens[operand.next + 1]?.kind === "word";
  return aside ? result : undefined;
}

function checkLink(
  text: string,
  left: Side,
  sign: "=" | "≈",
  right: Side,
  chained: boolean,
): { step: Step } | undefined {
  const a = leftOperand(left, "hundredths");
  const b = rightOperand(right, "hundredths");
  if (!a || !b) return undefined;
  if (!a.operand.computed && !b.operand.computed && !(chained && plain(a) && plain(b))) return undefined;
  const modulus = b.after[0];
  if (modulus?.kind === "operator") return undefined;
  const remainder = remainderAfter(b);
  const stop = remainder ? remainder.token : b.stop;
  const approximate = sign === "≈" || isHedged(b);
  const ok = remainder ? dividesTo(a, b, remainder.value) : holds(left, right, a, b, approximate);
  if (ok === undefined || (!ok && isDoubtful(text, a, b, remainder !== undefined))) return undefined;
  const step: Step = { step: stepText(text, a.start.start, stop.end), ok, at: a.start.start };
  if (!ok)
    step.expected = remainder
      ? quotientText(a)
      : formatRational((a.operand.computed || !b.operand.computed ? a : b).operand.value);
  return { step };
}

/** A number alone, without unit or percent. */
function plain({ operand, after }: Placed): boolean {
  return operand.units.length === 0 && !operand.percent && after[0]?.kind !== "word";
}

function isHedged({ after }: Placed): boolean {
  const [first, second] = after;
  return (
    first?.kind === "word" &&
    /^(?:approx|approximately|rounded|about|roughly|full|whole|complete)$/i.test(first.text) &&
    second?.kind !== "number"
  );
}

/** `3 remainder 2`, `3 R2`, `3 with a remainder of 2` */
function remainderAfter({ after }: Placed): { value: Rational; token: ArithmeticToken } | undefined {
  const named = after.findIndex(
    (token, place) => place < 4 && token.kind === "word" && /^(?:remainder|rem|r)$/i.test(token.text),
  );
  if (named < 0) return undefined;
  const token = after.slice(named + 1, named + 4).find(({ kind }) => kind === "number");
  return token?.kind === "number" ? { value: token.value, token } : undefined;
}

function dividesTo(a: Placed, b: Placed, remainder: Rational): boolean | undefined {
  const { division } = a.operand;
  if (!division) return undefined;
  const whole = add(multiply(division.divisor, b.operand.value), remainder);
  return (
    equals(whole, division.dividend) &&
    remainder.numerator >= 0n &&
    compare(remainder, absolute(division.divisor)) < 0
  );
}

function quotientText({ operand }: Placed): string {
  const { dividend, divisor } = operand.division!;
  const quotient = rational(floor(divide(dividend, divisor)!));
  const rest = add(dividend, negate(multiply(quotient, divisor)));
  return `${formatRational(quotient)} remainder ${formatRational(rest)}`;
}

function holds(left: Side, right: Side, a: Placed, b: Placed, approximate: boolean): boolean {
  if (agree(a.operand, b.operand, approximate)) return true;
  const comma = withDecimalComma(b);
  if (comma && agree(a.operand, comma, approximate)) return true;
  const percents = a.operand.percent || b.operand.percent;
  if (!percents) return false;
  const readings: PercentReading[] = ["hundredths", "ignored", "share"];
  return readings.some((first) =>
    readings.some((second) => {
      const [one, two] = [leftOperand(left, first), rightOperand(right, second)];
      return one !== undefined && two !== undefined && agree(one.operand, two.operand, approximate);
    }),
  );
}

/** `0,5 + 1 = 1,5`: the comma after the right side may be a decimal one. */
function withDecimalComma({ operand, stop }: Placed): Operand | undefined {
  if (stop.kind !== "number" || stop.commaDigits === undefined || operand.computed) return undefined;
  const digits = stop.commaDigits;
  const fraction = rational(BigInt(digits.slice(0, 15)), 10n ** BigInt(Math.min(digits.length, 15)));
  return { ...operand, value: add(operand.value, fraction), places: digits.length };
}

/** Exactly, or as far as the decimals on either side are written. */
function agree(a: Operand, b: Operand, approximate: boolean): boolean {
  if (equals(a.value, b.value)) return true;
  if (approximate) return isNear(a.value, b);
  return rounds(a.value, b) || (!a.computed && rounds(b.value, a)) || isFloatNoise(a.value, b.value);
}

/** A decimal is right where it is the exact value rounded or cut at its last place. */
function rounds(exact: Rational, shown: Operand): boolean {
  const places = shown.percent ? shown.places + 2 : shown.places;
  if (shown.places === 0) return false;
  if (!shown.computed) {
    const { rounded, cut } = roundings(exact, places);
    return equals(rounded, shown.value) || equals(cut, shown.value);
  }
  const off = absolute(add(exact, negate(shown.value)));
  return compare(off, rational(1n, 10n ** BigInt(places))) <= 0;
}

function isNear(exact: Rational, shown: Operand): boolean {
  const off = absolute(add(exact, negate(shown.value)));
  const unit = rational(1n, 10n ** BigInt(shown.percent ? shown.places + 2 : shown.places));
  const percent = divide(absolute(exact), rational(100n))!;
  return compare(off, unit) <= 0 || compare(off, percent) <= 0;
}

function isFloatNoise(a: Rational, b: Rational): boolean {
  if (isInteger(a) && isInteger(b)) return false;
  const off = absolute(add(a, negate(b)));
  return compare(multiply(off, rational(10n ** 12n)), absolute(a)) <= 0;
}

/** Where a mismatch proves nothing: units that convert, labels, parts of numbers. */
function isDoubtful(text: string, a: Placed, b: Placed, withRemainder: boolean): boolean {
  if (a.start.kind === "number" && a.start.partLeft) return true;
  if (withRemainder) return false;
  // 2·10^3/4·10^2 is meant as a quotient of two numbers in scientific notation
  if (
    /[/÷]\s*[\d.]+\s*(?:\*|×|·|\\cdot|\\times)\s*10\s*(?:\^|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻])/.test(
      text.slice(a.start.start, b.stop.end),
    )
  )
    return true;
  const [from, to] = [a, b].map(measures);
  if (from!.some((unit) => to!.every((other) => other !== unit)) && to!.length > 0) return true;
  if (!a.operand.computed) return a.operand.units.length > 0 || a.before !== undefined || a.after.length > 0;
  return isCompound(b);
}

function measures({ operand, after }: Placed): string[] {
  const words = [
    ...operand.units,
    ...after.slice(0, 1).flatMap((token) => (token.kind === "word" ? [token.text] : [])),
  ];
  return words.flatMap((word) => (dimension(word) === undefined ? [] : [singular(word)]));
}

function singular(word: string): string {
  return word.toLowerCase().replace(/s$/, "");
}

/** `3 hours 20 minutes`, `5 feet and 3 inches` */
function isCompound({ after }: Placed): boolean {
  const [unit, ...rest] = after;
  if (unit?.kind !== "word") return false;
  const number = rest.findIndex(({ kind }) => kind === "number");
  return number >= 0 && number <= 1 && rest[number + 1]?.kind === "word";
}

function stepText(text: string, start: number, end: number): string {
  return text.slice(start, end).replace(/\\?[$€£¥₹]|\s+|&|\\\\(?=\s*&?\s*=)/g, "");
}
