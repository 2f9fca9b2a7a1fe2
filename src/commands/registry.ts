import type { Command } from "./command.ts";

/*
 * How to add a command:
 *
 * 1. Its flags: rows in `flags/<group>.ts` (`flagGroup(title, {...})`; kinds of values are in `flags/value.ts`). A
 *    flag that means the same as another's is that same row: take it with `pick(group, "name", ...)`.
 * 2. Its file `commands/<name>.ts` exports `command = defineCommand({ arguments, purpose, examples, flags, exitCodes,
 *    run })`. `run(words, settings, terminal)` returns the exit code and throws CotError; the settings are typed by
 *    the flags. Import what only `run` needs where it is needed: `--help` loads the file too.
 * 3. One line below, with the summary that `cot --help` prints.
 *
 * Parsing, `--help`, completion and the README's reference follow from these.
 */

export interface CommandEntry {
  name: string;
  summary: string;
  load(): Promise<{ command: Command }>;
}

/** In the order of `cot --help`. */
export const commands: readonly CommandEntry[] = [
  {
    name: "ask",
    summary: "one question, or one per line of stdin",
    load: () => import("./ask.ts"),
  },
  {
    name: "batch",
    summary: "a file of questions: text, JSONL, CSV, Parquet; resumable",
    load: () => import("./batch.ts"),
  },
  {
    name: "eval",
    summary: "accuracy against right answers, with error bars",
    load: () => import("./eval.ts"),
  },
  {
    name: "optimize",
    summary: "learn the prompt policy that earns the most reward",
    load: () => import("./optimize.ts"),
  },
  {
    name: "distill",
    summary: "a teacher's verified reasoning as training data",
    load: () => import("./distill.ts"),
  },
  {
    name: "finetune",
    summary: "train weights: given answers or reinforcement, on this machine or elsewhere",
    load: () => import("./finetune.ts"),
  },
  {
    name: "lint",
    summary: "check a training file, anybody's, as its trainer will read it",
    load: () => import("./lint.ts"),
  },
  {
    name: "convert",
    summary: "a trained model as GGUF",
    load: () => import("./convert.ts"),
  },
  {
    name: "models",
    summary: "what the endpoint, or this machine, offers",
    load: () => import("./models.ts"),
  },
  {
    name: "doctor",
    summary: "check key, endpoint, model and config, and say how to mend them",
    load: () => import("./doctor.ts"),
  },
  {
    name: "completion",
    summary: "completion for bash, zsh or fish",
    load: () => import("./completion.ts"),
  },
];

export function findCommand(name: string): CommandEntry | undefined {
  return commands.find((command) => command.name === name);
}
