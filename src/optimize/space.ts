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

export function settingKey(setting: Setting): string {
  return setting.join(",");
}

/** How many joint settings there are. */
export function countSettings(factors: readonly Factor[]): number {
  return factors.reduce((product, factor) => product * factor.levels, 1);
}

/** The initial policy: level 0 of every factor. */
export function initialSetting(factors: readonly Factor[]): Setting {
  return factors.map(() => 0);
}
