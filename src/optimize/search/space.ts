import { randomInteger, type Random } from "../../random.ts";

/**
 * The search space of prompt policies: a product of factors (instruction, strategy, demonstrations, temperature,
 * samples, effort), each with a few levels. A setting picks one level of each.
 */
export interface Factor {
  name: string;
  /** How many levels; 1 or more. Level 0 is the initial policy's own. */
  levels: number;
}

/** Index of the chosen level, a factor each. */
export type Setting = readonly number[];

/** Requests that one rollout of a setting takes, at most. */
export type CostOf = (setting: Setting) => number;

export function settingKey(setting: Setting): string {
  return setting.join(",");
}

/** How many joint settings there are. */
export function countSettings(factors: readonly Factor[]): number {
  return factors.reduce((product, factor) => product * factor.levels, 1);
}

/** The initial policy: level 0 of every factor. */
export function isInitial(setting: Setting): boolean {
  return setting.every((level) => level === 0);
}

export function initialSetting(factors: readonly Factor[]): Setting {
  return factors.map(() => 0);
}

/** Different settings drawn at random, at most `count`, the initial one not among them. */
export function someSettings(factors: readonly Factor[], count: number, random: Random): Setting[] {
  const found = new Map<string, Setting>();
  const initial = settingKey(initialSetting(factors));
  const most = Math.min(count, countSettings(factors) - 1);
  for (let tries = 0; found.size < most && tries < 50 * count; tries++) {
    const setting = factors.map(({ levels }) => randomInteger(random, 0, levels - 1));
    if (settingKey(setting) !== initial) found.set(settingKey(setting), setting);
  }
  return [...found.values()];
}
