import { createStop, type Stop } from "../batch/stop.ts";
import { CotError, usageError } from "../errors.ts";
import type { Caps } from "../models/middleware/budget.ts";
import type { Model } from "../models/model.ts";
import type { Policy } from "../prompts/policy.ts";
import type { Question } from "../questions/question.ts";
import { seededRandom } from "../random.ts";
import { needsGold, parseReward, rewards as namedRewards } from "../rewards/parse.ts";
import { curvePoint, rightness, type CurvePoint } from "./curve.ts";
import { bootstrapDemonstrations } from "./demonstrations.ts";
import { phrasesOf, type Candidate } from "./instructions.ts";
import {
  optimizePolicy,
  pairedTest,
  type Optimized,
  type OptimizeEvent,
  type Prepared,
  type Test,
} from "./optimize.ts";
import { repeated } from "./play.ts";
import { planBudget, powerTable, type Plan } from "./plan.ts";
import {
  describeSetting,
  factorsOf,
  policyOf,
  policySpace,
  requestsOf,
  type PolicySpace,
} from "./policy-space.ts";
import { createProposer, rewardsOf } from "./proposer.ts";
import { withinCaps } from "./replan.ts";
import { createPlayer, type Phase, type PlayerOptions, type Rollout } from "./rollouts.ts";
import type { Algorithm } from "./search.ts";
import { countSettings, initialSetting, type Setting } from "./space.ts";
import { splitQuestions, type Split } from "./split.ts";

export interface OptimizeRunOptions extends Partial<Pick<PlayerOptions, "base" | "system" | "concurrency">> {
  /** Where the search starts, and what it is measured against. */
  initial: Policy;
  /** As `--reward` names it; default `accuracy`. */
  reward?: string;
  /** Writes new instructions; default the model itself, except the built-in one; null for none. */
  reflection?: Model | null;
  algorithm?: Algorithm;
  /** Requests in all, at most; default 600. */
  requests?: number;
  /** Further caps, which the model's own budget enforces: the plan keeps to them. */
  caps?: Pick<Caps, "maxTokensTotal" | "maxCost">;
  /** Of the search; default 0. */
  seed?: number;
  onEvent?: (event: OptimizeRunEvent) => void;
  /** Aborted: ask nothing more, and wait up to ten seconds for what is in flight. */
  signal?: AbortSignal;
  /** Aborted: wait no longer. */
  secondSignal?: AbortSignal;
}

export type OptimizeRunEvent =
  | OptimizeEvent
  /** Before anything is sent; again where the caps turn out to allow less. */
  | ({ type: "plan" } & StatedPlan)
  | { type: "answer" }
  | { type: "rollout"; rollout: Rollout; setting: string; policy: Policy }
  | { type: "point"; point: CurvePoint }
  | { type: "proposal"; candidate: Candidate }
  | { type: "proposal-refused"; text: string; reason: string };

/** What will be spent, and what that can prove. */
export interface StatedPlan {
  plan: Plan;
  requests: number;
  /** Questions to search on, to test on, and left out for their unreadable golds. */
  search: number;
  test: number;
  dropped: number;
  /** Joint settings at the start. */
  settings: number;
  /** How likely true gains are to be proven. */
  power: { gain: number; power: number }[];
}

/** What a run came to. */
export interface Optimization extends Pick<Optimized, "verdict" | "reason" | "test"> {
  /** The winner, or the initial policy; with its provenance. */
  policy: Policy;
  initial: Policy;
  /** The winner's settings in words. */
  setting: string;
  /** The initial policy's mean reward in the headroom check; null where the run ended before. */
  headroom: number | null;
  /** What the winner earned in right answers on the test questions, where the reward is another. */
  gold?: Test;
  rollouts: number;
  /** Completions that were asked for, or were in the journal already. */
  requests: number;
  planned: StatedPlan;
  curve: CurvePoint[];
  /** Every instruction that was tried. */
  candidates: (Candidate & { rollouts: number; reward: number | null })[];
  /** What ended the run early. */
  stoppedBy?: CotError;
}

const defaultRequests = 600;
const proposals = 4;
const fewestQuestions = 8;
/** Requests of the headroom check where a cap on tokens or cost makes it the measure of the plan, at most. */
const cappedHeadroom = 30;

/**
 * Learns the prompt policy that earns the most reward on some questions, and proves that it does on others.
 * @param model with its budget and its journal around it; never asked for more than `requests`
 * @throws CotError `usage` for too few questions, or golds that are missing; endpoint errors that end the run
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

/**
 * The plan alone, for saying it before the start.
 * @throws CotError `usage`
 */
export async function planOptimization(
  questions: AsyncIterable<Question> | Iterable<Question>,
  options: OptimizeRunOptions,
  model: Pick<Model, "endpoint">,
): Promise<StatedPlan & { split: Split }> {
  const reward = options.reward ?? "accuracy";
  const split = await splitQuestions(questions);
  checkSplit(split, reward);
  return { ...statePlan(split, spaceOf(options, model), options, model), split };
}

interface Run {
  options: OptimizeRunOptions;
  model: Model;
  reward: string;
  split: Split;
  space: PolicySpace;
  planned: StatedPlan;
  rollouts: Rollout[];
  reflections: number;
  curve: CurvePoint[];
  candidates: Candidate[];
  headroom: number | null;
  /** What the search prefers at present. */
  best: Setting;
}

async function startRun(
  questions: AsyncIterable<Question> | Iterable<Question>,
  options: OptimizeRunOptions,
  model: Model,
): Promise<Run> {
  const { split, ...planned } = await planOptimization(questions, options, model);
  options.onEvent?.({ type: "plan", ...planned });
  const space = spaceOf(options, model);
  return {
    options,
    model,
    reward: options.reward ?? "accuracy",
    split,
    space,
    planned,
    rollouts: [],
    reflections: 0,
    curve: [],
    candidates: space.instruction.map((text, level) => ({
      level,
      text,
      source: level === 0 ? "initial" : "built-in",
      parents: [],
    })),
    headroom: null,
    best: initialSetting(factorsOf(space)),
  };
}

function spaceOf({ initial }: OptimizeRunOptions, { endpoint }: Pick<Model, "endpoint">): PolicySpace {
  return policySpace(initial, { builtin: endpoint === "builtin" });
}

function checkSplit({ search, test }: Split, reward: string): void {
  const missing = needsGold(reward) && [...search, ...test].find(({ gold }) => gold === undefined);
  if (missing) {
    throw usageError(
      `question ${missing.id} has no right answer to reward`,
      "put it into `answer` (or name its field with --answer-field), or reward without: --reward agreement, steps, or a command",
    );
  }
  if (search.length < fewestQuestions / 2 || test.length < fewestQuestions / 4) {
    throw usageError(
      `${String(search.length + test.length)} questions are too few to learn from some and test on others`,
      `give ${String(2 * fewestQuestions)} at least; a hundred or more prove smaller gains`,
    );
  }
}

function statePlan(
  split: Split,
  space: PolicySpace,
  { requests = defaultRequests, caps = {}, initial, ...options }: OptimizeRunOptions,
  model: Pick<Model, "endpoint">,
): StatedPlan {
  const factors = factorsOf(space);
  const times = repetitionsOf(options.reward);
  const plan = planBudget({
    requests,
    testQuestions: split.test.length,
    initialCost: times * (initial.sampling.samples ?? 1),
    highestCost: times * Math.max(...space.samples),
    proposals: reflectionModel(options.reflection, model) ? proposals : 0,
  });
  if (caps.maxCost !== undefined || caps.maxTokensTotal !== undefined) {
    plan.headroom = Math.min(plan.headroom, cappedHeadroom);
  }
  return {
    plan,
    requests,
    search: split.search.length,
    test: split.test.length,
    dropped: split.dropped,
    settings: countSettings(factors),
    power: powerTable(plan.testQuestions),
  };
}

function reflectionModel<M extends Pick<Model, "endpoint">>(
  chosen: Model | null | undefined,
  model: M,
): Model | M | undefined {
  if (chosen !== undefined) return chosen ?? undefined;
  return model.endpoint === "builtin" ? undefined : model;
}

/** Two rollouts agree with each other equally: only where each policy has two is there a difference to see. */
function repetitionsOf(reward = "accuracy"): number {
  return weightsOf(reward)?.has("agreement") ? 2 : 1;
}

/** The weights of a reward that is made of named ones; undefined for a command. */
function weightsOf(reward: string): Map<string, number> | undefined {
  const parts = reward.split(",").map((part) => part.split("=").map((word) => word.trim()));
  if (!parts.every(([name = ""]) => Object.hasOwn(namedRewards, name))) return undefined;
  return new Map(parts.map(([name, weight = "1"]) => [name!, Number(weight)]));
}

function highestReward(reward: string): number | undefined {
  const weights = weightsOf(reward);
  return weights && [...weights.values()].reduce((sum, weight) => sum + Math.max(0, weight), 0);
}

async function search(run: Run, stop: Stop): Promise<Optimized> {
  const { options, model, reward, split } = run;
  const { onEvent } = options;
  const player = createPlayer({
    model,
    judge: parseReward(reward),
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
  return optimizePolicy(play("search"), play("test"), {
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
    ...proposing(run),
  });
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

function addPoint(run: Run, step: CurvePoint["step"]): void {
  const before = run.curve.at(-1)?.rollouts ?? 0;
  const point = curvePoint(step, before, run.rollouts.slice(before));
  run.curve.push(point);
  run.options.onEvent?.({ type: "point", point });
}

/** After the headroom check: demonstrations from its traces, and a plan that keeps to the caps. */
function prepare(run: Run): Prepared {
  const { split, options, model } = run;
  const builtin = model.endpoint === "builtin";
  const { sets, questions } = builtin
    ? { sets: [], questions: new Set<string>() }
    : bootstrapDemonstrations(run.rollouts, isVerified);
  run.space = { ...run.space, demonstrations: [...run.space.demonstrations, ...sets] };
  const without = new Set<number>();
  split.search.forEach(({ question, asked = question }, i) => {
    if (questions.has(asked)) without.add(i);
  });
  const requests = withinCaps(
    run.rollouts,
    run.planned.requests,
    options.caps ?? {},
    options.base?.maxTokens,
  );
  if (requests < run.planned.requests || run.planned.plan.headroom < planned(run, requests).plan.headroom) {
    run.planned = planned(run, requests);
    options.onEvent?.({ type: "plan", ...run.planned });
  }
  return { factors: factorsOf(run.space), without, plan: run.planned.plan };
}

/** The plan for fewer requests, less what the headroom check has taken beyond its share. */
function planned({ split, space, options, model, rollouts }: Run, requests: number): StatedPlan {
  const stated = statePlan(split, space, { ...options, requests, caps: {} }, model);
  const used = rollouts.reduce((sum, { setting }) => sum + requestsOf(space, setting), 0);
  const over = used - stated.plan.headroom;
  return {
    ...stated,
    plan: { ...stated.plan, headroom: used, search: Math.max(0, stated.plan.search - over) },
  };
}

function isVerified({ question, result, reward }: Rollout): boolean {
  return question.gold === undefined ? (reward ?? 0) >= 0.75 : result.correct === true;
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
    onRefused: (text, reason) => options.onEvent?.({ type: "proposal-refused", text, reason }),
    ...(options.signal && { signal: options.signal }),
  });
  return { propose };
}

function concluded(run: Run, optimized: Optimized): Optimization {
  const { test, tested } = optimized;
  if (test) addPoint(run, "test");
  const gold = tested && goldTest(run, tested);
  const misled = gold && isLabelFree(run.rollouts) && gold.gain < 0 && optimized.verdict !== "kept-initial";
  const { verdict, reason, setting } = misled
    ? {
        verdict: "kept-initial" as const,
        reason: "it earned more reward, but fewer right answers",
        setting: initialSetting(factorsOf(run.space)),
      }
    : optimized;
  return {
    verdict,
    reason,
    ...summary(run, setting, { verdict, ...(test && { test }), ...(gold && { gold }) }),
    ...(test && { test }),
    ...(gold && { gold }),
  };
}

/** What was found before a budget ran out, or somebody stopped the run; untested, and said to be. */
function stopped(run: Run, error: CotError): Optimization {
  const interrupted = error.code !== "budget";
  const setting = interrupted ? run.best : initialSetting(factorsOf(run.space));
  return {
    verdict: "kept-initial",
    reason: interrupted
      ? "interrupted before the test: the best so far is written, and the same command goes on from here"
      : "the budget was used up before the test",
    ...summary(run, setting, { verdict: interrupted ? "interrupted" : "kept-initial" }),
    stoppedBy: error,
  };
}

type Summary = Omit<Optimization, "verdict" | "reason" | "test" | "gold">;

function summary(
  run: Run,
  setting: Setting,
  outcome: { verdict: string; test?: Test; gold?: Test },
): Summary {
  const { space, options, model, rollouts } = run;
  const policy = policyOf(space, setting);
  const isInitial = setting.every((level) => level === 0);
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
    policy: { ...(isInitial ? options.initial : policy), provenance },
    initial: options.initial,
    setting: describeSetting(space, setting),
    headroom: run.headroom,
    rollouts: rollouts.length,
    requests: rollouts.reduce((sum, { result }) => sum + result.samples.length, 0),
    planned: run.planned,
    curve: run.curve,
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
