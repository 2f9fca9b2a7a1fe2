import { isInteger } from "../math/rational.ts";
import type { Placed } from "./sides.ts";

/** "if 2 + 2 = 5", "instead of 2 + 2 = 5" */
const supposed =
  /\b(?:if|suppose|supposing|assum(?:e|es|ed|ing)|imagine|whether|unless|instead of|rather than|not|isn['’]t|can(?:not|['’]t) (?:be|have))(?:\s+(?:that|we|you|i|it|they|had|have|take|say|said|were|was|is|the|sum|this|for example))*[\s:,$(\\[]*$/i;
const setUp = /\bset(?:ting)? ?up (?:an|the|this|our) equation[^=]{0,70}$/i;
/** "the student wrote 2 + 2 = 5" */
const reported =
  /\b(?:mistak\w*|incorrect(?:ly)?|wrong(?:ly)?|erroneous(?:ly)?|error|confus\w*|misread\w*|student (?:wrote|writes|says|said|thought|claims?))\b[^.!?\n]*$|\b(?:option|choice|statement|alternative)\s*\(?[A-J]\)?\s*(?:is|says|states|claims|reads)?[\s:,.$(\\[)*]*$/i;
/** "3 * 4 = 13? No, 12": what takes an equation back right after it */
const takenBack =
  /^[\s$)\]\\.,;:!?…–—-]*(?:(?:[^.!?\n]{0,30}[.!?\n]\s*)?(?:wait\b|oops|hmm|sorry\b|scratch that|correction\b|no[,.!—-]|actually,|let me re|let's re|i made a|my mistake|that(?:['’]s| is| was| can['’]t be) (?:not right|not correct|wrong|incorrect|a mistake|right\?))|\(?(?:✗|❌|✘|(?:wrong|incorrect|false|impossible)(?=\s*(?:[.,;:)!\n]|$))|contradict)|,? ?(?:\(|but |and |which |that |this |so )*(?:this |that |it )?(?:is|was|would be) (?:not (?:true|right|correct|possible|equal)|wrong|incorrect|false|impossible|absurd|a contradiction)|(?:which |but (?:that|this|it) )?(?:isn['’]t|doesn['’]t|does not|can['’]t|cannot) (?:true|right|correct|possible|work|hold|be right|be true|be correct|be possible|match))/i;
const asked = /^[^.!\n=]{0,60}\?/;
const question = /^\s*(?:which|is|are|does|do|can|could|why|how|what|should|would)\b/i;
const roundingAfter =
  /^[^.!?\n]{0,80}\b(?:round\w*|nearest|approx\w*|roughly|about|floor|truncat\w*|integer part|quotient|(?<!no |without a |0 )remainder|left ?over|remaining|ignor\w+|whole number|decimals?)\b/i;
const roundingBefore =
  /\b(?:round\w*|approximate\w*|roughly|about|nearly|almost|floor|integer (?:part|division)|quotient|nearest|estimate\w*)\b[^.!?\n]{0,60}$/i;
const clock = /\b(?:[ap]\.?m\b|o['’]clock|noon|midnight)/i;

/** The text around a step, as far as it bears on what the step claims. */
function aroundStep(text: string, start: number, end: number): { before: string; after: string } {
  const before = text.slice(Math.max(0, start - 120), start);
  const sentence = Math.max(before.lastIndexOf(". "), before.lastIndexOf("\n"), before.lastIndexOf("? "));
  return { before: before.slice(sentence + 1), after: text.slice(end, end + 120) };
}

/** Whether the text supposes an equation, asks for it, reports somebody's error or takes it back at once. */
export function isNoClaim(text: string, start: number, end: number): boolean {
  const { before, after } = aroundStep(text, start, end);
  return (
    supposed.test(before) ||
    setUp.test(text.slice(Math.max(0, start - 120), start)) ||
    reported.test(before) ||
    takenBack.test(after) ||
    asked.test(after) ||
    (question.test(before) && /^[^.!\n]{0,90}\?/.test(after))
  );
}

/** `100 / 12 = 8 (rounded down)`, "about 100 / 12 = 8", `17 / 5 = 3, with 2 left over` */
export function isAnnouncedRounding(text: string, a: Placed, b: Placed): boolean {
  if (isInteger(a.operand.value)) return false;
  const { before, after } = aroundStep(text, a.start.start, b.stop.end);
  return roundingAfter.test(after) || roundingBefore.test(before) || /^\s*~/.test(between(text, a, b));
}

/** `= ~3` */
function between(text: string, a: Placed, b: Placed): string {
  return text.slice(a.stop.end, b.start.start).replace(/^[^=]*=/, "");
}

export function isClockTime(text: string, start: number, end: number): boolean {
  return clock.test(text.slice(start, end + 9));
}

/** Bases of numerals that a text names. */
export function basesIn(text: string): number[] {
  const bases = new Set<number>();
  for (const [, digits] of text.matchAll(/\bbase(?:[ -]|_\{?|\s*\$)(\d{1,2})\b/gi)) bases.add(Number(digits));
  for (const [, word] of text.matchAll(/\b(binary|octal)\b/gi))
    bases.add(word!.toLowerCase() === "binary" ? 2 : 8);
  return [...bases].filter((base) => base >= 2 && base <= 9).slice(0, 3);
}

/** Numbers modulo which a text calculates: "mod 7", "the last two digits". */
export function moduliIn(text: string): bigint[] {
  const moduli = new Set<bigint>();
  for (const [, digits] of text.matchAll(/\b(?:p?mod|bmod|modulo|modulus)\b[\s{$(]{0,4}(\d{1,9})/gi))
    moduli.add(BigInt(digits!));
  if (/\b(?:last|units?|ones|final) digit/i.test(text)) moduli.add(10n);
  if (/\blast two digits|\btens digit/i.test(text)) moduli.add(100n);
  if (/\bclock\b/i.test(text)) moduli.add(12n);
  return [...moduli].filter((modulus) => modulus > 1n).slice(0, 20);
}
