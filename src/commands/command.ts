import type { Terminal } from "../output/terminal/terminal.ts";
import type { FlagGroup, GroupSettings } from "./flags/flag.ts";
import type { Value } from "./flags/value.ts";

/** What follows a command's name and is no flag. */
export interface CommandArgument {
  /** Without brackets: `question`. */
  name: string;
  required?: boolean;
  variadic?: boolean;
  complete?: Value["complete"];
}

export interface Example {
  command: string;
  says: string;
}

/** A command as its file describes it: parsing, help, completion and the README are made from this. */
export interface CommandDescription<Groups extends readonly FlagGroup[] = readonly FlagGroup[]> {
  arguments: readonly CommandArgument[];
  /** What it is for: paragraphs of one line each; help wraps them. */
  purpose: readonly string[];
  examples: readonly Example[];
  flags: Groups;
  /** Which exit codes it can give; their meanings stand in `exit-codes.ts`. */
  exitCodes: readonly number[];
  /** What exit code 1 means here. */
  verdict?: string;
  /** Further parts of the help page, between examples and flags: two columns each. */
  sections?: readonly { title: string; rows: readonly (readonly [string, string])[] }[];
}

export interface Command extends CommandDescription {
  /**
   * Does the work.
   * @param words the arguments that are no flags
   * @param settings what the flags said; absent where a flag was not given
   * @returns the exit code
   * @throws CotError, which cli.ts prints and turns into its exit code
   */
  run(words: string[], settings: never, terminal: Terminal): Promise<number>;
}

/** Checks a command's `run` against its flags. */
export function defineCommand<const Groups extends readonly FlagGroup[]>(
  command: CommandDescription<Groups> & {
    run(words: string[], settings: GroupSettings<Groups>, terminal: Terminal): Promise<number>;
  },
): Command {
  return command;
}
