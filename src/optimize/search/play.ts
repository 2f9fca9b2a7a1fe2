import type { Setting } from "./space.ts";

/** One rollout to be played: a setting on a question. */
export interface Play {
  setting: Setting;
  /** Index of the question. */
  question: number;
}

/**
 * Plays rollouts, all at once, and gives their rewards in the same order, whatever the order of the replies; null where
 * the reward cannot judge. Rollouts of the same question within one call are one group.
 * @throws CotError `budget` where a cap leaves no room; nothing of the call then counts
 */
export type PlayAll = (plays: readonly Play[]) => Promise<(number | null)[]>;

/** Groups of rollouts on the same question: their settings and rewards, those that could not be judged left out. */
export function groupsOf(
  plays: readonly Play[],
  rewards: readonly (number | null)[],
): { question: number; settings: Setting[]; rewards: number[] }[] {
  const groups = new Map<number, { question: number; settings: Setting[]; rewards: number[] }>();
  plays.forEach(({ question, setting }, i) => {
    const reward = rewards[i];
    if (reward === null || reward === undefined) return;
    let group = groups.get(question);
    if (!group) groups.set(question, (group = { question, settings: [], rewards: [] }));
    group.settings.push(setting);
    group.rewards.push(reward);
  });
  return [...groups.values()].filter(({ settings }) => settings.length > 1);
}

/** Every rollout so many times, its reward their mean: for rewards that compare a rollout with others. */
export function repeated(playAll: PlayAll, times: number): PlayAll {
  if (times === 1) return playAll;
  return async (plays) => {
    const rewards = await playAll(plays.flatMap((play) => Array.from({ length: times }, () => play)));
    return plays.map((_, i) => {
      const known = rewards.slice(i * times, (i + 1) * times).filter((reward) => reward !== null);
      return known.length === 0 ? null : known.reduce((sum, reward) => sum + reward, 0) / known.length;
    });
  };
}
