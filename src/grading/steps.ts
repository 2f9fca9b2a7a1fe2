import { agrees, canBeMeant } from "./arithmetic/agreement.ts";
import { basesIn, isAnnouncedRounding, moduliIn } from "./arithmetic/context.ts";
import { isDoubtful, isHedged } from "./arithmetic/doubt.ts";
import type { Surroundings } from "./arithmetic/reading.ts";
import { standardReading } from "./arithmetic/reading.ts";
import { dividesTo, quotientText, remainderAfter } from "./arithmetic/remainder.ts";
import type { Placed, Side } from "./arithmetic/sides.ts";
import { leftOperand, rightOperand } from "./arithmetic/sides.ts";
import type { ArithmeticToken } from "./arithmetic/tokens.ts";
import { arithmeticTokens } from "./arithmetic/tokens.ts";
import type { Rational } from "./math/rational.ts";
import { equals, formatRational, roundings } from "./math/rational.ts";

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
/** Other meanings are looked for so many times; a text with more mismatches is no reasoning. */
const maximumMismatches = 300;

/**
 * Every equation in a text, checked exactly. A chain `a = b = c` gives a step a link. What cannot be told, because of
 * variables, converted units or prose, is no step. Never throws.
 */
export function checkSteps(text: string): Step[] {
  const source = text.length > maximumLength ? text.slice(0, maximumLength) : text;
  // GSM8K's calculator marks, `5*3=<<5*3=15>>15`, are equations of their own inside another
  const marks: Step[] = [];
  const outside = source.replace(/<<([^<>\n]{1,200})>>/g, (mark, inside: string, at: number) => {
    const steps = marks.length < maximumMarks ? checkText(inside, "") : [];
    for (const step of steps) marks.push({ ...step, at: step.at! + at + 2 });
    return " ".repeat(mark.length);
  });
  return marks.length === 0
    ? checkText(outside, source)
    : [...checkText(outside, source), ...marks].sort((a, b) => a.at! - b.at!);
}

/** A text with what it says about all of its equations. */
interface Page extends Surroundings {
  text: string;
  moduli: bigint[];
  rounded: Map<string, Rational>;
  mismatches: number;
}

function checkText(text: string, surroundings: string): Step[] {
  const page: Page = {
    text,
    bases: basesIn(surroundings),
    moduli: moduliIn(surroundings),
    rounded: new Map(),
    mismatches: 0,
  };
  const steps: Step[] = [];
  let run: ArithmeticToken[] = [];
  for (const token of arithmeticTokens(text, maximumTokens)) {
    if (token.kind !== "break") run.push(token);
    else {
      steps.push(...checkRun(page, run));
      run = [];
    }
    if (steps.length >= maximumSteps || page.mismatches >= maximumMismatches) return steps;
  }
  return [...steps, ...checkRun(page, run)];
}

function checkRun(page: Page, run: ArithmeticToken[]): Step[] {
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
    if (page.mismatches >= maximumMismatches) break;
    const left = { tokens: sides[place]!, first: place === 0, last: false };
    const right = { tokens: sides[place + 1]!, first: false, last: place === signs.length - 1 };
    const step = checkLink(page, left, sign, right, computed);
    if (step) {
      steps.push(step);
      computed = true;
    } else computed = false;
  }
  return steps;
}

function checkLink(page: Page, left: Side, sign: "=" | "≈", right: Side, chained: boolean): Step | undefined {
  const a = leftOperand(left, standardReading);
  const b = rightOperand(right, standardReading);
  if (!a || !b) return undefined;
  if (!a.operand.computed && !b.operand.computed && !(chained && plain(a) && plain(b))) return undefined;
  const modulus = b.after[0];
  if (modulus?.kind === "operator") return undefined;
  const remainder = remainderAfter(b);
  const stop = remainder ? remainder.token : b.stop;
  const ok = remainder ? dividesTo(a, b, remainder.value) : holds(page, left, right, sign, a, b);
  if (ok === undefined || (!ok && isDoubtful({ ...page, left, right, a, b }))) return undefined;
  const step: Step = { step: stepText(page.text, a.start.start, stop.end), ok, at: a.start.start };
  if (!ok)
    step.expected = remainder
      ? quotientText(a)
      : expectedText(a.operand.computed || !b.operand.computed ? a : b);
  return step;
}

function holds(page: Page, left: Side, right: Side, sign: "=" | "≈", a: Placed, b: Placed): boolean {
  const approximate = sign === "≈" || isHedged(b);
  let ok = agrees(a, b, approximate);
  if (!ok) page.mismatches++;
  ok ||=
    canBeMeant(left, right, approximate, page) ||
    (!approximate && isAnnouncedRounding(page.text, a, b) && agrees(a, b, true));
  const isRounded =
    ok && !b.operand.computed && b.operand.places > 0 && !equals(a.operand.value, b.operand.value);
  if (isRounded) page.rounded.set(formatRational(b.operand.value), a.operand.value);
  return ok;
}

function expectedText({ operand }: Placed): string {
  return operand.inexact
    ? formatRational(roundings(operand.value, 6).rounded)
    : formatRational(operand.value);
}

/** A number alone, without unit or percent. */
function plain({ operand, after }: Placed): boolean {
  return operand.units.length === 0 && !operand.percent && after[0]?.kind !== "word";
}

function stepText(text: string, start: number, end: number): string {
  return text.slice(start, end).replace(/\\?[$€£¥₹]|\s+|&|\\\\(?=\s*&?\s*=)/g, "");
}
