import type { Question } from "../questions/question.ts";
import type { Sample } from "../reasoning/result.ts";

/**
 * What a sample is worth.
 * @param group the question's samples, this one among them
 * @returns a number, more is better; null where it cannot judge, which is not zero
 */
export type Reward = (sample: Sample, question: Question, group: readonly Sample[]) => number | null;

/** A reward of one or several parts, as `--reward` names it. */
export type Judge = (
  sample: Sample,
  question: Question,
  group: readonly Sample[],
  signal?: AbortSignal,
) => Promise<Judgement>;

export interface Judgement {
  /** What the parts that could judge come to together; null where none could. */
  reward: number | null;
  /** Each part unweighted, by name. */
  parts: Record<string, number | null>;
  /** What a command says about the sample, in words. */
  feedback?: string;
}
