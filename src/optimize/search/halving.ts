import { mean, pairedEstimate } from "../../eval/statistics.ts";
import { shuffled, type Random } from "../../random.ts";
import type { PlayAll } from "./play.ts";
import type { CostOf, Setting } from "./space.ts";

export interface HalvingOptions {
  /** Requests to spend, at most. */
  budget: number;
  costOf: CostOf;
  /** The questions to play on; once all have been played, they come again. */
  questions: readonly number[];
  random: Random;
  onRung?: (rung: Rung) => void;
}

/** A setting, and what is thought of it before it is compared. */
export interface Contender {
  setting: Setting;
  /** What it is expected to earn over the initial setting; default unknown. */
  expected?: number;
}

export interface Rung {
  /** Settings that were still in, the initial one aside. */
  arms: number;
  best: Setting;
  /** Mean reward of the best so far. */
  reward: number;
}

export interface Winner {
  setting: Setting;
  /** Mean reward less the initial setting's, on the same questions. */
  gain: number;
  /** That difference in standard errors; 0 where it cannot be told. */
  z: number;
}

interface Arm extends Contender {
  /** One a question played, in order; the same questions for every arm that is still in. */
  rewards: number[];
}

/** Rounds of halving that so many arms take. */
export function rungsOf(arms: number): number {
  return Math.max(1, Math.ceil(Math.log2(Math.max(1, arms))) + 1);
}

/**
 * Successive halving (Karnin, Koren and Somekh 2013): every arm plays the same questions, the better half goes on with
 * as many requests again, until one is left. The initial setting plays along in every rung, as the measure, and cannot
 * be dropped.
 * @param candidates without the initial setting
 * @returns the best candidate, measured against the initial setting; undefined where there is none or no room
 */
export async function successiveHalving(
  initial: Setting,
  candidates: readonly Contender[],
  playAll: PlayAll,
  { budget, costOf, questions, random, onRung }: HalvingOptions,
): Promise<Winner | undefined> {
  const base: Arm = { setting: initial, rewards: [] };
  let arms: Arm[] = candidates.map((contender) => ({ ...contender, rewards: [] }));
  if (arms.length === 0 || questions.length === 0) return undefined;
  const rungs = rungsOf(arms.length);
  const order = shuffled(random, questions);
  let next = 0;
  for (let rung = 0; rung < rungs; rung++) {
    const players = [base, ...arms];
    const cost = players.reduce((sum, { setting }) => sum + costOf(setting), 0);
    const rows = Math.floor(budget / rungs / cost);
    if (rows === 0) break;
    const asked = Array.from({ length: rows }, () => order[next++ % order.length]!);
    const rewards = await playAll(
      asked.flatMap((question) => players.map(({ setting }) => ({ setting, question }))),
    );
    for (let row = 0; row < rows; row++) {
      const line = players.map((_, column) => rewards[row * players.length + column]);
      // compared on what all of them could be judged on
      if (line.every((reward) => typeof reward === "number"))
        players.forEach((arm, column) => arm.rewards.push(line[column]!));
    }
    const worth = (arm: Arm): number => worthOf(arm, base);
    arms = [...arms].sort((a, b) => worth(b) - worth(a));
    onRung?.({ arms: arms.length, best: arms[0]!.setting, reward: meanOf(arms[0]!) });
    arms = arms.slice(0, Math.ceil(arms.length / 2));
  }
  const [best] = arms;
  return best && best.rewards.length > 0 ? { setting: best.setting, ...against(best, base) } : undefined;
}

/** How many rollouts an expectation counts for. */
const weightOfExpectation = 30;

/** What an arm has earned over the initial setting, drawn towards what was expected of it. */
function worthOf(arm: Arm, base: Arm): number {
  const { rewards, expected } = arm;
  if (rewards.length === 0) return expected ?? -Infinity;
  const earned = mean(rewards) - mean(base.rewards.slice(0, rewards.length));
  if (expected === undefined) return earned;
  return (earned * rewards.length + expected * weightOfExpectation) / (rewards.length + weightOfExpectation);
}

function meanOf({ rewards }: Arm): number {
  return rewards.length === 0 ? -Infinity : mean(rewards);
}

/** The paired difference of two arms over the questions that both played. */
function against(arm: Arm, base: Arm): { gain: number; z: number } {
  const one = (reward: number): number[] => [reward];
  const { mean: gain, stderr } = pairedEstimate(
    base.rewards.slice(0, arm.rewards.length).map(one),
    arm.rewards.map(one),
  );
  if (Number.isNaN(stderr)) return { gain, z: 0 };
  return { gain, z: stderr === 0 ? (gain === 0 ? 0 : Math.sign(gain) * Infinity) : gain / stderr };
}
