import { mean, pairedEstimate, signTestOf } from "../eval/statistics.ts";
import { shuffled, type Random } from "../random.ts";
import { searchByGradient, someSettings, type Round } from "./gradient.ts";
import { successiveHalving, type Winner } from "./halving.ts";
import { groupsOf, type PlayAll } from "./play.ts";
import { mcNemarPower } from "./power.ts";
import { countSettings, initialSetting, type Factor, type Setting } from "./space.ts";

export interface OptimizeOptions {
  factors: readonly Factor[];
  /** Rollouts to spend, all phases together. */
  rollouts: number;
  /** How many questions there are to search on, and how many to test on. */
  searchQuestions: number;
  testQuestions: number;
  algorithm: "auto" | "gradient" | "halving";
  random: Random;
  onEvent?: (event: OptimizeEvent) => void;
  /** Offers new levels after a round of the search (reflection, demonstrations); see `SearchOptions.onRound`. */
  propose?: (round: Round) => Promise<readonly Factor[] | undefined>;
}

export type OptimizeEvent =
  /** Before anything is spent: how likely gains of so many points are to be proven. */
  | { type: "plan"; plan: Plan; power: { gain: number; power: number }[] }
  | { type: "headroom-done"; accuracy: number; rollouts: number }
  | { type: "round-done"; round: Round }
  | { type: "rung-done"; arms: number; best: Setting; reward: number }
  | { type: "chosen"; winner: Winner }
  | { type: "test-start"; questions: number };

/** Rollouts a phase. */
export interface Plan {
  headroom: number;
  search: number;
  choose: number;
  test: number;
}

export type Verdict = "proven" | "promising" | "kept-initial";

export interface Optimized {
  verdict: Verdict;
  /** What to use: the initial setting unless something better was found. */
  setting: Setting;
  /** Why, in a sentence. */
  reason: string;
  /** On the test questions, where the test was made. */
  test?: {
    initial: number;
    winner: number;
    gain: number;
    ci95: [number, number];
    p: number;
    questions: number;
  };
  /** The initial policy's mean reward in the headroom check. */
  headroom: number;
  /** Rollouts spent. */
  played: number;
}

/** Joint settings up to which trying them one by one beats a gradient. */
const FEW = 24;
/** What the winner has to show on the questions it was chosen on before a test is spent on it, in standard errors. */
const GATE = 1;
/** A mean reward over which the initial policy leaves nothing to gain. */
const SATURATED = 0.95;

/** Where the budget goes; a test that can prove something is worth more than a longer search. */
export function planBudget(rollouts: number, testQuestions: number): Plan {
  const headroom = Math.floor(rollouts * 0.1);
  const test = Math.min(2 * testQuestions, 2 * Math.floor(rollouts * 0.125));
  const choose = Math.floor(rollouts * 0.15);
  return { headroom, choose, test, search: rollouts - headroom - choose - test };
}

/**
 * Finds the setting that earns the most reward, and proves it or says that it could not: a headroom check, a search and
 * a choice on one part of the questions, and one paired test of the winner against the initial setting on the other.
 */
export async function optimizePolicy(
  playSearch: PlayAll,
  playTest: PlayAll,
  options: OptimizeOptions,
): Promise<Optimized> {
  const { factors, random, onEvent } = options;
  const plan = planBudget(options.rollouts, options.testQuestions);
  const initial = initialSetting(factors);
  const power = [0.05, 0.1, 0.2].map((gain) => ({
    gain,
    power: mcNemarPower(plan.test / 2, gain, gain + 0.15),
  }));
  onEvent?.({ type: "plan", plan, power });
  let played = 0;
  const counted: PlayAll = async (plays) => {
    played += plays.length;
    return playSearch(plays);
  };
  const headroom = await checkHeadroom(counted, plan.headroom, options);
  onEvent?.({ type: "headroom-done", accuracy: headroom.initial, rollouts: played });
  const kept = (reason: string): Optimized => ({
    verdict: "kept-initial",
    setting: initial,
    reason,
    headroom: headroom.initial,
    played,
  });
  if (headroom.stop !== undefined) return kept(headroom.stop);
  const winner = await search(counted, plan, options);
  if (!winner) return kept("the budget is too small to compare anything with the initial policy");
  onEvent?.({ type: "chosen", winner });
  if (winner.gain <= 0 || winner.z < GATE) {
    return kept("nothing beat the initial policy on the questions that were searched");
  }
  const questions = Math.floor(plan.test / 2);
  onEvent?.({ type: "test-start", questions });
  const order = shuffled(
    random,
    Array.from({ length: options.testQuestions }, (_, question) => question),
  ).slice(0, questions);
  const rewards = await playTest(
    order.flatMap((question) => [initial, winner.setting].map((setting) => ({ question, setting }))),
  );
  played += rewards.length;
  const pairs = order.flatMap((_, i) => {
    const [a, b] = [rewards[2 * i], rewards[2 * i + 1]];
    return typeof a === "number" && typeof b === "number" ? [[a, b] as const] : [];
  });
  if (pairs.length === 0) return kept("no question of the test could be judged");
  const estimate = pairedEstimate(
    pairs.map(([a]) => [a]),
    pairs.map(([, b]) => [b]),
  );
  const test = {
    initial: mean(pairs.map(([a]) => a)),
    winner: mean(pairs.map(([, b]) => b)),
    gain: estimate.mean,
    ci95: estimate.ci95,
    p: signTestOf(pairs.map(([a, b]) => b - a)),
    questions: pairs.length,
  };
  if (test.gain <= 0)
    return { ...kept("the winner of the search earned no more on the questions held back"), played, test };
  const proven = test.p < 0.05;
  return {
    verdict: proven ? "proven" : "promising",
    setting: winner.setting,
    reason: proven
      ? "it earned more on the questions held back, and chance does not explain it"
      : "it earned more on the questions held back, but so few could be chance",
    test,
    headroom: headroom.initial,
    played,
  };
}

/** Plays the initial setting, and random ones beside it, to see whether there is anything to learn. */
async function checkHeadroom(
  playAll: PlayAll,
  rollouts: number,
  { factors, searchQuestions, random }: OptimizeOptions,
): Promise<{ initial: number; stop?: string }> {
  const initial = initialSetting(factors);
  const questions = shuffled(
    random,
    Array.from({ length: searchQuestions }, (_, question) => question),
  ).slice(0, Math.max(1, Math.floor(rollouts / 2)));
  const others = someSettings(factors, questions.length, random);
  const plays = questions.flatMap((question, i) =>
    [initial, others[i % Math.max(1, others.length)] ?? initial].map((setting) => ({ question, setting })),
  );
  const rewards = await playAll(plays);
  const own = rewards.filter((reward, i) => i % 2 === 0 && reward !== null) as number[];
  const all = rewards.filter((reward) => reward !== null);
  if (own.length === 0) return { initial: 0, stop: "the reward could judge none of the answers" };
  const score = mean(own);
  if (score > SATURATED)
    return {
      initial: score,
      stop: `the initial policy is right already (${(100 * score).toFixed(0)} %): nothing is left to gain`,
    };
  if (all.every((reward) => reward <= 0))
    return { initial: score, stop: "no rollout was ever right, so there is nothing to learn from" };
  const groups = groupsOf(plays, rewards);
  const still = groups.every(({ rewards: [first, ...rest] }) => rest.every((reward) => reward === first));
  if (groups.length >= 8 && still)
    return { initial: score, stop: "the settings make no difference on any question" };
  return { initial: score };
}

async function search(playAll: PlayAll, plan: Plan, options: OptimizeOptions): Promise<Winner | undefined> {
  const { factors, random, searchQuestions: questions, onEvent } = options;
  const initial = initialSetting(factors);
  const onRung = (rung: { arms: number; best: Setting; reward: number }) =>
    onEvent?.({ type: "rung-done", ...rung });
  const few = countSettings(factors) <= FEW;
  if (options.algorithm === "halving" || (options.algorithm === "auto" && few && !options.propose)) {
    const rollouts = plan.search + plan.choose;
    const arms = someSettings(
      factors,
      Math.min(countSettings(factors) - 1, Math.max(2, Math.floor(rollouts / 16))),
      random,
    );
    return successiveHalving(initial, arms, playAll, { rollouts, questions, random, onRung });
  }
  const candidates = await searchByGradient(factors, playAll, {
    rollouts: plan.search,
    questions,
    random,
    onRound: (round) => {
      onEvent?.({ type: "round-done", round });
      return options.propose?.(round);
    },
  });
  return successiveHalving(initial, candidates, playAll, {
    rollouts: plan.choose,
    questions,
    random,
    onRung,
  });
}
