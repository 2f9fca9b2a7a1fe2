import { measure } from "../forms/units.ts";
import type { Rational } from "../math/rational.ts";
import { divide, equals, isInteger, negate, one } from "../math/rational.ts";
import { agrees } from "./agreement.ts";
import { isClockTime, isNoClaim } from "./context.ts";
import { standardReading } from "./reading.ts";
import type { Placed, Side } from "./sides.ts";
import { leftOperand, rightOperand } from "./sides.ts";
import { mayConvert } from "./conversion.ts";

/** A step that does not hold as it stands. */
export interface Mismatch {
  text: string;
  left: Side;
  right: Side;
  a: Placed;
  b: Placed;
  /** numbers modulo which the text calculates */
  moduli: bigint[];
}

/** Whether a mismatch proves nothing: units that convert, labels, parts of numbers, signs run on, what is no claim. */
export function isDoubtful(mismatch: Mismatch): boolean {
  const { text, a, b, moduli } = mismatch;
  const [start, end] = [a.start.start, b.stop.end];
  const written = text.slice(start, end);
  if (a.start.kind === "number" && a.start.partLeft) return true;
  if (b.stop.kind === "number" && (b.stop.commaDigits?.length ?? 0) > 3) return true;
  // 2·10^3/4·10^2 is meant as a quotient of two numbers in scientific notation
  if (/[/÷]\s*[\d.]+\s*(?:\*|×|·|\\cdot|\\times)\s*10\s*(?:\^|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻])/.test(written)) return true;
  if (/\d\/\d{1,2}\/\d{2}/.test(written) || isClockTime(text, start, end)) return true;
  if (continues(text, a) || isCutOff(text, end)) return true;
  if (!a.operand.computed && (a.operand.units.length > 0 || isLabelled(a) || a.after.length > 0)) return true;
  return (
    mayConvert(a, b) ||
    (a.operand.computed && isCompound(b)) ||
    isRange(b) ||
    isRunOn(mismatch) ||
    startsLater(mismatch) ||
    isReversed(mismatch) ||
    isCongruent(a.operand.value, b.operand.value, moduli) ||
    isRefused(mismatch) ||
    isNoClaim(text, start, end)
  );
}

/** `Day 3 = 12 apples`, but not "that is 12 = 3 * 4" */
function isLabelled({ before }: Placed): boolean {
  return before !== undefined && !(before.kind === "word" && introductions.test(before.text));
}

const introductions =
  /^(?:is|are|was|of|that|since|so|because|hence|thus|therefore|then|and|as|where|have|has|get|gets|gives|that's|it's|we|for)$/i;

/** Mathematical signs and symbols that are no arrows, marks or operators: what follows or precedes them is not alone. */
const strange = /[\p{Sm}\p{So}\p{Sk}′″@#|_^]/u;
const harmless = /[→⇒⟹⟶➔➜➡∴∵✓✔✅☑★☆•▪►▶=<>+°~`¬±]/u;

function isStrange(character: string | undefined): boolean {
  return character !== undefined && strange.test(character) && !harmless.test(character);
}

/** Whether something unread stands directly before a left side, or it opens with a sign that follows no pause. */
function continues(text: string, { start }: Placed): boolean {
  const before = text
    .slice(Math.max(0, start.start - 40), start.start)
    .replace(/(?:[\s$&"'“”*]|\\[([{]|\\text\{)+$/, "");
  if (isStrange([...before].at(-1))) return true;
  return start.kind === "operator" && before !== "" && !/[.,:;=(>[{!?\n–—-]$|[a-z→⇒∴•]$/iu.test(before);
}

/** Whether something unread is glued to the right side: `5∛2`. */
function isCutOff(text: string, end: number): boolean {
  return isStrange(text[end]);
}

/** `3 hours 20 minutes`, `5 feet and 3 inches` */
function isCompound({ after }: Placed): boolean {
  const [unit, ...rest] = after;
  if (unit?.kind !== "word") return false;
  const joined = rest[0]?.kind === "word" && /^(?:and|with|plus)$/.test(rest[0].text);
  if (!joined && !measure(unit.text)) return false;
  const number = rest.findIndex(({ kind }) => kind === "number");
  return number >= 0 && number <= 1 && rest[number + 1]?.kind === "word";
}

/** `= 2-3 boxes` */
function isRange({ operand, start, stop, after }: Placed): boolean {
  if (start.kind !== "number" || stop.kind !== "number" || after[0]?.kind !== "word") return false;
  return operand.computed && operand.value.numerator < 0n && stop.start - start.end === 1;
}

/** `60 - 24 = 36 * 25% = 9`: the sign of equality only carries on. */
function isRunOn({ right, a, b }: Mismatch): boolean {
  if (!a.operand.computed || !b.operand.computed) return false;
  const first = right.tokens.findIndex(({ kind }, place) => place > 0 && kind === "operator");
  if (first < 0) return false;
  const head = rightOperand(
    { tokens: right.tokens.slice(0, first), first: false, last: true },
    standardReading,
  );
  return head !== undefined && !head.operand.computed && agrees(a, head, false);
}

/** `Step 2 - 3 * 4 = 12`, `30% of 600 + 300 = 900`: the equation starts after the dash or the preposition. */
function startsLater({ left, b }: Mismatch): boolean {
  const { tokens } = left;
  return tokens.some((token, place) => {
    const [before, after] = [tokens[place - 1], tokens[place + 1]];
    if (token.kind !== "operator" || !/^(?:-|of)$/.test(token.sign) || !before || !after) return false;
    if (before.end === token.start || token.end === after.start) return false;
    if (tokens.slice(0, place).some(({ kind }) => !/^(?:number|word|percent)$/.test(kind))) return false;
    const rest = leftOperand({ tokens: tokens.slice(place + 1), first: true, last: false }, standardReading);
    return rest !== undefined && rest.operand.computed && agrees(rest, b, false);
  });
}

/** `5 ÷ 50 = 10` and `51 - 82 = 31 books`: right but for the order. */
function isReversed({ text, a, b }: Mismatch): boolean {
  const { value, division, computed } = a.operand;
  if (division) {
    const inverse = divide(one, value);
    const { before, after } = {
      before: text.slice(Math.max(0, a.start.start - 150), a.stop.end),
      after: text.slice(b.stop.end, b.stop.end + 150),
    };
    return (
      inverse !== undefined &&
      /÷|\\div|divi[ds]|factor|goes into/.test(before + after) &&
      agrees({ ...a, operand: { ...a.operand, value: inverse } }, b, false)
    );
  }
  if (!computed || value.numerator >= 0n || !equals(negate(value), b.operand.value)) return false;
  const counts = b.operand.units.length > 0 || b.after[0]?.kind === "word";
  return counts && !b.operand.computed;
}

/** `11 = 1 + 1 + 8 = 10 (not 11)`: an attempt that fails, and says so. */
function isRefused({ text, a, b }: Mismatch): boolean {
  if (a.operand.computed || !b.operand.computed) return false;
  const target = text.slice(a.start.start, a.stop.end);
  const after = /^[^.;?!\n]{0,90}/.exec(text.slice(b.stop.end, b.stop.end + 90))![0];
  return /(?:\bnot|\bno\b|≠|\\neq?|!=|\btoo|\bbut)\W/.test(after) && after.includes(target);
}

/** `7 * 8 = 1` where the text calculates modulo 5 */
function isCongruent(a: Rational, b: Rational, moduli: bigint[]): boolean {
  if (!isInteger(a) || !isInteger(b)) return false;
  return moduli.some(
    (modulus) =>
      b.numerator >= -modulus && b.numerator < modulus && (a.numerator - b.numerator) % modulus === 0n,
  );
}

/** `= 7 full boxes`, `= 6 approx`: the right side is not meant exactly. */
export function isHedged({ after }: Placed): boolean {
  const [first, second] = after;
  return (
    first?.kind === "word" &&
    /^(?:approx|approximately|rounded|about|roughly|full|whole|complete)$/i.test(first.text) &&
    second?.kind !== "number"
  );
}
