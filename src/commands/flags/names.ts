import { type Flag, type FlagGroup, longName, shortName } from "./flag.ts";

/** Every flag of some groups. */
export function allFlags(groups: readonly FlagGroup[]): Flag[] {
  return groups.flatMap((group) => Object.values(group.flags));
}

/** `-n` and `--samples`. */
export function spellings(flag: Flag): string[] {
  const short = shortName(flag);
  return short === undefined ? [longName(flag)] : [short, longName(flag)];
}
