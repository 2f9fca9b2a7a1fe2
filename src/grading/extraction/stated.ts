import type { Options } from "../forms/choices.ts";
import { readChoice } from "../forms/choices.ts";
import type { Expectation } from "./expectation.ts";
import { plainText } from "../forms/text.ts";
import { boxes, unwrap } from "../forms/unwrap.ts";

const fillers =
  /^(?:(?:that|therefore|thus|then|simply|just|indeed|actually|clearly|probably|likely|most likely|definitely|approximately|about|roughly|around|equal to|given by|as follows|option|choice|letter|answer|is|the number|the letter|:|=|—|–|-(?=\s)|>)\s*,?\s*)+/i;
const nothing =
  /^(?:not|unknown|unclear|undefined|consistent|correct|right|wrong|incorrect|reasonable|confirmed|verified|obvious|clear|the same|provided|given|as above|below|above|n\/a|none of|your|indeterminate|cannot|can't|in the|to be|impossible to|there|we|it|this|i)\b/i;
const template =
  /^[\s._?…<>*[\]{}()"'$\\-]*$|^<[^<>]*>$|^\[[a-z ]*(?:answer|letter|number|value)[a-z ]*\]$|^_{2,}|^(?:your|the|final|insert|put|write)(?: \w+){0,3} (?:answer|here)\.?$|^\.{3}/i;

/** An answer that only holds the place of one: empty, `___`, `<your answer>`. */
export function isTemplate(text: string): boolean {
  return template.test(text.trim()) && !/^[-.]?\d/.test(text.trim());
}

const placeholder =
  /(?:answer["'*]*\s*(?:is|:|=)\s*["'*]*(?:_{2,}|\.{3}|…|\[[^\]]*answer[^\]]*\]|<[^<>]*>|null\b|""?\s*[,}]|$)|<answer>\s*(?:<|your|\.{3}|_))/i;

/** Whether a text gives a placeholder where its answer should stand: then no number in it is one by luck. */
export function hasPlaceholder(text: string): boolean {
  return placeholder.test(text);
}

const number = String.raw`[-−+]?(?:\\?[$€£¥₹]\s*)?[-−]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+(?![\w.]))?(?:\s*/\s*\d+(?:\.\d+)?(?![\d/]))?(?:\s*\\?%)?`;
const leadingNumber = new RegExp(String.raw`^(${number})(?![\w^])((?:\s*[a-zA-Z°²³/^]+\.?){0,3})?`);

/** The value that a statement opens with: what stands right after "the answer is". */
export function statedValue(rest: string, expected: Expectation): string | undefined {
  let text = rest.slice(0, 1500).replace(/^[\s*_"“:：]*(?=\n)/, "");
  text = text
    .replace(/<\/?(?:final_)?answer>/gi, " ")
    .replace(/^[\s:：]+/, "")
    .replace(/^(?:\*{1,3}|_{1,2})(?=\s)/, "")
    .trimStart()
    .replace(fillers, "")
    .trimStart();
  if (text === "") return undefined;
  const span = mathSpan(text) ?? marked(text);
  if (expected.kind === "choice")
    return choiceIn(span ?? text, expected.options) ?? (span && choiceIn(text, expected.options));
  if (expected.kind === "yes-no") return yesNoIn(text);
  if (span !== undefined) return isTemplate(span) ? undefined : span;
  if (nothing.test(text) && !/^(?:i|it|we)\b[^a-z]/i.test(text.slice(0, 3))) {
    const sentence = firstSentence(text);
    return expected.kind === "number" || /^(?:there|we|it|this|i)\b/i.test(text)
      ? lastNumber(sentence)
      : undefined;
  }
  const lead = leadingNumber.exec(text);
  if (lead) return numberWithUnit(lead, text, expected);
  const sentence = clause(firstSentence(text));
  if (isTemplate(sentence)) return undefined;
  if (expected.kind === "number")
    return lastNumber(firstSentence(text)) ?? (wordCount(sentence) <= 6 ? sentence : undefined);
  if (wordCount(sentence) <= 14) return sentence;
  return lastNumber(sentence);
}

function numberWithUnit(lead: RegExpExecArray, text: string, expected: Expectation): string {
  // "18 cookies, all told"
  const sentence = clause(firstSentence(text)).replace(/^([-\d.,$€£]*\d[^,]*),\s+[a-z]{2,}.*$/s, "$1");
  const chain = /=\s*([^=]+)$/.exec(sentence);
  if (chain && /^[-\d\s+*/().×÷x$,%=]+$/.test(sentence.slice(0, chain.index + 1))) return unwrap(chain[1]!);
  // "3 hours and 20 minutes" is one answer
  if (/^[^.\n]{0,30}?[a-z]\s+and\s+\d[\d.]*\s+[a-z]+$/i.test(sentence)) return sentence;
  if (expected.kind === "number") {
    const unit = (lead[2] ?? "").trim();
    return lead[1]!.trim() + (/^(?:percent|dollars?|cents?)\b/i.exec(unit)?.[0].replace(/^/, " ") ?? "");
  }
  const whole = sentence.trim();
  return wordCount(whole) <= 5 || /^[\d\s.,;:()[\]{}+\-*/^=√π\\a-z]+$/i.test(whole) ? whole : lead[0].trim();
}

function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => word !== "").length;
}

/** `$…$`, `\(…\)`, `\[…\]`, `\boxed{…}` at the start; a lone `$` is money. */
function mathSpan(text: string): string | undefined {
  if (/^(?:\$\$?|\\\(|\\\[|\*\*)?\s*(?:[^$\n]{0,80}?=\s*)?\\{1,2}boxed/.test(text)) {
    const box = boxes(text.slice(0, 1500))[0];
    if (box?.closed) return unwrap(box.body);
  }
  const match =
    /^\$\$([\s\S]{1,600}?)\$\$/.exec(text) ??
    /^\\\(([\s\S]{1,600}?)\\\)/.exec(text) ??
    /^\\\[([\s\S]{1,600}?)\\\]/.exec(text) ??
    /^\$((?!\d[\d,.]*\s+[a-zA-Z]{2})(?:[^$\\\n]|\\.){1,400}?)\$(?!\d)/.exec(text);
  if (!match) return undefined;
  return joined(unwrap(match[1]!), text.slice(match[0].length));
}

/** `$5$ and $7$`, `$10$ meters`: what belongs to the span that it follows. */
function joined(first: string, after: string): string {
  const more = /^\s*(?:,\s*(?:and|or)?|and|or)\s+\$([^$\n]{1,200})\$/.exec(after);
  if (more) return joined(`${first}, ${unwrap(more[1]!)}`, after.slice(more[0].length));
  const percent = /^\s*(?:\\?%|percent\b)/.exec(after);
  if (percent) return `${first}%`;
  const unit = /^\s*((?:square |cubic )?[a-zA-Z]+(?:\^?[23])?)\s*[.,]?\s*$/.exec(after.split("\n")[0]!);
  return unit && /^[-\d.,]+$/.test(first) ? `${first} ${unit[1]!}` : first;
}

/** `**…**`, quoted text and code at the start. */
function marked(text: string): string | undefined {
  const match =
    /^\*\*([^*\n]{1,300})\*\*/.exec(text) ??
    /^__([^_\n]{1,300})__/.exec(text) ??
    /^`([^`\n]{1,300})`/.exec(text) ??
    /^["“]([^"”\n]{1,300})["”]/.exec(text);
  if (!match) return undefined;
  return unwrap(match[1]!.replace(/[.,:]$/, ""));
}

/** Up to the end of the sentence or the line. */
export function firstSentence(text: string): string {
  const line = text.split("\n")[0]!;
  const end =
    /(?<![A-Z\d]|\b(?:p|a|Mr|Mrs|Dr|Rs|approx))[.!?。](?=\s|$)|(?<=\d)\.(?=\s|$)|[.!?](?=\s+[A-Z])|。/.exec(
      line,
    );
  return (end ? line.slice(0, end.index) : line).trim();
}

/** Without what explains it: ", so …", ", which …", " because …". */
function clause(sentence: string): string {
  return sentence
    .replace(
      /[,;]?\s+(?:so|which|because|since|as|in total|altogether|where|meaning|for|but|making|while|when)\b.*$/s,
      "",
    )
    .replace(/,\s+(?!(?:and|or)\b)[a-z]{2,}(?:\s+[a-z]{2,}){2,}.*$/s, "")
    .replace(/\s*\((?:[^()]*\s){2,}[^()]*\)$/, "")
    .replace(/[,;:*_\s]+$/, "")
    .trim();
}

const numbers = new RegExp(String.raw`(?<![\w.^])(${number})(?![\w]*_)`, "g");

/** The last number of a text, after the last `=` where there is one. */
export function lastNumber(text: string): string | undefined {
  const all = [...text.slice(-4000).matchAll(numbers)];
  return all.at(-1)?.[1]?.trim();
}

function yesNoIn(text: string): string | undefined {
  const match = /^[\s*_"'“`(]*(yes|no|true|false)\b/i.exec(text);
  if (!match) return undefined;
  // "no longer", "no more than"
  return /^no\s+(?:longer|more|one|such|other|fewer|less)\b/i.test(text.trim()) ? "No" : match[1];
}

/** The letter of the choice that a text opens with, or whose text it is. */
export function choiceIn(text: string, options: Options): string | undefined {
  const plain = unwrap(text.replace(/^[\s*_"“`$:]+/, "")).trim();
  const whole = readChoice(plain.split("\n")[0]!.trim());
  const last = options.letters.at(-1)!;
  if (whole && options.letters.includes(whole.letter))
    return [whole.letter, ...alternatives(` ${whole.text}`, last)].join(", ");
  const lead =
    new RegExp(String.raw`^\(([A-${last}])\)`).exec(plain) ??
    new RegExp(String.raw`^\\(?:text|textbf|mathbf|mathrm)\s*\{\s*\(?([A-${last}])\)?\s*\}`).exec(plain) ??
    new RegExp(String.raw`^\\boxed\s*\{\s*(?:\\text\s*\{)?\s*\(?([A-${last}])\)?`).exec(plain) ??
    new RegExp(
      String.raw`^["“'*(\[]*([A-${last}])(?=$|[\s*)\].,:;"”'\\$<-])(?!\s+(?:is|are|was|has|and\s+(?!\(?[A-Z]\b)|car|man|person|few|lot|small|large)\b)`,
    ).exec(plain);
  if (lead) return [lead[1]!, ...alternatives(plain.slice(lead[0].length), last)].join(", ");
  const small = /^\(?([a-z])\)?[.!]?$/.exec(plain)?.[1]?.toUpperCase();
  return small !== undefined && options.letters.includes(small) ? small : optionWithText(plain, options);
}

/** The further letters of "A or B", "A, B and D": who names several has not chosen. */
function alternatives(rest: string, last: string): string[] {
  const next = new RegExp(
    String.raw`^[\s)*\]"'}]*(?:,|/|\bor\b|\band\b|,\s*(?:or|and)\b)\s*["'*(]*([A-${last}])(?=$|[\s*)\].,:;"'])(?!\s+[a-z]{2,}(?<!\s(?:or|and)))`,
  ).exec(rest);
  return next ? [next[1]!, ...alternatives(rest.slice(next[0].length), last)] : [];
}

/** The one option whose text a statement gives. */
function optionWithText(text: string, options: Options): string | undefined {
  const said = plainText(firstSentence(text).slice(0, 300));
  if (said === "") return undefined;
  const texts = options.texts.map((option) => plainText(option));
  const exact = texts.flatMap((option, place) => (option !== "" && option === said ? [place] : []));
  if (exact.length === 1) return options.letters[exact[0]!];
  const opening = texts.flatMap((option, place) =>
    option.length > 1 && said.startsWith(`${option} `) ? [place] : [],
  );
  return opening.length === 1 ? options.letters[opening[0]!] : undefined;
}
