import type { Options } from "../forms/choices.ts";
import { readOptions } from "../forms/choices.ts";

/** What kind of answer a question asks for. */
export type Expectation =
  { kind: "choice"; options: Options } | { kind: "yes-no" } | { kind: "number" } | { kind: "any" };

const auxiliaries =
  /^(?:is|are|am|was|were|do|does|did|can|could|will|would|should|has|have|had|may|might|must|shall)\b/i;
const howMany = /\bhow (?:many|much|old|far|long|tall|fast|high|deep|wide|big|large|heavy|often)\b/i;
const quantities =
  "number|total|sum|product|cost|price|value|average|percent|percentage|amount|area|volume|perimeter|length|remainder|difference|probability";
const whatQuantity = new RegExp(
  String.raw`\b(?:what|find|calculate|compute|determine) (?:is |are |was )?(?:the )?(?:[\w-]+ )?(?:${quantities})\b`,
  "i",
);

/** A word is looked for first: quicker than to compile the pattern. */
function asksNumber(question: string): boolean {
  const lower = question.toLowerCase();
  if (lower.includes("how ") && howMany.test(question)) return true;
  return quantities.split("|").some((word) => lower.includes(word)) && whatQuantity.test(question);
}

/** Told from the question's own words; "any" without one. */
export function expectation(question: string | undefined): Expectation {
  if (question === undefined) return { kind: "any" };
  const tail = question.slice(-20_000);
  const options = readOptions(tail);
  if (options) return { kind: "choice", options };
  if (
    /\b(?:yes\s*(?:or|\/|\|)\s*no|true\s*(?:or|\/)\s*false)\b|\n[ \t]{0,9}-[ \t]*yes[ \t]*\n[ \t]{0,9}-[ \t]*no\b/i.test(
      tail,
    )
  )
    return { kind: "yes-no" };
  if (asksNumber(tail)) return { kind: "number" };
  const sentences = tail.split(/(?<=[.?!])\s+/).filter((sentence) => sentence.endsWith("?"));
  const last = (sentences.at(-1) ?? "").replace(/^.*,\s*(?=\w)/s, (lead) =>
    auxiliaries.test(lead) ? lead : "",
  );
  if (auxiliaries.test(last.trim()) && !/\bor\b/.test(last)) return { kind: "yes-no" };
  return { kind: "any" };
}

/** Whether a question asks for its answer in percent. */
export function asksPercent(question: string): boolean {
  return /\b(?:what|which|find|calculate|determine|give|express|as|in|by how many|how many)\b[^.?\n]{0,40}\bpercent(?:age)?\b/i.test(
    question.slice(-2000),
  );
}
