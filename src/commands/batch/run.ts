import { usageError } from "../../errors.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { readAskOptions } from "../ask-options.ts";
import { chosenFormat } from "../chosen-format.ts";
import { notesOf } from "../notes.ts";
import { openChosenModel } from "../open-model.ts";
import { runQuestions } from "../run-questions.ts";
import { openInput } from "./input.ts";
import type { BatchSettings } from "./settings.ts";

/** `cot batch`. */
export async function runBatchCommand(
  file: string,
  settings: BatchSettings,
  terminal: Terminal,
): Promise<number> {
  const { note } = notesOf(terminal, settings);
  const format = chosenFormat(settings, "jsonl");
  const input = await openInput(file, settings, terminal, note);
  if (settings.merge !== undefined) {
    const { mergeCommand } = await import("./merge.ts");
    return mergeCommand(input, settings, terminal);
  }
  const options = await readAskOptions(settings, note);
  if (settings.dryRun) {
    const { printForecast } = await import("./dry-run.ts");
    return printForecast(input, options, settings, terminal);
  }
  if (settings.exportRequests !== undefined) {
    const { exportRequests } = await import("./export.ts");
    return exportRequests(settings.exportRequests, input, options, settings, terminal);
  }
  if (settings.importResponses !== undefined) {
    const { importResponses } = await import("./import.ts");
    return importResponses(settings.importResponses, input, options, format, settings, terminal);
  }
  if (settings.via === "batch-api") {
    const { viaBatchApi } = await import("./via-batch-api.ts");
    return viaBatchApi(input, options, format, settings, terminal);
  }
  if (settings.cancel) throw usageError("--cancel goes with --via batch-api");
  const opened = await openChosenModel(settings, terminal);
  return runQuestions({ ...input, options, opened, format, settings }, terminal);
}
