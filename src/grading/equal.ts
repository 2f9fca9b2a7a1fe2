import type { Choice } from "./forms/choices.ts";
import { readChoice } from "./forms/choices.ts";
import { sameMath } from "./math/compare.ts";
import type { Expression } from "./math/expression.ts";
import { asksPercent } from "./extraction/expectation.ts";
import { extractAnswer } from "./extract.ts";
import { sameLiteral } from "./forms/literals.ts";
import { plainLatex, plainSigns } from "./math/notation.ts";
import { parseMath } from "./math/parse.ts";
import { digitsForWords, ordinal, plainText, spokenSet } from "./forms/text.ts";
import { sameDate, sameTime } from "./forms/times.ts";
import { isName } from "./math/tokens.ts";
import type { Quantity } from "./forms/units.ts";
import { quantity, unitsAgree } from "./forms/units.ts";
import { boxes, percentAfter, unwrap } from "./forms/unwrap.ts";

export type Verdict = "equal" | "different" | "unknown";

/** Longer answers are compared as strings only. */
const maximumLength = 8_000;

export interface GradeOptions {
  /** The question, where it is known: where it asks for a percentage, the percent sign is a unit. */
  question?: string;
}

/**
 * Whether an answer says the same as the gold. Both may stand with or without `$…$` and `\boxed{}`. Never throws;
 * answers within 200 ms for a million characters.
 *
 * A unit or a currency on one side only is no difference. `50%` is 0.5 and not 50. A decimal equals what it rounds if
 * it has six digits, or three in a gold beside an exact answer.
 */
export function gradeAnswer(answer: string, gold: string, options: GradeOptions = {}): Verdict {
  if (answer.trim() === gold.trim()) return gold.trim() === "" ? "unknown" : "equal";
  if (answer.length > maximumLength || gold.length > maximumLength) return "unknown";
  const [mine, theirs] = [tidy(answer), tidy(gold)];
  if (mine === theirs) return "equal";
  if (mine === "") return "different";
  if (theirs === "") return "unknown";
  const percentIsUnit = options.question !== undefined && asksPercent(options.question);
  const direct = judge(mine, theirs, percentIsUnit);
  if (direct === "equal" || !isProse(mine) || isRange(mine) || readings(mine, false).length > 0)
    return direct;
  const stated = extractAnswer(answer)?.answer;
  if (stated === undefined || stated === answer || stated.length >= answer.trim().length) return direct;
  return judge(tidy(stated), theirs, percentIsUnit);
}

function judge(answer: string, gold: string, percentIsUnit: boolean): Verdict {
  const literal = sameLiteral(answer, gold);
  if (literal !== undefined) return literal ? "equal" : "different";
  const moment = sameTime(answer, gold) ?? sameDate(answer, gold);
  if (moment !== undefined) return moment ? "equal" : "different";
  const place = ordinal(gold);
  if (place !== undefined && place === ordinal(answer)) return "equal";
  const choice = judgeChoice(answer, gold);
  if (choice) return choice;
  const [mine, theirs] = [plainText(answer), plainText(gold)];
  const lettersDiffer = mine.length === 1 && answer !== gold && !/[A-J]/.test(gold);
  if (mine !== "" && mine === theirs && !lettersDiffer && !hasSigns(answer + gold)) return "equal";
  if (!/-/.test(answer + gold) && (isSpelling(mine, theirs) || isSpelling(theirs, mine))) return "equal";
  const left = readings(answer, percentIsUnit);
  const right = readings(gold, percentIsUnit);
  // two words that are no formulas: `stop` and `pots` are no products of letters
  if (isLetters(answer) && isLetters(gold)) return "different";
  let doubt = left.length === 0 && right.length === 0 && hasFormula(answer) && hasFormula(gold);
  for (const a of left)
    for (const b of right) {
      if (!unitsAgree(a.unit, b.unit)) continue;
      const same = sameMath(a.expression, b.expression);
      if (same) return "equal";
      if (same === undefined) doubt = true;
    }
  return doubt ? "unknown" : "different";
}

/** `g s s e` spells `gsse`. */
function isSpelling(text: string, word: string): boolean {
  return /^\p{L}(?:[ -]\p{L})+$/u.test(text) && text.replace(/[ -]/g, "") === word;
}

function judgeChoice(answer: string, gold: string): Verdict | undefined {
  const theirs = readChoice(gold) ?? namedChoice(gold);
  if (!theirs) return undefined;
  const mine = readChoice(answer) ?? mentionedChoice(answer);
  if (mine) {
    if (mine.letter !== theirs.letter) return "different";
    const bothSay = mine.text !== "" && theirs.text !== "";
    return bothSay && plainText(mine.text) !== plainText(theirs.text) ? undefined : "equal";
  }
  return theirs.text !== "" && plainText(answer) === plainText(theirs.text) ? "equal" : undefined;
}

/** `C Cecile`: a gold that gives the letter and its text without a mark between. */
function namedChoice(gold: string): Choice | undefined {
  const match = /^([A-Z])\s+([A-Z][a-z].*)$/.exec(gold);
  return match ? { letter: match[1]!, text: match[2]! } : undefined;
}

/** The one letter that a few words are about: `Because B is valid`, `réponse est C non A`, `B不是 A`. */
function mentionedChoice(answer: string): Choice | undefined {
  const opening = /^\(?([A-Z])\)?(?=[\u3000-\u9fff])/.exec(answer)?.[1];
  if (opening !== undefined) return { letter: opening, text: "" };
  if (/(?:,|&|\/|\band|\bor)\s*A\b(?!\s+[a-z])|\bA\s*(?:,|&|\/|and\b|or\b)/.test(answer)) return undefined;
  if (answer.split(/\s+/).length > 8 || /[=+*^\\\d]/.test(answer)) return undefined;
  const named = [
    ...answer.matchAll(
      /(?<![\p{L}'’])(?<!\b(?:not|non|nor|vitamin|plan|type|grade|no)\s)([B-HJ-Z])(?![\p{L}'’.])/gu,
    ),
  ];
  const letters = new Set(named.map((match) => match[1]!));
  return letters.size === 1 && named.length > 0 && /\p{L}{2,}/u.test(answer)
    ? { letter: named[0]![1]!, text: "" }
    : undefined;
}

/** One way of reading an answer as mathematics. */
interface Reading {
  expression: Expression;
  unit?: string;
}

function readings(text: string, percentIsUnit: boolean): Reading[] {
  const plain = plainLatex(plainSigns(spokenSet(text) ?? text))
    .replace(/\s+/g, " ")
    .trim();
  const counted = digitsForWords(plain);
  const spelled = spelledOut(plain).flatMap((part) => parsedQuantity(part, percentIsUnit));
  if (spelled.length > 0) return spelled;
  const whole = parsedQuantity(
    counted === undefined ? quantity(plain) : { core: counted, percent: false },
    percentIsUnit,
  );
  return whole.length > 0 ? whole : lastValue(plain).flatMap((value) => parsedQuantity(value, percentIsUnit));
}

/** What shorthand stands for: `C(7,3)`, `7C3`, `P(5,2)`, `12% of 50`, `3 to 5` as a ratio, `5x10^3`. */
function spelledOut(text: string): Quantity[] {
  const others = [
    text
      .replace(/(?<![a-zA-Z\\])C\s*\(\s*(\d{1,4})\s*,\s*(\d{1,4})\s*\)/g, "\\binom{$1}{$2}")
      .replace(/(?:\{\}\s*)?_?\{?(?<![\d.])(\d{1,4})\}?\s*C\s*_?\{?(\d{1,4})\}?(?!\d)/g, "\\binom{$1}{$2}"),
    text.replace(
      /^(?:P\s*\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)|(?:\{\}\s*)?_?\{?(\d{1,3})\}?\s*P\s*_?\{?(\d{1,3})\}?)$/,
      (_, n?: string, k?: string, m?: string, l?: string) => `((${n ?? m})!/(${n ?? m}-${k ?? l})!)`,
    ),
    text.replace(/^([\d.]+)\s*(?:%|percent)\s+of\s+\$?([\d.,]+|[a-zA-Z])$/, "(($1)/100)*($2)"),
    text.replace(/^(\d+)\s+to\s+(\d+)$/, "$1:$2"),
    text.replace(/(?<=\d)\s*[xX]\s*(?=10\s*\^)/g, "*"),
  ];
  return others.flatMap((other) => (other === text ? [] : [{ core: other, percent: false }]));
}

function parsedQuantity({ core, unit, percent }: Quantity, percentIsUnit: boolean): Reading[] {
  const source = digitsForWords(core) ?? core;
  return styles(source).flatMap((style): Reading[] => {
    const parsed = parseMath(source, style);
    if (!parsed || parsed.type === "words") return [];
    const expression = percent && !percentIsUnit ? asPercent(parsed) : parsed;
    return [unit === undefined ? { expression } : { expression, unit }];
  });
}

/** `28 + 32 = 60%`: the sign belongs to the value at the end. */
function asPercent(node: Expression): Expression {
  if (node.type === "relation")
    return { ...node, operands: [...node.operands.slice(0, -1), asPercent(node.operands.at(-1)!)] };
  return { type: "call", name: "percent", arguments: [node] };
}

/** The right side of `P(A|B) = 0.3`, whose left side cannot be read. */
function lastValue(text: string): Quantity[] {
  const cut = Math.max(text.lastIndexOf("="), text.lastIndexOf("\\approx"));
  if (cut <= 0 || /[<>!]$/.test(text.slice(0, cut)) || /[,;]/.test(text.slice(cut))) return [];
  return [quantity(text.slice(cut).replace(/^(?:=|\\approx)\s*/, ""))];
}

function styles(text: string): { thousands: boolean; decimalComma: boolean }[] {
  const all = [{ thousands: true, decimalComma: false }];
  if (/\d[,.]\d{3}/.test(text) && text.includes(",")) all.push({ thousands: false, decimalComma: false });
  if (/^-?\d+,(?:\d{2}|\d{4,})$/.test(text)) all.push({ thousands: false, decimalComma: true });
  return all;
}

/** Without presentation; several boxes become a list of what they hold. */
function tidy(text: string): string {
  const thought = /<\/(?:think|thinking|reasoning)>/g;
  let end = 0;
  for (const match of text.matchAll(thought)) end = match.index + match[0].length;
  const shown = text.slice(end);
  const found = boxes(shown).filter((box) => box.closed);
  if (found.length > 0)
    return unwrap(found.map((box) => unwrap(box.body) + percentAfter(shown, box.end)).join(", "));
  return unwrap(shown);
}

/** Words beyond those of an answer with a unit: then the answer has to be found in it first. */
function isProse(text: string): boolean {
  const words = text.replace(/\\[a-zA-Z]+|\$[^$]*\$/g, " ").match(/\p{L}{2,}/gu) ?? [];
  return words.length >= 2 || /[\u3040-\u30ff\u3400-\u9fff]/.test(text) || /\S\s*=|:\s/.test(text);
}

/** Words that say more or less than one value. */
function isRange(text: string): boolean {
  return /\b(?:between|either|or|at (?:least|most)|(?:more|less|fewer|greater) than)\b/i.test(text);
}

function isLetters(text: string): boolean {
  return /^[a-zA-Z]{2,}$/.test(text) && !isName(text);
}

/** Signs that plain text would lose although they mean something. */
function hasSigns(text: string): boolean {
  return /[<>=^()[\]|$€£¥₹¢&_]|[\d)]!|\\(?!text|mathrm|mbox|[%,;! ])/.test(text);
}

function hasFormula(text: string): boolean {
  return /\\[a-zA-Z]|[\^_=<>]/.test(text);
}
