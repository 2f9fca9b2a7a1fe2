import PQueue from "p-queue";
import type { Stop } from "../batch/stop.ts";
import { CotError } from "../errors.ts";
import type { Model } from "../models/model.ts";
import { stopsRun } from "../models/unavailable.ts";
import { policyPrompt, type Policy } from "../prompts/policy.ts";
import { puttingWith } from "../prompts/prompt.ts";
import type { Question } from "../questions/question.ts";
import { ask } from "../reasoning/ask.ts";
import { stopsQuestion } from "../reasoning/failure.ts";
import type { AskOptions } from "../reasoning/options.ts";
import type { Failure, Result, Sample } from "../reasoning/result.ts";
import type { Judge } from "../rewards/reward.ts";
import type { Play, PlayAll } from "./search/play.ts";
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

export interface PlayerOptions {
  model: Model;
  judge: Judge;
  policyOf: (setting: Setting) => Policy;
  /** What is sent whatever the policy: `set`, `seed`, `maxTokens`; and the system message. */
  base: Pick<AskOptions, "set" | "seed" | "maxTokens">;
  system?: string;
  /** Rollouts in progress at once. */
  concurrency: () => number;
  /** What ends the run early: nothing more is asked, and what is in flight is waited for. */
  stop: Stop;
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

async function judgeAll(
  phase: Phase,
  plays: readonly Play[],
  results: readonly (Result | undefined)[],
  options: PlayerOptions,
): Promise<(number | null)[]> {
  const stopped = results.find((result) => result?.error && endsSearch(result.error))?.error;
  const answered = plays.flatMap(({ setting }, i) => {
    const result = results[i];
    return result === undefined || (result.error && endsSearch(result.error)) ? [] : [{ setting, result, i }];
  });
  const voices = new Map(answered.map(({ result }) => [result, voiceOf(result)] as const));
  const rewards: (number | null)[] = plays.map(() => null);
  const rollouts = await inParallel(answered, options, async ({ setting, result, i }, signal) => {
    const { question } = result;
    const group = answered.filter(({ result: other }) => other.question === question);
    const failed = result.error !== undefined && result.error.retryable;
    const judgement = failed
      ? { reward: null, parts: {} }
      : await options.judge(
          voices.get(result)!,
          question,
          group.map(({ result: other }) => voices.get(other)!),
          signal,
        );
    rewards[i] = judgement.reward;
    return { phase, setting, question, result, ...judgement };
  });
  for (const rollout of rollouts) if (rollout !== undefined) options.onRollout(rollout);
  if (stopped) throw asError(stopped);
  if (options.stop.reason) throw options.stop.reason;
  if (answered.length > 0 && answered.every(({ result }) => result.error?.retryable)) {
    throw asError(answered[0]!.result.error!);
  }
  return rewards;
}

/** What a rollout says: its vote as one sample, with all that it took. */
function voiceOf(result: Result): Sample {
  const sample = result.samples[Math.max(0, result.representative)]!;
  const voice: Sample = { ...sample, usage: result.usage, cost: result.cost };
  if (result.answer === undefined) delete voice.answer;
  else voice.answer = result.answer;
  return voice;
}

function endsSearch(failure: Failure): boolean {
  return stopsQuestion(failure) || stopsRun(failure);
}

function asError({ code, message, hint, status }: Failure): CotError {
  return new CotError(code, message, {
    ...(hint === undefined ? {} : { hint }),
    ...(status === undefined ? {} : { status }),
  });
}

/** Results in the order of the items; after one that ends the search, the rest are undefined. */
async function inParallel<Item, Value>(
  items: readonly Item[],
  { concurrency, stop }: Pick<PlayerOptions, "concurrency" | "stop">,
  work: (item: Item, signal: AbortSignal) => Promise<Value>,
): Promise<(Value | undefined)[]> {
  const queue = new PQueue({ concurrency: Math.max(1, Math.floor(concurrency())) });
  let over = false;
  const doOne = async (item: Item): Promise<Value | undefined> => {
    if (over || stop.reason) return undefined;
    const controller = stop.begin();
    try {
      const value = await work(item, controller.signal);
      const { error } = value as { error?: Failure };
      if (error && endsSearch(error)) over = true;
      return value;
    } catch (error) {
      over = true;
      throw error;
    } finally {
      stop.end(controller);
    }
  };
  const settled = await Promise.allSettled(items.map((item) => queue.add(() => doOne(item))));
  return settled.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
}
