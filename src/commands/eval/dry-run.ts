import type { EvaluateOptions } from "../../eval/evaluate.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { readQuestions, type ReadOptions, type Survey } from "../../questions/read.ts";
import { printForecast } from "../batch/dry-run.ts";
import type { Compared } from "./compared.ts";

interface Dataset {
  path: string;
  reading: ReadOptions;
  survey: Survey;
}

/** `--dry-run`: requests, tokens and cost of each setting as ranges; nothing is sent. */
export async function printForecasts(
  { path, reading, survey }: Dataset,
  options: readonly EvaluateOptions[],
  compared: readonly Compared[],
  terminal: Terminal,
): Promise<number> {
  for (const [i, { name, settings }] of compared.entries()) {
    if (compared.length > 1) await terminal.stdout.write(`${i === 0 ? "" : "\n"}${name}\n`);
    const questions = readQuestions({ path }, { ...reading, onNotice: undefined }, survey);
    await printForecast({ questions, survey }, { ...options[i]!, everySample: true }, settings, terminal);
  }
  return 0;
}
