import { usageError } from "../../errors.ts";
import type { ExportTarget } from "../../finetune/exports/export.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import type { Question } from "../../questions/question.ts";
import { readQuestions } from "../../questions/read.ts";
import { notesOf } from "../notes.ts";
import { readOptions } from "../read-options.ts";
import type { FinetuneSettings } from "./settings.ts";

/** `cot finetune --export`: writes what a trainer elsewhere needs. */
export async function exportFiles(
  data: string,
  target: ExportTarget,
  directory: string,
  settings: FinetuneSettings,
  terminal: Terminal,
): Promise<number> {
  const { reward = "accuracy", method } = settings;
  if (reward !== "accuracy")
    throw usageError(
      `--export writes the reward accuracy, not ${reward}`,
      "Its reward file is yours to change.",
    );
  if (method === "supervised")
    throw usageError(
      "--export is for reinforcement: it writes questions and a reward",
      "For supervised training elsewhere, cot distill writes the data and a recipe.",
    );
  const { note } = notesOf(terminal, settings);
  const questions: Question[] = [];
  for await (const each of readQuestions({ path: data }, readOptions(settings, note))) questions.push(each);
  if (settings.dryRun) {
    await terminal.stdout.write(`${questions.length} questions for ${target}; nothing is written\n`);
    return 0;
  }
  const { exportTraining } = await import("../../finetune/exports/export.ts");
  const { files, rows, leftOut } = await exportTraining(target, questions, directory);
  for (const [reason, count] of Object.entries(leftOut)) note(`left out: ${count} with ${reason}`);
  note(`${rows} questions for ${target} in ${directory}`);
  await terminal.stdout.write(files.map((file) => `${directory}/${file}\n`).join(""));
  return 0;
}
