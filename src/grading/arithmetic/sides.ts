import type { Operand } from "./operand.ts";
import { readOperand } from "./operand.ts";
import type { Reading } from "./reading.ts";
import { bracketBySpacing } from "./reading.ts";
import type { ArithmeticToken } from "./tokens.ts";

/** Longer sides of an equation are not arithmetic that a person would check. */
const maximumTokens = 160;
/** Places at which the expression of a left side may start, before the search is given up. */
const maximumTries = 40;

/** The tokens between two relation signs, the first or the last of its run. */
export interface Side {
  tokens: ArithmeticToken[];
  first: boolean;
  last: boolean;
}

/** The numeric expression of a side, and what stands around it. */
export interface Placed {
  operand: Operand;
  start: ArithmeticToken;
  /** the last token that is part of the step */
  stop: ArithmeticToken;
  /** what stands after it on its side */
  after: ArithmeticToken[];
  before: ArithmeticToken | undefined;
}

/** The numeric expression that ends a side (all of it, unless it is the first of its run). */
export function leftOperand(side: Side, reading: Reading): Placed | undefined {
  if (!side.first && side.tokens.length > maximumTokens) return undefined;
  const tokens = asRead(side.tokens.slice(-maximumTokens), reading);
  let tries = 0;
  for (let from = 0; from < tokens.length && tries < maximumTries; from++) {
    const before = tokens[from - 1];
    if (!startsOperand(tokens, from)) continue;
    if (from > 0 && !side.first && before?.kind !== "word") return undefined;
    tries++;
    const operand = readOperand(tokens, from, reading);
    if (operand?.next === tokens.length) return placed(tokens, from, operand);
  }
  return undefined;
}

function asRead(tokens: ArithmeticToken[], { notation }: Reading): ArithmeticToken[] {
  return notation === "spaced" ? bracketBySpacing(tokens) : tokens;
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

const operatorWords =
  /^(?:times|plus|minus|over|log|sin|cos|tan|cot|sec|csc|ln|exp|sqrt|abs|floor|ceil|max|min|mod|gcd|lcm|choose|base|negative|twice|double|triple|half|than)$/i;
/** "half of 3 + 5" is no "3 + 5". */
const parts =
  /^(?:hal(?:f|ves)|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|twice|double|triple|multiples?|average|mean|median|roots?|squares?|cubes?|logarithms?|negative|opposite|reciprocal|factorial|product|differences?|quotients?|remainders?|percent|percentage|value|floor|ceiling)$/i;
const determiners =
  /^(?:the|these|those|this|that|his|her|its|their|our|my|your|remaining|rest|total|other|all|initial|original)$/i;
/** "5 increased by 3 * 4", "5 added to 3 * 4": the verb before the preposition. */
const verbs: Record<string, RegExp> = {
  by: /^(?:multipl|divid|increas|decreas|reduc|rais|exceed|lower)/i,
  to: /^(?:add|equal|rais)/i,
  from: /^(?:subtract|tak|deduct|remov)/i,
  with: /^(?:combin|multipl|add)/i,
};

/** Whether the words before a number make it a part of something larger: `3 times 4`, `half of 10`, `5 less than 20`. */
function joins(tokens: ArithmeticToken[], last: number): boolean {
  const word = (place: number): string => {
    const token = tokens[place];
    return token?.kind === "word" ? token.text.toLowerCase() : "";
  };
  let place = last;
  while (last - place < 3 && determiners.test(word(place))) place--;
  const name = word(place);
  const before = tokens[place - 1]?.kind;
  if (name === "of")
    return before === "number" || before === "percent" || before === "close" || parts.test(word(place - 1));
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  // "20% off 30 + 20", "3 times as many as 4 + 5"
  return (
    verb?.test(word(place - 1)) === true ||
    operatorWords.test(name) ||
    before === "percent" ||
    (name === "as" && /^(?:many|much|large|long|old|big|tall)$/.test(word(place - 1)))
  );
}

/** Whether an expression can start at a token: not inside another one, not after a variable or a function's name. */
function startsOperand(tokens: ArithmeticToken[], from: number): boolean {
  const token = tokens[from]!;
  const before = tokens[from - 1];
  const opens = /^(?:number|open|fraction|root|brace-open)$/.test(token.kind);
  const signed =
    tokens[from + 1] !== undefined && token.kind === "operator" && (token.sign === "-" || token.sign === "+");
  if (!opens && !signed) return false;
  if (!before) return true;
  if (before.kind === "word") {
    // "profit - 3 * 4" is no "-3 * 4"; "gives -3 * 4" is
    const binary = signed && (before.end === token.start || token.end < tokens[from + 1]!.start);
    // AB√2 is a product
    const factor =
      /^(?:root|fraction|open)$/.test(token.kind) &&
      (before.end === token.start || /^(?:[A-Z]{1,4}|a)$/.test(before.text));
    return !joins(tokens, from - 1) && !binary && !factor;
  }
  return before.kind === "open" || before.kind === "brace-open";
}

/** The numeric expression that opens a side; all of it, unless it is the last of its run. */
export function rightOperand(side: Side, reading: Reading): Placed | undefined {
  const whole = side.tokens.length <= maximumTokens;
  const tokens = asRead(side.tokens.slice(0, maximumTokens), reading);
  const operand = readOperand(tokens, 0, reading);
  if (!operand) return undefined;
  const result = placed(tokens, 0, operand);
  const next = tokens[operand.next];
  if (!side.last && next?.kind !== "word")
    return whole && operand.next === tokens.length ? result : undefined;
  if (next === undefined || /^(?:word|close|brace-close)$/.test(next.kind)) return result;
  // "= 6 (so 2 is a divisor)": brackets around words
  const aside =
    next.kind === "open" && next.start > result.stop.end && tokens[operand.next + 1]?.kind === "word";
  return aside ? result : undefined;
}
