import type { FinetuneReport, Method } from "../../finetune/report.ts";
import { writeWhole } from "../../finetune/write-whole.ts";
import { finetuneText } from "../../output/report/finetune-table.ts";
import { finetuneJson } from "../../output/report/finetune-json.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { readQuestions } from "../../questions/read.ts";
import { notesOf } from "../notes.ts";
import { readOptions } from "../read-options.ts";
import { trainingProgress } from "./progress.ts";
import type { FinetuneSettings } from "./settings.ts";

/** Trains a built-in model on this machine, and prints what came of it. */
export async function trainHere(
  data: string,
  method: Method,
  model: string,
  directory: string,
  settings: FinetuneSettings,
  terminal: Terminal,
): Promise<number> {
  const notes = notesOf(terminal, settings);
  const input = await readInput(data, method, settings, notes.note);
  if (settings.dryRun) {
    const { describeRun } = await import("./dry-run.ts");
    await terminal.stdout.write(await describeRun(input, model, settings));
    return 0;
  }
  const progress = trainingProgress(terminal, settings.quiet ?? false, notes.note);
  const common = {
    model,
    directory,
    now: terminal.now,
    signal: terminal.signal,
    onEvent: progress.onEvent,
    ...(settings.steps && { steps: settings.steps }),
    ...(settings.seed !== undefined && { seed: settings.seed }),
    ...(settings.fresh && { fresh: true }),
  };
  let report: FinetuneReport;
  try {
    if (input.method === "reinforcement") {
      const { finetuneReinforcement } = await import("../../finetune/reinforcement.ts");
      const { reward, kl } = settings;
      report = await finetuneReinforcement({
        ...common,
        questions: input.questions,
        ...(reward !== undefined && { reward }),
        ...(kl !== undefined && { kl }),
      });
    } else {
      const { finetuneSupervised } = await import("../../finetune/supervised.ts");
      const { examples, test, decontaminated } = input;
      report = await finetuneSupervised({ ...common, examples, decontaminated, ...(test && { test }) });
    }
  } finally {
    progress.stop();
  }
  for (const [reason, count] of Object.entries(report.leftOut))
    notes.note(`left out: ${count} with ${reason}`);
  if (report.collapsed)
    notes.note(
      `the reward collapsed, and training stopped: the weights of step ${report.bestStep} were kept`,
    );
  if (report.measured.every(({ greedy }) => greedy === null))
    notes.note("no held-out question has a right answer: what the reward really earned cannot be told");
  const { color } = terminal.stdout;
  await terminal.stdout.write(settings.json ? finetuneJson(report, directory) : finetuneText(report, color));
  if (settings.html !== undefined) {
    const { finetunePage } = await import("../../output/report/finetune-page.ts");
    await writeWhole(settings.html, finetunePage(data, report));
  }
  notes.note(`${directory} is a model: -m builtin:${directory}`);
  return 0;
}

/** What is trained on, read. */
export type TrainingInput = Awaited<ReturnType<typeof readInput>>;

async function readInput(
  data: string,
  method: Method,
  settings: FinetuneSettings,
  note: (text: string) => void,
) {
  if (method === "reinforcement") {
    const questions = [];
    for await (const each of readQuestions({ path: data }, readOptions(settings, note))) questions.push(each);
    return { method, questions } as const;
  }
  const [{ findTrainingFiles, readExamples }, { cleanedOf }] = await Promise.all([
    import("../../finetune/examples/read.ts"),
    import("../../finetune/examples/decontaminated.ts"),
  ]);
  const files = await findTrainingFiles(data);
  const examples = await readExamples(files.train);
  return {
    method,
    examples,
    test: files.test === undefined ? undefined : await readExamples(files.test),
    decontaminated: await cleanedOf(data),
  } as const;
}
