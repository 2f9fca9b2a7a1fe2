import { CommanderError, Option, Command as Parser } from "commander";

import type { CommandDescription } from "./command.ts";
import { type Flag, longName } from "./flags/flag.ts";
import { parseError } from "./parse-error.ts";

export interface Parsed {
  words: string[];
  settings: Record<string, unknown>;
  /** `--help` was given: the rest was not checked. */
  help: boolean;
}

/**
 * Takes a command's arguments apart, by its flags.
 * @throws CotError (usage)
 */
export function parseArguments(
  name: string,
  command: Pick<CommandDescription, "arguments" | "flags">,
  args: readonly string[],
): Parsed {
  if (asksForHelp(command, args)) return { words: [], settings: {}, help: true };
  const parser = new Parser(name)
    .exitOverride()
    .helpOption(false)
    .allowExcessArguments(false)
    .configureOutput({ writeErr: () => undefined });
  for (const { name: argument, required = false, variadic = false } of command.arguments) {
    const dots = variadic ? "..." : "";
    parser.argument(required ? `<${argument}${dots}>` : `[${argument}${dots}]`);
  }
  for (const group of command.flags) {
    for (const flag of Object.values(group.flags)) parser.addOption(optionOf(flag));
  }
  try {
    parser.parse(escapeWords(args), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    error.message = error.message.replaceAll(mark, "");
    throw parseError(error, name, command, parser.args.map(unescapeWord));
  }
  return { words: parser.args.map(unescapeWord), settings: givenSettings(parser), help: false };
}

/** A switch that is absent has no setting, `--no-…` included, so that the file and the defaults can speak. */
function givenSettings(parser: Parser): Record<string, unknown> {
  const settings: Record<string, unknown> = parser.opts();
  const given = Object.entries(settings).filter(([key]) => parser.getOptionValueSource(key) === "cli");
  return Object.fromEntries(given);
}

function optionOf(flag: Flag): Option {
  const { value } = flag;
  if (value === undefined) return new Option(flag.flag);
  const option = new Option(`${flag.flag} <${value.placeholder.replace(/[<>]/g, "")}>`);
  return option.argParser((text: string, previous: unknown) => {
    const parsed = value.parse(unescapeWord(text), longName(flag));
    return flag.repeatable ? [...((previous as unknown[] | undefined) ?? []), parsed] : parsed;
  });
}

/** `--help` counts unless it is a flag's value or stands after `--`. */
function asksForHelp(command: Pick<CommandDescription, "flags">, args: readonly string[]): boolean {
  const takesValue = new Set(
    command.flags
      .flatMap((group) => Object.values(group.flags))
      .filter((flag) => flag.value !== undefined)
      .flatMap((flag) => flag.flag.split(", ")),
  );
  for (let i = 0; i < args.length && args[i] !== "--"; i++) {
    if (takesValue.has(args[i]!)) i++;
    else if (args[i] === "--help" || args[i] === "-h") return true;
  }
  return false;
}

/*
 * `-5+3=?` is part of a question, but the parser takes it for a flag. Such words go through it behind a NUL, which no
 * argument can contain.
 */
const mark = "\0";

function escapeWords(args: readonly string[]): string[] {
  return args.map((word) => (/^-\d/.test(word) ? mark + word : word));
}

function unescapeWord(word: string): string {
  return word.startsWith(mark) ? word.slice(mark.length) : word;
}
