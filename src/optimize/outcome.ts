import type { CotError } from "../errors.ts";
import { rightness } from "./curve.ts";
import type { Optimized } from "./optimize.ts";
import { pairedTest, type Test } from "./paired-test.ts";
import { describeSetting, factorsOf, policyOf } from "./policy-space.ts";
import { rewardsOf } from "./proposals/proposer.ts";
import type { Rollout } from "./rollouts.ts";
import type { Optimization } from "./run-types.ts";
import { initialSetting, isInitial, type Setting } from "./search/space.ts";
import { addPoint, type Run } from "./state.ts";

/** What a run came to, that went to its end. */
export function concluded(run: Run, optimized: Optimized): Optimization {
  const { test, tested } = optimized;
  if (test) addPoint(run, "test");
  const gold = tested && goldTest(run, tested);
  const misled = gold && isLabelFree(run.rollouts) && gold.gain < 0 && optimized.verdict !== "kept-initial";
  const { verdict, reason, claim, setting } = misled
    ? {
        verdict: "kept-initial" as const,
        reason: "it earned more reward, but fewer right answers",
        claim: 0,
        setting: initialSetting(factorsOf(run.space)),
      }
    : optimized;
  return {
    verdict,
    reason,
    claim,
    ...summary(run, setting, { verdict, claim, ...(test && { test }), ...(gold && { gold }) }),
    ...(test && { test }),
    ...(gold && { gold }),
  };
}

/** What was found before a budget ran out, or somebody stopped the run; untested, and said to be. */
export function stopped(run: Run, error: CotError): Optimization {
  const interrupted = error.code !== "budget";
  const setting = interrupted ? run.best : initialSetting(factorsOf(run.space));
  return {
    verdict: "kept-initial",
    reason: interrupted
      ? "interrupted before the test: the best so far is written, and the same command goes on from here"
      : "the budget was used up before the test",
    claim: 0,
    ...summary(run, setting, { verdict: interrupted ? "interrupted" : "kept-initial", claim: 0 }),
    stoppedBy: error,
  };
}

type Summary = Omit<Optimization, "verdict" | "reason" | "claim" | "test" | "gold">;

function summary(
  run: Run,
  setting: Setting,
  outcome: { verdict: string; claim: number; test?: Test; gold?: Test },
): Summary {
  const { space, options, model, rollouts } = run;
  const policy = policyOf(space, setting);
  const provenance = {
    made_by: "cot optimize",
    model: model.id,
    endpoint: model.endpoint,
    reward: run.reward,
    seed: options.seed ?? 0,
    setting: describeSetting(space, setting),
    ...outcome,
  };
  return {
    policy: { ...(isInitial(setting) ? options.initial : policy), provenance },
    initial: options.initial,
    setting: describeSetting(space, setting),
    headroom: run.headroom,
    rollouts: rollouts.length,
    requests: rollouts.reduce((sum, { result }) => sum + result.samples.length, 0),
    planned: run.planned,
    curve: run.curve,
    feedback: worstFeedback(rollouts),
    candidates: run.candidates.map((candidate) => {
      const rewards = rewardsOf(rollouts, candidate.level);
      const total = rewards.reduce((sum, reward) => sum + reward, 0);
      return {
        ...candidate,
        rollouts: rewards.length,
        reward: rewards.length === 0 ? null : total / rewards.length,
      };
    }),
  };
}

/** Remarks that are kept. */
const mostFeedback = 10;

/** Each remark once. */
function worstFeedback(rollouts: readonly Rollout[]): Optimization["feedback"] {
  const remarks = new Map<string, Optimization["feedback"][number]>();
  for (const { question, reward, feedback } of rollouts) {
    const before = feedback === undefined ? undefined : remarks.get(feedback);
    if (feedback === undefined || (before && (before.reward ?? Infinity) <= (reward ?? Infinity))) continue;
    remarks.set(feedback, { question: question.question, reward, feedback });
  }
  return [...remarks.values()]
    .sort((a, b) => (a.reward ?? Infinity) - (b.reward ?? Infinity))
    .slice(0, mostFeedback);
}

/** The reward needs no right answer: a model's errors can agree with each other. */
function isLabelFree(rollouts: readonly Rollout[]): boolean {
  const names = new Set(rollouts.flatMap(({ parts }) => Object.keys(parts)));
  return !names.has("accuracy") && (names.has("agreement") || names.has("steps"));
}

/** Right answers on the test questions, where the reward is something else and golds are there. */
function goldTest({ rollouts, reward }: Run, tested: Setting): Test | undefined {
  if (reward.trim() === "accuracy") return undefined;
  const key = tested.join();
  const byQuestion = new Map<string, [Rollout[], Rollout[]]>();
  for (const rollout of rollouts) {
    if (rollout.phase !== "test") continue;
    const pair = byQuestion.get(rollout.question.id) ?? [[], []];
    pair[rollout.setting.join() === key ? 1 : 0].push(rollout);
    byQuestion.set(rollout.question.id, pair);
  }
  const pairs = [...byQuestion.values()]
    .map(([a, b]) => [rightness(a), rightness(b)] as const)
    .filter(([a, b]) => a.length > 0 && b.length > 0);
  return pairs.length === 0 ? undefined : pairedTest(pairs);
}
