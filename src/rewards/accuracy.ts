import { gradeAnswer } from "../grading/equal.ts";
import type { Reward } from "./reward.ts";

/**
 * 1 where the answer equals the gold, else 0; null without a gold. An answer that cannot be read scores 0: if it were
 * null, gibberish would pay.
 */
export const accuracy: Reward = ({ answer }, { gold }) => {
  if (gold === undefined) return null;
  if (answer === undefined) return 0;
  return gradeAnswer(typeof answer === "string" ? answer : JSON.stringify(answer), gold) === "equal" ? 1 : 0;
};
