import { closest } from "../closest.ts";
import { usageError } from "../errors.ts";
import type { Output, Terminal } from "../output/terminal/terminal.ts";
import { commands, findCommand } from "./registry.ts";
import { version } from "./version.ts";

/**
 * Runs what was typed.
 * @param args argv without node and the script
 * @returns the exit code
 * @throws CotError
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  const [first, ...rest] = args;
  if (first === undefined) return overview(terminal.stderr, 2);
  if (first === "--help" || first === "-h") return overview(terminal.stdout, 0);
  if (first === "--version" || first === "-V") {
    await terminal.stdout.write(`${version}\n`);
    return 0;
  }
  if (first === "help")
    return rest[0] === undefined ? overview(terminal.stdout, 0) : runCommand(rest[0], ["--help"], terminal);
  return runCommand(first, rest, terminal);
}

async function runCommand(name: string, args: readonly string[], terminal: Terminal): Promise<number> {
  const entry = findCommand(name);
  if (entry === undefined) throw unknownCommand(name, args);
  const [{ command }, { parseArguments }] = await Promise.all([entry.load(), import("./parse.ts")]);
  const { words, settings, help } = parseArguments(name, command, args);
  if (help) return printHelp(name, terminal.stdout, 0);
  // parsed by this command's own flags, whose types `defineCommand` has checked against `run`
  const run = command.run as (words: string[], settings: object, terminal: Terminal) => Promise<number>;
  terminal.compiler.expectWork();
  return run(words, settings, terminal);
}

async function overview(output: Output, code: number): Promise<number> {
  const { overviewHelp } = await import("./help.ts");
  await output.write(overviewHelp(output));
  return code;
}

/** Prints a command's help page, and returns `code`. */
export async function printHelp(name: string, output: Output, code: number): Promise<number> {
  const entry = findCommand(name);
  if (entry === undefined) throw unknownCommand(name);
  const [{ command }, { commandHelp }] = await Promise.all([entry.load(), import("./help.ts")]);
  await output.write(commandHelp(name, entry.summary, command, output));
  return code;
}

function unknownCommand(name: string, rest: readonly string[] = []) {
  const names = commands.map((command) => command.name);
  if (name.startsWith("-")) {
    const command = rest.find((word) => names.includes(word));
    return usageError(
      `cot itself has no flag "${name}"`,
      command === undefined
        ? "cot --help lists the commands; flags follow a command."
        : `Flags follow the command: cot ${command} ${name} …`,
    );
  }
  const guess = closest(name, names);
  const meant = guess === undefined ? "" : `Did you mean ${guess}? `;
  const sentence = name.includes(" ") || rest.some((word) => !word.startsWith("-"));
  return usageError(
    `there is no command "${name}"`,
    guess === undefined && sentence
      ? `To ask a question: cot ask "${[name, ...rest].join(" ")}"`
      : `${meant}Commands: ${names.join(", ")}.`,
  );
}
