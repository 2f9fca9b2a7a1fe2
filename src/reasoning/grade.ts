import { gradeAnswer, type Verdict } from "../grading/equal.ts";
import type { JsonValue } from "./result.ts";
import { parseReply } from "./schema.ts";
import { sameAnswer } from "./vote.ts";

/**
 * Whether an answer says the same as the gold: text as the grader sees it, other JSON values by value.
 * @param question tells what a percent sign means, where it is known
 */
export function gradeValue(answer: JsonValue, gold: string, question?: string): Verdict {
  const options = question === undefined ? {} : { question };
  if (typeof answer === "string") return gradeAnswer(answer, gold, options);
  const value = parseReply(gold);
  if (value !== undefined && typeof answer === "object")
    return sameAnswer(answer, value) ? "equal" : "different";
  return gradeAnswer(JSON.stringify(answer), gold, options);
}

/** Whether a gold says anything that an answer could be held against. */
export function isReadableGold(gold: string): boolean {
  return /[\p{L}\p{N}\p{S}∅∞]/u.test(gold.replaceAll("$", ""));
}
