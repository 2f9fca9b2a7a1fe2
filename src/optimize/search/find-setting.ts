import type { Random } from "../../random.ts";
import { searchByGradient, type Propose, type Round } from "./gradient.ts";
import { rungsOf, successiveHalving, type Rung, type Winner } from "./halving.ts";
import type { PlayAll } from "./play.ts";
import type { Plan } from "../planning/plan.ts";
import { countSettings, initialSetting, someSettings, type CostOf, type Factor } from "./space.ts";

export type Algorithm = "auto" | "gradient" | "halving";

export interface FindOptions {
  factors: readonly Factor[];
  plan: Pick<Plan, "search" | "choose">;
  costOf: CostOf;
  questions: readonly number[];
  random: Random;
  algorithm: Algorithm;
  scale?: number;
  propose?: Propose;
  onRound?: (round: Round) => void;
  onRung?: (rung: Rung) => void;
}

/** What a search hands on. */
const mostCandidates = 5;
/** Questions that each arm should be tried on before half of them are dropped. */
const firstLook = 4;

/**
 * Searches the space and chooses: successive halving alone where the budget lets every setting be tried and none are to
 * be added, else the policy gradient, and halving among what it hands on.
 * @returns the best setting found, measured against the initial one; undefined where there was no room for any
 */
export async function findSetting(playAll: PlayAll, options: FindOptions): Promise<Winner | undefined> {
  const { factors, plan, random, algorithm, propose } = options;
  const initial = initialSetting(factors);
  const whole = plan.search + plan.choose;
  const arms = armsWithin(whole, options);
  const enough = arms >= countSettings(factors) - 1 && propose === undefined;
  if (algorithm === "halving" || (algorithm === "auto" && enough)) {
    const candidates = someSettings(factors, Math.max(2, arms), random);
    const contenders = candidates.map((setting) => ({ setting }));
    return successiveHalving(initial, contenders, playAll, { ...options, budget: whole });
  }
  const candidates = await searchByGradient(factors, playAll, {
    ...options,
    budget: plan.search,
    candidates: Math.min(mostCandidates, armsWithin(plan.choose, options)),
  });
  return successiveHalving(initial, candidates, playAll, { ...options, budget: plan.choose });
}

/** How many settings can be tried, each on a few questions before the first are dropped. */
function armsWithin(budget: number, { factors, costOf }: FindOptions): number {
  const sample = someSettings(factors, 50, evenly());
  const cost = sample.reduce((sum, setting) => sum + costOf(setting), 0) / Math.max(1, sample.length);
  const fits = (arms: number): boolean =>
    budget / rungsOf(arms) / (costOf(initialSetting(factors)) + arms * cost) >= firstLook;
  let arms = 1;
  while (arms < countSettings(factors) && fits(arms + 1)) arms++;
  return arms;
}

/** A source that needs no seed (the golden ratio's multiples): for averages over the space. */
function evenly(): Random {
  let at = 0;
  return () => (at = (at + 0.618_033_988_749_895) % 1);
}
