import { shuffled, type Random } from "../random.ts";
import { claimedGain } from "./claim.ts";
import type { Propose, Round } from "./search/gradient.ts";
import { checkHeadroom } from "./headroom.ts";
import type { Rung, Winner } from "./search/halving.ts";
import { pairedTest, type Test } from "./paired-test.ts";
import type { PlayAll } from "./search/play.ts";
import type { Plan } from "./planning/plan.ts";
import { findSetting, type Algorithm } from "./search/find-setting.ts";
import { initialSetting, type CostOf, type Factor, type Setting } from "./search/space.ts";

export interface OptimizeOptions {
  factors: readonly Factor[];
  plan: Plan;
  /** Requests that one rollout of a setting takes, at most; default 1. */
  costOf?: CostOf;
  /** How many questions there are to search on, and how many to test on. */
  searchQuestions: number;
  testQuestions: number;
  algorithm: Algorithm;
  random: Random;
  /** The most that a rollout can earn; undefined where nobody knows. */
  highestReward?: number;
  onEvent?: (event: OptimizeEvent) => void;
  /** Asked between the headroom check and the search: what is searched over, and on which questions. */
  prepare?: () => Prepared;
  /** How many questions two settings can still be tested on, where more than the plan bounds that. */
  testable?: (settings: readonly Setting[]) => number;
  /** Asked for further levels after each round of the search. */
  propose?: Propose;
}

/** What the headroom check has changed. */
export interface Prepared {
  factors: readonly Factor[];
  /** Questions that must not be searched on. */
  without: ReadonlySet<number>;
  /** A smaller plan, where requests turned out dearer than the caps allow. */
  plan?: Plan;
}

export type OptimizeEvent =
  | { type: "headroom-start" }
  | { type: "headroom-done"; reward: number }
  | { type: "round-done"; round: Round }
  | { type: "rung-done"; rung: Rung }
  | { type: "chosen"; winner: Winner }
  | { type: "test-start"; questions: number };

export type Verdict = "proven" | "promising" | "kept-initial";

export interface Optimized {
  verdict: Verdict;
  /** What to use: the initial setting unless something better was found. */
  setting: Setting;
  /** Why, in a sentence. */
  reason: string;
  /** The gain that the verdict answers for; 0 where the initial policy is kept. */
  claim: number;
  /** Where the test was made. */
  test?: Test;
  /** The setting that was tested. */
  tested?: Setting;
  /** The initial policy's mean reward in the headroom check. */
  headroom: number;
}

/** What the winner has to show on the questions it was chosen on before a test is spent on it, in standard errors. */
const gate = 1;

/**
 * Finds the setting that earns the most reward, and proves it or says that it could not: a headroom check, a search and
 * a choice on one part of the questions, and one paired test of the winner against the initial setting on the other.
 */
export async function optimizePolicy(
  playSearch: PlayAll,
  playTest: PlayAll,
  options: OptimizeOptions,
): Promise<Optimized> {
  const { onEvent, costOf = () => 1 } = options;
  const initial = initialSetting(options.factors);
  const every = Array.from({ length: options.searchQuestions }, (_, question) => question);
  onEvent?.({ type: "headroom-start" });
  const headroom = await checkHeadroom(playSearch, {
    ...options,
    costOf,
    budget: options.plan.headroom,
    questions: every,
  });
  onEvent?.({ type: "headroom-done", reward: headroom.initial });
  const kept = (reason: string): Optimized => ({
    verdict: "kept-initial",
    setting: initial,
    reason,
    claim: 0,
    headroom: headroom.initial,
  });
  if (headroom.stop !== undefined) return kept(headroom.stop);

  const { factors, without, plan = options.plan } = options.prepare?.() ?? { ...options, without: new Set() };
  const winner = await findSetting(playSearch, {
    ...options,
    factors,
    plan,
    costOf,
    questions: every.filter((question) => !without.has(question)),
    scale: headroom.scale,
    onRound: (round) => onEvent?.({ type: "round-done", round }),
    onRung: (rung) => onEvent?.({ type: "rung-done", rung }),
  });
  if (!winner) return kept("the budget is too small to compare anything with the initial policy");
  onEvent?.({ type: "chosen", winner });
  if (winner.gain <= 0 || winner.z < gate) {
    return kept("nothing clearly beat the initial policy on the questions that were searched");
  }

  const concluded = await testWinner(playTest, initial, winner.setting, { ...options, plan, costOf });
  return typeof concluded === "string" ? kept(concluded) : { ...concluded, headroom: headroom.initial };
}

interface TestOptions extends Pick<OptimizeOptions, "testQuestions" | "testable" | "random" | "onEvent"> {
  plan: Pick<Plan, "test">;
  costOf: CostOf;
}

/** The one test, on questions that were not searched; where it cannot be made, why. */
async function testWinner(
  playTest: PlayAll,
  initial: Setting,
  winner: Setting,
  { plan, costOf, testQuestions, testable, random, onEvent }: TestOptions,
): Promise<Omit<Optimized, "headroom"> | string> {
  const count = Math.min(
    testQuestions,
    Math.floor(plan.test / (costOf(initial) + costOf(winner))),
    testable?.([initial, winner]) ?? Infinity,
  );
  if (count === 0) return "the budget is too small to test the winner of the search";
  onEvent?.({ type: "test-start", questions: count });
  const all = Array.from({ length: testQuestions }, (_, question) => question);
  const pairs = await playPairs(playTest, [initial, winner], shuffled(random, all).slice(0, count));
  if (pairs.length === 0) return "no question of the test could be judged";
  const unjudged = count - pairs.length;
  const test: Test = { ...pairedTest(pairs), ...(unjudged > 0 && { unjudged }) };
  if (test.gain <= 0) {
    const reason = "the winner of the search earned no more on the questions held back";
    return { verdict: "kept-initial", setting: initial, reason, claim: 0, test, tested: winner };
  }
  const proven = test.p < 0.05;
  return {
    verdict: proven ? "proven" : "promising",
    setting: winner,
    reason: proven
      ? "it earned more on the questions held back, and chance does not explain it"
      : "it earned more on the questions held back, but so few could be chance",
    claim: claimedGain(
      pairs.map(([[before], [after]]) => after - before),
      proven,
    ),
    test,
    tested: winner,
  };
}

/** The rewards of two settings on each question on which both could be judged. */
async function playPairs(
  playTest: PlayAll,
  settings: readonly [Setting, Setting],
  questions: readonly number[],
): Promise<(readonly [[number], [number]])[]> {
  const rewards = await playTest(
    questions.flatMap((question) => settings.map((setting) => ({ question, setting }))),
  );
  return questions.flatMap((_, row) => {
    const [a, b] = [rewards[2 * row], rewards[2 * row + 1]];
    return typeof a === "number" && typeof b === "number" ? [[[a], [b]] as const] : [];
  });
}
