import type { Model } from "../models/model.ts";
import { policyPrompt, type Policy } from "../prompts/policy.ts";
import { puttingWith } from "../prompts/prompt.ts";
import type { Question } from "../questions/question.ts";
import { ask } from "../reasoning/ask.ts";
import type { AskOptions } from "../reasoning/options.ts";
import type { Result } from "../reasoning/result.ts";
import type { Judge } from "../rewards/reward.ts";
import { inParallel, type Pace } from "./in-parallel.ts";
import { judgeAll } from "./judge-all.ts";
import type { PlayAll } from "./search/play.ts";
import type { Setting } from "./search/space.ts";

/** One question asked under one setting, and what that earned. */
export interface Rollout {
  phase: Phase;
  setting: Setting;
  question: Question;
  result: Result;
  /** Null where the reward could not judge. */
  reward: number | null;
  /** Each part of the reward, unweighted. */
  parts: Record<string, number | null>;
  feedback?: string;
}

export type Phase = "search" | "test";

export interface PlayerOptions extends Pace {
  model: Model;
  judge: Judge;
  policyOf: (setting: Setting) => Policy;
  /** What is sent whatever the policy: `set`, `seed`, `maxTokens`; and the system message. */
  base: Pick<AskOptions, "set" | "seed" | "maxTokens">;
  system?: string;
  /** Every rollout, in the order in which they were asked for. */
  onRollout: (rollout: Rollout) => void;
  /** One more is answered, in whatever order. */
  onAnswer?: () => void;
}

/** Plays rollouts on the questions of one part of the data. */
export type Player = (phase: Phase, questions: readonly Question[]) => PlayAll;

/**
 * Rollouts by a model. Each repetition of a policy on a question has sample indices of its own, given out in the order
 * of the plays, so that the same search asks for the same completions again, whatever the order of the replies.
 */
export function createPlayer(options: PlayerOptions): Player {
  const nextSample = new Map<string, number>();
  const take = (policy: Policy, question: Question): number => {
    const { samples = 1, ...sampling } = policy.sampling;
    const key = JSON.stringify([{ ...policy, sampling }, question.id]);
    const first = nextSample.get(key) ?? 0;
    nextSample.set(key, first + samples);
    return first;
  };
  return (phase, questions) => async (plays) => {
    const asked = plays.map(({ setting, question }) => {
      const policy = options.policyOf(setting);
      return { policy, question: questions[question]!, first: take(policy, questions[question]!) };
    });
    const results = await inParallel(asked, options, async ({ policy, question, first }, signal) => {
      const result = await ask(question, optionsFor(policy, options), from(first, options.model), { signal });
      options.onAnswer?.();
      return result;
    });
    return judgeAll(phase, plays, results, options);
  };
}

/** How a policy asks: what `--policy` would send. */
export function optionsFor(
  policy: Policy,
  { base, system }: Pick<PlayerOptions, "base" | "system">,
): AskOptions {
  const { temperature, samples, effort, max_tokens: maxTokens } = policy.sampling;
  return {
    ...base,
    ...puttingWith(policyPrompt(policy, policy.strategy), system),
    strategy: policy.strategy,
    prompt: policy.strategy,
    check: true,
    ...(samples === undefined ? {} : { samples }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(effort === undefined ? {} : { effort }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
  };
}

/** The model, its sample indices counted from `first` on. */
function from(first: number, model: Model): Model {
  if (first === 0) return model;
  return {
    id: model.id,
    endpoint: model.endpoint,
    generate: (request, signal) =>
      model.generate(
        {
          ...request,
          firstSample: request.firstSample + first,
          ...(request.seed === undefined ? {} : { seed: request.seed + first }),
        },
        signal,
      ),
  };
}
