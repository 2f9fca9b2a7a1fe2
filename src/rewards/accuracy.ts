import { gradeValue, isReadableGold } from "../reasoning/grade.ts";
import type { Reward } from "./reward.ts";

/**
 * 1 where the answer equals the gold, else 0; null without a gold, or with one that cannot be read. An answer that
 * cannot be read scores 0: if it were null, gibberish would pay.
 */
export const accuracy: Reward = ({ answer }, { gold, question }) => {
  if (gold === undefined || !isReadableGold(gold)) return null;
  if (answer === undefined) return 0;
  return gradeValue(answer, gold, question) === "equal" ? 1 : 0;
};
