import { createStop, type Stop } from "../batch/stop.ts";
import { CotError } from "../errors.ts";
import type { Model } from "../models/model.ts";
import type { Question } from "../questions/question.ts";
import { seededRandom } from "../random.ts";
import { lastingJudge } from "../rewards/lasting.ts";
import { parseReward } from "../rewards/parse.ts";
import { phrasesOf } from "./proposals/instructions.ts";
import { optimizePolicy, type Optimized, type OptimizeEvent } from "./optimize.ts";
import { concluded, stopped } from "./outcome.ts";
import { repeated } from "./search/play.ts";
import { describeSetting, factorsOf, policyOf, requestsOf } from "./policy-space.ts";
import { prepare } from "./prepare.ts";
import { createProposer } from "./proposals/proposer.ts";
import { playsWithin } from "./planning/replan.ts";
import { highestReward, repetitionsOf } from "./reward-shape.ts";
import { createPlayer, type Phase } from "./rollouts.ts";
import type { Optimization, OptimizeRunOptions } from "./run-types.ts";
import { addPoint, startRun, type Run } from "./state.ts";
import { reflectionModel } from "./planning/stated-plan.ts";

export { planOptimization, type StatedPlan } from "./planning/stated-plan.ts";
export type { Optimization, OptimizeRunEvent, OptimizeRunOptions } from "./run-types.ts";

/**
 * Learns the prompt policy that earns the most reward on some questions, and proves that it does on others.
 * @param model with its budget and its journal around it; never asked for more than `requests`
 * @throws CotError `usage` for too few questions, golds that are missing, or a reward command that does nothing but fail;
 * endpoint errors that end the run
 */
export async function optimize(
  questions: AsyncIterable<Question> | Iterable<Question>,
  options: OptimizeRunOptions,
  model: Model,
): Promise<Optimization> {
  const run = await startRun(questions, options, model);
  const stop = createStop(options, () => undefined);
  try {
    return concluded(run, await search(run, stop));
  } catch (error) {
    if (error instanceof CotError && ["budget", "interrupted", "terminated"].includes(error.code)) {
      return stopped(run, error);
    }
    throw error;
  } finally {
    stop.dispose();
  }
}

async function search(run: Run, stop: Stop): Promise<Optimized> {
  const { options, model, reward, split } = run;
  const { onEvent } = options;
  const { judge, conclude } = lastingJudge(parseReward(reward), (error) =>
    onEvent?.({ type: "reward-failed", error }),
  );
  const player = createPlayer({
    model,
    judge,
    policyOf: (setting) => policyOf(run.space, setting),
    base: options.base ?? {},
    ...(options.system === undefined ? {} : { system: options.system }),
    concurrency: options.concurrency ?? (() => 16),
    stop,
    onRollout(rollout) {
      run.rollouts.push(rollout);
      const { setting } = rollout;
      const policy = policyOf(run.space, setting);
      onEvent?.({ type: "rollout", rollout, setting: describeSetting(run.space, setting), policy });
    },
    onAnswer: () => onEvent?.({ type: "answer" }),
  });
  const highest = highestReward(reward);
  const times = repetitionsOf(reward);
  const play = (phase: Phase) => repeated(player(phase, split[phase]), times);
  const optimized = await optimizePolicy(play("search"), play("test"), {
    factors: factorsOf(run.space),
    plan: run.planned.plan,
    costOf: (setting) => times * requestsOf(run.space, setting),
    searchQuestions: split.search.length,
    testQuestions: split.test.length,
    algorithm: options.algorithm ?? "auto",
    random: seededRandom(options.seed ?? 0),
    ...(highest === undefined ? {} : { highestReward: highest }),
    onEvent: (event) => follow(run, event),
    prepare: () => prepare(run),
    testable(settings) {
      const { caps = {}, base } = options;
      return Math.floor(playsWithin(settings, run.rollouts, run.reflections, caps, base?.maxTokens) / times);
    },
    ...proposing(run),
  });
  conclude();
  return optimized;
}

/** Keeps the curve and the best so far. */
function follow(run: Run, event: OptimizeEvent): void {
  if (event.type === "headroom-done") run.headroom = event.reward;
  if (event.type === "round-done") run.best = event.round.best;
  if (event.type === "chosen" && event.winner.gain > 0) run.best = event.winner.setting;
  const step = { "headroom-done": "headroom", "round-done": "search", "rung-done": "choose" } as const;
  if (event.type in step) addPoint(run, step[event.type as keyof typeof step]);
  run.options.onEvent?.(event);
}

function proposing(run: Run): { propose?: ReturnType<typeof createProposer> } {
  const { options, planned, split } = run;
  const model = reflectionModel(options.reflection, run.model);
  const algorithm = options.algorithm ?? "auto";
  if (!model || planned.plan.reflection === 0 || algorithm === "halving") return {};
  const propose = createProposer({
    model,
    reward: run.reward,
    reflections: planned.plan.reflection,
    budget: planned.plan.search,
    phrases: phrasesOf([...split.search, ...split.test]),
    rollouts: run.rollouts,
    space: () => run.space,
    add(candidate) {
      run.space = { ...run.space, instruction: [...run.space.instruction, candidate.text] };
      run.candidates.push(candidate);
      options.onEvent?.({ type: "proposal", candidate });
    },
    onReply: (taken) => run.reflections.push(taken),
    onRefused: (text, reason) => options.onEvent?.({ type: "proposal-refused", text, reason }),
    ...(options.base?.maxTokens !== undefined && { maxTokens: options.base.maxTokens }),
    ...(options.signal && { signal: options.signal }),
  });
  return { propose };
}
