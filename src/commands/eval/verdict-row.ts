import type { GradedQuestion } from "../../eval/graded.ts";
import type { Verdict } from "../../grading/equal.ts";
import type { JsonValue } from "../../reasoning/result.ts";

/** A line of `-o`: what was answered, and whether it is right. */
export interface VerdictRow {
  id: string;
  answer: JsonValue;
  gold: string | null;
  verdict: Verdict;
}

export function verdictRow({ question, answer, verdict }: GradedQuestion): VerdictRow {
  return { id: question.id, answer: answer ?? null, gold: question.gold ?? null, verdict };
}
