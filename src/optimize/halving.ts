import { mean } from "../eval/statistics.ts";
import { shuffled, type Random } from "../random.ts";
import type { PlayAll } from "./play.ts";
import type { Setting } from "./space.ts";

export interface HalvingOptions {
  /** Rollouts to spend. */
  rollouts: number;
  questions: number;
  random: Random;
  onRung?: (rung: { arms: number; best: Setting; reward: number }) => void;
}

export interface Winner {
  setting: Setting;
  /** Mean reward less the initial setting's, on the same questions. */
  gain: number;
  /** That difference in standard errors; 0 where it cannot be told. */
  z: number;
}

interface Arm {
  setting: Setting;
  rewards: Map<number, number>;
}

/**
 * Successive halving (Karnin, Koren and Somekh 2013): every arm plays the same questions, the better half goes on with
 * as many rollouts again, until one is left. The initial setting plays along in every rung, as the measure, and cannot be
 * dropped.
 * @param candidates without the initial setting
 * @returns the best candidate, measured against the initial setting; undefined where there is none or no room
 */
export async function successiveHalving(
  initial: Setting,
  candidates: readonly Setting[],
  playAll: PlayAll,
  options: HalvingOptions,
): Promise<Winner | undefined> {
  const base: Arm = { setting: initial, rewards: new Map() };
  let arms: Arm[] = candidates.map((setting) => ({ setting, rewards: new Map() }));
  if (arms.length === 0) return undefined;
  const rungs = Math.max(1, Math.ceil(Math.log2(arms.length)) + 1);
  const order = shuffled(
    options.random,
    Array.from({ length: options.questions }, (_, question) => question),
  );
  let next = 0;
  for (let rung = 0; rung < rungs && next < order.length; rung++) {
    const each = Math.floor(options.rollouts / rungs / (arms.length + 1));
    const questions = order.slice(next, next + each);
    next += questions.length;
    if (questions.length === 0) return undefined;
    const players = [base, ...arms];
    const rewards = await playAll(
      questions.flatMap((question) => players.map(({ setting }) => ({ setting, question }))),
    );
    questions.forEach((question, row) => {
      const line = players.map((_, column) => rewards[row * players.length + column]);
      if (line.includes(null)) return;
      players.forEach((arm, column) => arm.rewards.set(question, line[column]!));
    });
    const reward = (arm: Arm) => (arm.rewards.size === 0 ? -Infinity : mean([...arm.rewards.values()]));
    arms = [...arms].sort((a, b) => reward(b) - reward(a));
    options.onRung?.({ arms: arms.length, best: arms[0]!.setting, reward: reward(arms[0]!) });
    if (arms.length > 1) arms = arms.slice(0, Math.ceil(arms.length / 2));
  }
  return { setting: arms[0]!.setting, ...against(arms[0]!, base) };
}

/** The paired difference of two arms over the questions that both played. */
function against(arm: Arm, base: Arm): { gain: number; z: number } {
  const differences = [...arm.rewards].flatMap(([question, reward]) => {
    const other = base.rewards.get(question);
    return other === undefined ? [] : [reward - other];
  });
  if (differences.length < 2) return { gain: 0, z: 0 };
  const gain = mean(differences);
  const variance =
    differences.reduce((total, one) => total + (one - gain) ** 2, 0) / (differences.length - 1);
  const stderr = Math.sqrt(variance / differences.length);
  return { gain, z: stderr === 0 ? (gain === 0 ? 0 : Math.sign(gain) * Infinity) : gain / stderr };
}
