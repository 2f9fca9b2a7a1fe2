import { CotError } from "../errors.ts";
import type { Failure, Result, Sample } from "../reasoning/result.ts";
import type { Judge } from "../rewards/reward.ts";
import { endsSearch, inParallel, type Pace } from "./in-parallel.ts";
import type { Phase, Rollout } from "./rollouts.ts";
import type { Play } from "./search/play.ts";

interface JudgeOptions extends Pace {
  judge: Judge;
  onRollout: (rollout: Rollout) => void;
}

/**
 * What plays have earned, in their order; null where the reward could not judge, and where nothing was answered.
 * @throws CotError what ended the search, after everything that was answered has been handed on
 */
export async function judgeAll(
  phase: Phase,
  plays: readonly Play[],
  results: readonly (Result | undefined)[],
  options: JudgeOptions,
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

function asError({ code, message, hint, status }: Failure): CotError {
  return new CotError(code, message, {
    ...(hint === undefined ? {} : { hint }),
    ...(status === undefined ? {} : { status }),
  });
}
