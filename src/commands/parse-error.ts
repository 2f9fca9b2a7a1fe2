import type { CommanderError } from "commander";

import { closest } from "../closest.ts";
import { type CotError, usageError } from "../errors.ts";
import type { CommandDescription } from "./command.ts";
import { longName } from "./flags/flag.ts";
import { allFlags } from "./flags/names.ts";
import { usageLine } from "./usage-line.ts";

/**
 * What the parser refused, in words of ours.
 * @param words what it had taken for the command's words
 */
export function parseError(
  { code, message }: CommanderError,
  name: string,
  command: Pick<CommandDescription, "arguments" | "flags">,
  words: readonly string[],
): CotError {
  const help = `cot ${name} --help lists the flags.`;
  const usage = `Usage: ${usageLine(name, command)}`;
  const [, quoted = ""] = /'(.*?)'/s.exec(message) ?? [];
  switch (code) {
    case "commander.unknownOption": {
      const flag = quoted.replace(/=.*/s, "");
      const guess = closest(flag, allFlags(command.flags).map(longName));
      const meant = guess === undefined ? "" : `Did you mean ${guess}? `;
      const dashes = command.arguments.some(({ variadic }) => variadic)
        ? " A word that starts with a dash goes after --."
        : "";
      return usageError(`cot ${name} has no flag "${flag}"`, `${meant}${help}${dashes}`);
    }
    case "commander.optionMissingArgument":
      return usageError(`${quoted.replace(/^-\w, | <.*$/g, "")} needs a value: ${quoted}`, help);
    case "commander.missingArgument":
      return usageError(`cot ${name} needs a ${quoted}`, usage);
    case "commander.excessArguments": {
      const surplus = words[command.arguments.length] ?? "";
      return usageError(`cot ${name} has no use for the word "${surplus}"`, usage);
    }
    default:
      return usageError(message.replace(/^error: /, ""), help);
  }
}
