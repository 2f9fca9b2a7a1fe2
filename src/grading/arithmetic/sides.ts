import type { Operand, PercentReading } from "./operand.ts";
import { readOperand } from "./operand.ts";
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
export function leftOperand(side: Side, percents: PercentReading): Placed | undefined {
  const tokens = side.tokens.slice(-maximumTokens);
  if (!side.first && tokens.length !== side.tokens.length) return undefined;
  let tries = 0;
  for (let from = 0; from < tokens.length && tries < maximumTries; from++) {
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
export function rightOperand(side: Side, percents: PercentReading): Placed | undefined {
  const tokens = side.tokens.slice(0, maximumTokens);
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
