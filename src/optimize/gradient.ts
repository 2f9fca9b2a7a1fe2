import { randomItem, type Random } from "../random.ts";
import { createCritic, type Fit } from "./critic.ts";
import { normalFrom } from "./normal.ts";
import { groupsOf, type PlayAll } from "./play.ts";
import { initialSetting, settingKey, type Factor, type Setting } from "./space.ts";

export interface SearchOptions {
  /** Rollouts to spend. */
  rollouts: number;
  /** How many questions there are to play on. */
  questions: number;
  random: Random;
  /** Rollouts of one question that are compared with each other. */
  groupSize?: number;
  /** Questions a round. */
  groups?: number;
  /** How many candidates to hand on, at most, the initial setting aside. */
  candidates?: number;
  /** Called after every round; may return factors to which levels have been added. */
  onRound?: (
    round: Round,
  ) => void | readonly Factor[] | undefined | Promise<void | readonly Factor[] | undefined>;
}

export interface Round {
  /** Rollouts played so far. */
  played: number;
  /** Mean reward of this round. */
  reward: number;
  /** The share of groups whose rewards all were the same. */
  withoutSpread: number;
  /** The setting that the policy now prefers. */
  best: Setting;
}

/** How much the policy stays near its start: what choosing another level has to earn, in reward. */
const TOLL = 0.005;

/**
 * Learns which levels earn the most reward, in rounds: groups of rollouts on the same question, each with a setting
 * drawn from the policy; group-relative advantages (GRPO, Shao et al. 2024, arXiv:2402.03300) without labels of any
 * kind; a critic that credits levels together. The policy is a softmax of each factor's levels that follows the
 * critic's posterior (Thompson sampling: a level is drawn as often as it is likely to be the best), less a small toll
 * for leaving the start, which is the KL term of a policy gradient here.
 * @returns the most promising settings, the best first; the initial one is not among them
 */
export async function searchByGradient(
  factors: readonly Factor[],
  playAll: PlayAll,
  options: SearchOptions,
): Promise<Setting[]> {
  const { random, groupSize = 8, groups = 4, candidates = 5 } = options;
  const critic = createCritic();
  const normal = normalFrom(random);
  let space = factors;
  let fit = critic.fit(space);
  let played = 0;
  while (played + groupSize * 2 <= options.rollouts) {
    const room = Math.floor((options.rollouts - played) / groupSize);
    const plays = questionsOf(Math.min(groups, room), options).flatMap((question) =>
      Array.from({ length: groupSize }, () => ({ question, setting: bestOf(fit.draw(normal)) })),
    );
    const rewards = await playAll(plays);
    played += plays.length;
    critic.forget();
    const judged = groupsOf(plays, rewards);
    for (const group of judged) critic.observe(group.settings, group.rewards);
    fit = critic.fit(space);
    const known = rewards.filter((reward) => reward !== null);
    const grown = await options.onRound?.({
      played,
      reward: known.reduce((total, reward) => total + reward, 0) / Math.max(1, known.length),
      withoutSpread:
        judged.filter(({ rewards: [first, ...rest] }) => rest.every((one) => one === first)).length /
        Math.max(1, judged.length),
      best: bestOf(fit.levels),
    });
    if (grown) {
      space = grown;
      fit = critic.fit(space);
    }
  }
  return candidatesOf(fit, space, normal, candidates);
}

/** Questions of a round, none of them twice while there are enough. */
function questionsOf(count: number, { questions, random }: SearchOptions): number[] {
  const drawn = new Set<number>();
  while (drawn.size < Math.min(count, questions)) drawn.add(Math.floor(random() * questions));
  return [...drawn];
}

/** The best setting for one draw of the levels' worth; level 0 pays no toll. */
function bestOf(levels: readonly (readonly number[])[]): Setting {
  return levels.map((worth) => {
    let best = 0;
    for (let level = 1; level < worth.length; level++) {
      if (worth[level]! - TOLL > worth[best]! - (best === 0 ? 0 : TOLL)) best = level;
    }
    return best;
  });
}

function candidatesOf(fit: Fit, factors: readonly Factor[], normal: () => number, count: number): Setting[] {
  const initial = settingKey(initialSetting(factors));
  const found = new Map<string, Setting>();
  const add = (setting: Setting) => {
    if (settingKey(setting) !== initial) found.set(settingKey(setting), setting);
  };
  add(bestOf(fit.levels));
  for (let tries = 0; found.size < count && tries < 20 * count; tries++) add(bestOf(fit.draw(normal)));
  return [...found.values()];
}

/** Every setting once in a random order, at most `count`: for spaces that are too small to need a gradient. */
export function someSettings(factors: readonly Factor[], count: number, random: Random): Setting[] {
  const found = new Map<string, Setting>();
  const initial = settingKey(initialSetting(factors));
  for (let tries = 0; found.size < count && tries < 50 * count; tries++) {
    const setting = factors.map(({ levels }) =>
      randomItem(
        random,
        Array.from({ length: levels }, (_, level) => level),
      ),
    );
    if (settingKey(setting) !== initial) found.set(settingKey(setting), setting);
  }
  return [...found.values()];
}
