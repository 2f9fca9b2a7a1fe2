import { readChoice } from "./choices.ts";
import { sameMath } from "./compare.ts";
import type { Expression } from "./expression.ts";
import { extractAnswer } from "./extract.ts";
import { sameLiteral } from "./literals.ts";
import { plainLatex, plainSigns } from "./notation.ts";
import { parseMath } from "./parse.ts";
import { digitsForWords, plainText } from "./plaintext.ts";
import type { Quantity } from "./units.ts";
import { quantity, unitsAgree } from "./units.ts";
import { boxes, unwrap } from "./unwrap.ts";

export type Verdict = "equal" | "different" | "unknown";

/** Longer answers are compared as strings only. */
const maximumLength = 20_000;

/**
 * Whether an answer says the same as the gold. Both may stand with or without `$…$` and `\boxed{}`. Never throws;
 * answers within 200 ms for a million characters.
 *
 * A unit or a currency on one side only is no difference. `50%` is 0.5 and not 50. A decimal equals what it rounds if
 * it has six digits, or three in a gold beside an exact answer.
 */
export function gradeAnswer(answer: string, gold: string): Verdict {
  if (answer.trim() === gold.trim()) return gold.trim() === "" ? "unknown" : "equal";
  if (answer.length > maximumLength || gold.length > maximumLength) return "unknown";
  const [mine, theirs] = [tidy(answer), tidy(gold)];
  if (mine === theirs) return "equal";
  if (mine === "") return "different";
  if (theirs === "") return "unknown";
  const direct = judge(mine, theirs);
  if (direct === "equal" || !isProse(mine)) return direct;
  const stated = extractAnswer(answer)?.answer;
  if (stated === undefined || stated === answer || stated.length >= answer.trim().length) return direct;
  return judge(tidy(stated), theirs);
}

function judge(answer: string, gold: string): Verdict {
  const literal = sameLiteral(answer, gold);
  if (literal !== undefined) return literal ? "equal" : "different";
  const choice = judgeChoice(answer, gold);
  if (choice) return choice;
  const [mine, theirs] = [plainText(answer), plainText(gold)];
  if (mine !== "" && mine === theirs && !/[<>=^()[\]|]/.test(answer + gold)) return "equal";
  const left = readings(answer);
  const right = readings(gold);
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

function judgeChoice(answer: string, gold: string): Verdict | undefined {
  const theirs = readChoice(gold);
  if (!theirs) return undefined;
  const mine = readChoice(answer);
  if (mine) {
    if (mine.letter !== theirs.letter) return "different";
    const bothSay = mine.text !== "" && theirs.text !== "";
    return bothSay && plainText(mine.text) !== plainText(theirs.text) ? undefined : "equal";
  }
  return theirs.text !== "" && plainText(answer) === plainText(theirs.text) ? "equal" : undefined;
}

/** One way of reading an answer as mathematics. */
interface Reading {
  expression: Expression;
  unit?: string;
}

function readings(text: string): Reading[] {
  const found: Reading[] = [];
  const plain = plainLatex(plainSigns(text)).replace(/\s+/g, " ").trim();
  for (const { core, unit, percent } of quantities(plain)) {
    const source = digitsForWords(core) ?? core;
    for (const style of styles(source)) {
      const parsed = parseMath(source, style);
      if (!parsed || parsed.type === "words") continue;
      const expression: Expression = percent
        ? { type: "call", name: "percent", arguments: [parsed] }
        : parsed;
      found.push(unit === undefined ? { expression } : { expression, unit });
    }
  }
  return found;
}

function quantities(text: string): Quantity[] {
  const whole = quantity(text);
  // `A = 5 cm`, and `P(A|B) = 0.3`, whose left side is not read
  const cut = Math.max(text.lastIndexOf("="), text.lastIndexOf("\\approx"));
  const valued = cut > 0 && !/[<>!]$/.test(text.slice(0, cut)) && !/[,;]/.test(text.slice(cut));
  if (!valued) return [whole];
  const right = quantity(text.slice(cut).replace(/^(?:=|\\approx)\s*/, ""));
  const leftReads = parseMath(text.slice(0, cut), { thousands: true, decimalComma: false });
  return leftReads && right.unit === undefined && !right.percent ? [whole] : [right];
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
  if (found.length > 0) return unwrap(found.map((box) => unwrap(box.body)).join(", "));
  return unwrap(shown);
}

/** Words beyond those of an answer with a unit: then the answer has to be found in it first. */
function isProse(text: string): boolean {
  const words = text.replace(/\\[a-zA-Z]+|\$[^$]*\$/g, " ").match(/\p{L}{2,}/gu) ?? [];
  return words.length >= 2 || /[\u3040-\u30ff\u3400-\u9fff]/.test(text) || /\S\s*=|:\s/.test(text);
}

function hasFormula(text: string): boolean {
  return /\\[a-zA-Z]|[\^_=<>]/.test(text);
}
