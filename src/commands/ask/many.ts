import { exitCode, usageError } from "../../errors.ts";
import { runBatch, runExitCode } from "../../batch/run.ts";
import type { FormatName } from "../../output/formats/format.ts";
import { formatOf } from "../../output/formats/index.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { ask } from "../../reasoning/ask.ts";
import type { AskOptions } from "../../reasoning/options.ts";
import type { Result } from "../../reasoning/result.ts";
import { notesOf } from "../notes.ts";
import type { OpenedModel } from "../open-model.ts";
import { openReasoningFile } from "../reasoning-file.ts";
import { verdictMissed } from "../verdict.ts";
import type { AskInput } from "./input.ts";
import type { AskSettings } from "./settings.ts";

interface ManyQuestions {
  options: AskOptions;
  opened: OpenedModel;
  format: FormatName;
  settings: AskSettings;
}

/** The lines of stdin, several in flight, results in order. */
export async function askMany(
  input: Exclude<AskInput, { kind: "none" }>,
  { options, opened, format: formatName, settings }: ManyQuestions,
  terminal: Terminal,
): Promise<number> {
  if (input.kind === "one") throw usageError("-o with one question: not yet");
  const notes = notesOf(terminal, settings);
  const reasoningFile = await openReasoningFile(settings.reasoningTo);
  const format = formatOf(formatName, { several: true, color: terminal.stdout.color });
  let written = 0;
  let missed = 0;
  const write = async (result: Result): Promise<void> => {
    const before = written === 0 ? format.header : format.separator;
    written += 1;
    await terminal.stdout.write(before + format.format(result));
    await reasoningFile?.add(result, true);
    if (result.error === undefined && verdictMissed(result, options, settings.expect, () => undefined))
      missed += 1;
  };
  const { concurrency, concurrencyLaw } = opened.settings;
  const summary = await runBatch(
    input.questions,
    (question, signal) => ask(question, options, opened.model, { signal }),
    write,
    {
      concurrency:
        typeof concurrency === "number" ? concurrency : () => Math.ceil(concurrencyLaw?.limit ?? 1),
      ordered: settings.unordered !== true,
      signal: terminal.signal,
      secondSignal: terminal.secondSignal,
      ...(settings.maxFailures === undefined ? {} : { maxFailures: settings.maxFailures }),
    },
  );
  await reasoningFile?.close();
  const failures = Object.entries(summary.failed).map(([code, count]) => `${count} ${code}`);
  if (failures.length > 0) notes.note(`without an answer: ${failures.join(", ")}`);
  if (missed > 0) notes.note(`${missed} of ${written} miss --expect or --min-agreement`);
  if (summary.stoppedBy !== undefined) {
    notes.error(summary.stoppedBy);
    return exitCode(summary.stoppedBy.code);
  }
  return runExitCode(summary) || (missed > 0 ? 1 : 0);
}
