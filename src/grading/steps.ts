import { holds } from "./arithmetic/agreement.ts";
import { isDoubtful, isHedged } from "./arithmetic/doubt.ts";
import { dividesTo, quotientText, remainderAfter } from "./arithmetic/remainder.ts";
import type { Placed, Side } from "./arithmetic/sides.ts";
import { leftOperand, rightOperand } from "./arithmetic/sides.ts";
import type { ArithmeticToken } from "./arithmetic/tokens.ts";
import { arithmeticTokens } from "./arithmetic/tokens.ts";
import { formatRational } from "./math/rational.ts";

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
const maximumSteps = 2_000;
const maximumMarks = 1_000;

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
      steps.push(step);
      computed = true;
    } else computed = false;
  }
  return steps;
}

function checkLink(
  text: string,
  left: Side,
  sign: "=" | "≈",
  right: Side,
  chained: boolean,
): Step | undefined {
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
  return step;
}

/** A number alone, without unit or percent. */
function plain({ operand, after }: Placed): boolean {
  return operand.units.length === 0 && !operand.percent && after[0]?.kind !== "word";
}

function stepText(text: string, start: number, end: number): string {
  return text.slice(start, end).replace(/\\?[$€£¥₹]|\s+|&|\\\\(?=\s*&?\s*=)/g, "");
}
