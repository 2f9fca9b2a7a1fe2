import { randomItem, type Random } from "../../random.ts";
import { createCritic, type Fit } from "./critic.ts";
import type { Contender } from "./halving.ts";
import { normalFrom } from "./normal.ts";
import { groupsOf, type Play, type PlayAll } from "./play.ts";
import { initialSetting, settingKey, type CostOf, type Factor, type Setting } from "./space.ts";

export interface SearchOptions {
  /** Requests to spend, at most. */
  budget: number;
  costOf: CostOf;
  /** The questions to play on. */
  questions: readonly number[];
  random: Random;
  /** Rollouts of one question that are compared with each other. */
  groupSize?: number;
  /** Questions a round. */
  groups?: number;
  /** How many candidates to hand on, at most, the initial setting aside. */
  candidates?: number;
  /** What a large difference in reward is: 1 where rewards are from 0 to 1. */
  scale?: number;
  onRound?: (round: Round) => void;
  /** Asked after every round: factors to which levels have been added, or undefined. */
  propose?: Propose;
}

export type Propose = (round: Round) => Promise<readonly Factor[] | undefined>;

export interface Round {
  /** Requests planned for so far in this search. */
  spent: number;
  /** Rollouts of this round. */
  rollouts: number;
  /** Mean reward of this round. */
  reward: number;
  /** The share of groups whose rewards all were the same. */
  withoutSpread: number;
  /** The setting that the policy now prefers. */
  best: Setting;
}

/** Draws are this much of a posterior's width: with a thousand rollouts, a little less than all of it explores enough. */
const boldness = 0.8;

/** How much the policy stays near its start: what choosing another level has to earn, in reward. */
const toll = 0.001;

/**
 * Learns which levels earn the most reward, in rounds: groups of rollouts on the same question, each with a setting
 * drawn from the policy; group-relative advantages (GRPO, Shao et al. 2024, arXiv:2402.03300), groups without spread
 * skipped; a critic that credits levels together. The policy is a softmax of each factor's levels that follows the
 * critic's posterior (Thompson sampling: a level is drawn as often as it is likely to be the best), less a small toll
 * for leaving the start, which is the KL term of a policy gradient here.
 * @returns the most promising settings, the best first; the initial one is not among them
 */
export async function searchByGradient(
  factors: readonly Factor[],
  playAll: PlayAll,
  options: SearchOptions,
): Promise<Contender[]> {
  const { random, groupSize = 8, groups = 4, candidates = 5, scale = 1 } = options;
  const critic = createCritic();
  const standard = normalFrom(random);
  const normal = (): number => boldness * standard();
  let space = factors;
  let fit = critic.fit(space);
  let spent = 0;
  for (;;) {
    const drawn = questionsOf(Math.min(groups, options.questions.length), options).flatMap((question) =>
      Array.from({ length: groupSize }, () => ({ question, setting: bestOf(fit.draw(normal)) })),
    );
    const plays = affordable(drawn, groupSize, options.budget - spent, options.costOf);
    if (plays.length === 0) break;
    const rewards = await playAll(plays);
    spent += plays.reduce((sum, { setting }) => sum + options.costOf(setting), 0);
    const judged = groupsOf(plays, rewards);
    for (const group of judged)
      critic.observe(
        group.settings,
        group.rewards.map((reward) => reward / scale),
      );
    fit = critic.fit(space);
    const known = rewards.filter((reward) => reward !== null);
    const round: Round = {
      spent,
      rollouts: plays.length,
      reward: known.reduce((total, reward) => total + reward, 0) / Math.max(1, known.length),
      withoutSpread:
        judged.filter(({ rewards: [first, ...rest] }) => rest.every((one) => one === first)).length /
        Math.max(1, judged.length),
      best: bestOf(fit.levels),
    };
    options.onRound?.(round);
    const grown = await options.propose?.(round);
    if (grown) {
      space = grown;
      fit = critic.fit(space);
    }
  }
  return candidatesOf(fit, space, scale, normal, candidates);
}

/** Questions of a round, none of them twice. */
function questionsOf(count: number, { questions, random }: SearchOptions): number[] {
  const drawn = new Set<number>();
  while (drawn.size < count) drawn.add(randomItem(random, questions));
  return [...drawn];
}

/** Whole groups only: a group that is cut short compares less than it costs. */
function affordable(plays: readonly Play[], groupSize: number, budget: number, costOf: CostOf): Play[] {
  const kept: Play[] = [];
  let cost = 0;
  for (let at = 0; at < plays.length; at += groupSize) {
    const group = plays.slice(at, at + groupSize);
    cost += group.reduce((sum, { setting }) => sum + costOf(setting), 0);
    if (cost > budget) break;
    kept.push(...group);
  }
  return kept;
}

/** The best setting for one draw of the levels' worth; level 0 pays no toll. */
function bestOf(levels: readonly (readonly number[])[]): Setting {
  return levels.map((worth) => {
    let best = 0;
    for (let level = 1; level < worth.length; level++) {
      if (worth[level]! - toll > worth[best]! - (best === 0 ? 0 : toll)) best = level;
    }
    return best;
  });
}

function candidatesOf(
  fit: Fit,
  factors: readonly Factor[],
  scale: number,
  normal: () => number,
  count: number,
): Contender[] {
  const initial = settingKey(initialSetting(factors));
  const found = new Map<string, Setting>();
  const add = (setting: Setting): void => {
    if (settingKey(setting) !== initial) found.set(settingKey(setting), setting);
  };
  add(bestOf(fit.levels));
  for (let tries = 0; found.size < count && tries < 20 * count; tries++) add(bestOf(fit.draw(normal)));
  const worth = (setting: Setting): number =>
    scale * setting.reduce((sum, level, factor) => sum + fit.levels[factor]![level]!, 0);
  const base = worth(initialSetting(factors));
  return [...found.values()].map((setting) => ({ setting, expected: worth(setting) - base }));
}
