import { usageError } from "../../errors.ts";
import type { Command } from "../command.ts";
import { commands } from "../registry.ts";
import { bashScript } from "./bash.ts";
import { fishScript } from "./fish.ts";
import { zshScript } from "./zsh.ts";

/** A command as completion sees it. */
export interface Completable {
  name: string;
  summary: string;
  command: Command;
}

const scripts: Record<string, (commands: readonly Completable[]) => string> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/**
 * The completion script of a shell, made from the table of flags.
 * @throws CotError (usage) for a shell that is not among them
 */
export async function completionScript(shell: string): Promise<string> {
  const script = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
  if (script === undefined) {
    throw usageError(`there is no completion for "${shell}"`, `Shells: ${Object.keys(scripts).join(", ")}.`);
  }
  const loaded = commands.map(async ({ name, summary, load }) => ({
    name,
    summary,
    command: (await load()).command,
  }));
  return script(await Promise.all(loaded));
}

/** Quoted for sh, zsh and fish alike. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
