import { sameAnswer } from "../reasoning/vote.ts";
import type { Reward } from "./reward.ts";

/**
 * The share of the question's other samples that give an equal answer: a reward without golds (self-consistency, as
 * in Zuo et al. 2025, arXiv:2504.16084). 0 without an answer; null where there is no other sample.
 */
export const agreement: Reward = (sample, _question, group) => {
  const others = group.filter((other) => other !== sample);
  const { answer } = sample;
  if (others.length === 0) return null;
  if (answer === undefined) return 0;
  const equal = others.filter((other) => other.answer !== undefined && sameAnswer(answer, other.answer));
  return equal.length / others.length;
};
