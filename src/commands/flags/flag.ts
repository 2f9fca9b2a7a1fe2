import type { Value } from "./value.ts";

/**
 * One row of the table of flags. The key it stands under is the setting's name: the long flag in camelCase
 * (`--max-tokens` is `maxTokens`, `--no-stream` is `stream`).
 */
export interface Flag<T = unknown> {
  /** As typed, without the value: `-n, --samples`. */
  flag: string;
  /** How the value is read. Without it the flag is a switch; no flag takes an optional value. */
  value?: Value<T>;
  /** One phrase for help, no full stop. */
  help: string;
  /** May be given several times; the setting is a list. */
  repeatable?: true;
}

export type FlagTable = Readonly<Record<string, Flag>>;

/** Flags that stand together in help, and are taken together by commands. */
export interface FlagGroup<Flags extends FlagTable = FlagTable> {
  title: string;
  flags: Flags;
}

type Setting<F extends Flag> = F extends { value: Value<infer T> }
  ? F extends { repeatable: true }
    ? T[]
    : T
  : boolean;

/** What parsing makes of a table of flags: every setting is optional, absent where its flag was not given. */
export type SettingsOf<Flags extends FlagTable> = { [Name in keyof Flags]?: Setting<Flags[Name]> };

type Intersection<Union> = (Union extends unknown ? (one: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

/** The settings of several groups together. */
export type GroupSettings<Groups extends readonly FlagGroup[]> = Intersection<
  { [I in keyof Groups]: SettingsOf<Groups[I]["flags"]> }[number]
>;

export function flagGroup<const Flags extends FlagTable>(title: string, flags: Flags): FlagGroup<Flags> {
  return { title, flags };
}

/** Some flags of a group, for a command that has no use for the others. */
export function pick<Flags extends FlagTable, const Name extends keyof Flags & string>(
  group: FlagGroup<Flags>,
  ...names: Name[]
): FlagGroup<Pick<Flags, Name>> {
  const flags = Object.fromEntries(names.map((name) => [name, group.flags[name]]));
  return { title: group.title, flags: flags as Pick<Flags, Name> };
}

/** A group without some of its flags. */
export function omit<Flags extends FlagTable, const Name extends keyof Flags & string>(
  group: FlagGroup<Flags>,
  ...names: Name[]
): FlagGroup<Omit<Flags, Name>> {
  const left = Object.entries(group.flags).filter(([name]) => !names.some((one) => one === name));
  return { title: group.title, flags: Object.fromEntries(left) as unknown as Omit<Flags, Name> };
}

/** `--max-tokens` of `-x, --max-tokens`. */
export function longName(flag: Flag): string {
  return flag.flag.split(", ").at(-1)!;
}

/** `-n` of `-n, --samples`. */
export function shortName(flag: Flag): string | undefined {
  return flag.flag.startsWith("--") ? undefined : flag.flag.slice(0, 2);
}
