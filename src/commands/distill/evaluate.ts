import { join } from "node:path";

import { compareContenders, type Contender } from "../../distill/student/compare.ts";
import { evaluate } from "../../eval/evaluate.ts";
import { CotError, usageError } from "../../errors.ts";
import type { CurvePoint } from "../../finetune/report.ts";
import { parameterCount, readStart } from "../../finetune/start.ts";
import { diskFiles } from "../../files.ts";
import { parseObject } from "../../jsonl.ts";
import { cache } from "../../models/middleware/cache.ts";
import { studentJson, studentText } from "../../output/report/distill-student.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { openModels } from "../eval/models.ts";
import { fileLines } from "../file-lines.ts";
import { notesOf } from "../notes.ts";
import { askedOnce, partQuestions } from "./part.ts";
import type { Folder } from "./folder.ts";
import { roleFlags } from "./role-flags.ts";
import type { ChosenOptions, DistillSettings } from "./settings.ts";
import { builtinName, trainStudent } from "./student.ts";

interface Named {
  name: string;
  settings: DistillSettings;
  parameters: number | null;
}

/**
 * `--student SPEC --evaluate`: trains the student on the data, and compares teacher, student before and student after
 * on the test part's questions.
 */
export async function evaluateStudent(
  folder: Folder,
  options: ChosenOptions,
  settings: DistillSettings,
  terminal: Terminal,
): Promise<void> {
  const notes = notesOf(terminal, settings);
  const { student } = settings;
  const questions = await partQuestions(folder.path, "test", terminal);
  if (questions.length === 0) {
    throw usageError(
      `${folder.path} has no question in its test part whose right answer is known: nothing can be compared`,
      "A tenth of the questions goes there; distill more of them.",
    );
  }
  if ((settings.decontaminate ?? []).length === 0) {
    notes.note(
      "the test part holds other questions than the training part, of the same source: a benchmark is fair only after " +
        "--decontaminate with its file",
    );
  }
  const trained = await trainStudent(folder.path, student!, settings, terminal);
  const contenders: Contender[] = [];
  const named = await contendersOf(student!, trained, settings, terminal);
  const journal = { around: cache(folder.store, { keepFailures: true }), close: () => Promise.resolve() };
  const opened = await openModels(named, terminal, journal);
  try {
    for (const [i, { name, parameters }] of named.entries()) {
      const { model, concurrency } = opened.models[i]!;
      const evaluation = await evaluate(
        questions,
        { ...askedOnce(options), name, concurrency, keepTexts: true },
        model,
        { signal: terminal.signal, secondSignal: terminal.secondSignal },
      );
      if (evaluation.stoppedBy) throw evaluation.stoppedBy;
      contenders.push({ evaluation, parameters });
    }
  } finally {
    await opened.close();
  }
  const report = compareContenders(contenders);
  await terminal.stdout.write(settings.json ? studentJson(report) : studentText(report));
  if (settings.html === undefined) return;
  const { studentPage } = await import("../../output/report/distill-page.ts");
  const page = studentPage(folder.path, report, await readCurve(join(folder.path, "student"), terminal));
  const file = await diskFiles.open(settings.html, "truncate");
  await file.append(page).finally(() => file.close());
}

async function contendersOf(
  student: string,
  trained: string,
  settings: DistillSettings,
  terminal: Terminal,
): Promise<Named[]> {
  const { teacher, model, seed = 1 } = settings;
  const named = async (spec: string, flags: DistillSettings): Promise<Named & { untrained: boolean }> => {
    const name = builtinName(spec);
    const start = name === undefined ? undefined : await readStart(name, seed);
    const parameters = start === undefined ? null : parameterCount(start);
    return { name: spec, settings: flags, parameters, untrained: start?.untrained ?? false };
  };
  const asked = teacher ?? model;
  const first =
    asked === undefined
      ? { name: "teacher", settings, parameters: null }
      : await named(asked, { ...settings, model: asked });
  const before = await named(student, await roleFlags(student, settings, terminal));
  const after = await named(trained, await roleFlags(trained, settings, terminal));
  if (before.untrained)
    notesOf(terminal, settings).note(
      `${student} has random weights: there is nothing to ask before training`,
    );
  return [first, ...(before.untrained ? [] : [before]), after];
}

/** The loss of each step, as the training wrote it. */
async function readCurve(directory: string, terminal: Terminal): Promise<CurvePoint[]> {
  const curve: CurvePoint[] = [];
  try {
    for await (const line of fileLines(join(directory, "log.jsonl"), terminal)) {
      const entry = parseObject(line) as { point?: CurvePoint } & Partial<CurvePoint>;
      const point = entry.point ?? entry;
      if (typeof point.step === "number" && typeof point.value === "number") {
        curve.push({ step: point.step, value: point.value });
      }
    }
  } catch (error) {
    // a student that somebody else trained has no log
    if (!(error instanceof CotError && error.code === "usage")) throw error;
  }
  return curve;
}
