import type { Demonstration } from "../../prompts/prompt.ts";
import { fullText } from "../../reasoning/sample.ts";
import type { Rollout } from "../rollouts.ts";

export interface Bootstrapped {
  /** Sets to try, each a level. */
  sets: Demonstration[][];
  /** The questions shown: searching on them would measure copying. */
  questions: Set<string>;
}

const setSizes = [2, 4];
const longestTrace = 2000;

/**
 * Demonstrations from the model's own traces (as in STaR and DSPy's bootstrapping): only those that are verified, show
 * their reasoning and hold no wrong step, a question each, the shortest first.
 * @param verified whether a rollout's answer is to be trusted
 */
export function bootstrapDemonstrations(
  rollouts: readonly Rollout[],
  verified: (rollout: Rollout) => boolean,
): Bootstrapped {
  const byQuestion = new Map<string, Demonstration>();
  for (const rollout of rollouts) {
    const { question, result } = rollout;
    const sample = result.samples[result.representative];
    if (!sample || sample.reasoning === null || question.context !== undefined || !verified(rollout))
      continue;
    if (sample.checks?.some(({ ok }) => !ok)) continue;
    const response = fullText(sample).trim();
    const asked = question.asked ?? question.question;
    const shorter = (byQuestion.get(asked)?.response.length ?? longestTrace) > response.length;
    if (shorter) byQuestion.set(asked, { question: asked, response });
  }
  const pool = [...byQuestion.values()].sort((a, b) => a.response.length - b.response.length);
  const sizes = setSizes.filter((size) => size <= pool.length);
  const chosen = pool.slice(0, sizes.at(-1) ?? 0);
  return {
    sets: sizes.map((size) => chosen.slice(0, size)),
    questions: new Set(chosen.map(({ question }) => question)),
  };
}
