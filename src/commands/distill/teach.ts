import type { Distilled, DistillEvent, DistillHooks } from "../../distill/distill.ts";
import { distill } from "../../distill/distill.ts";
import { exitCode } from "../../errors.ts";
import { runProgress } from "../../output/terminal/progress.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import type { Result } from "../../reasoning/result.ts";
import type { Question } from "../../questions/question.ts";
import { checkQuestions, readQuestions } from "../../questions/read.ts";
import { counted } from "../counted.ts";
import { notesOf } from "../notes.ts";
import { readOptions } from "../read-options.ts";
import { openFolder, type Folder } from "./folder.ts";
import { openJudge } from "./judge.ts";
import { readTraces } from "./from.ts";
import { printDistilled } from "./print.ts";
import { distillOptions, sourceHashes, type ChosenOptions, type DistillSettings } from "./settings.ts";
import { openTeacher, type Teacher } from "./teacher.ts";

/**
 * Collects the traces, from a teacher or from a file, and writes the data set.
 * @param questions the file of questions; undefined with `--from`
 * @returns the exit code
 */
export async function teach(
  questions: string | undefined,
  settings: DistillSettings,
  terminal: Terminal,
): Promise<number> {
  const notes = notesOf(terminal, settings);
  const options = await distillOptions(settings, notes.note);
  if (settings.dryRun) return printPlan(questions, options, settings, terminal);
  // what is wrong with the input, the model or the key is said before a folder is made
  const collect =
    questions === undefined
      ? await fromFile(settings.from!, options, settings, terminal)
      : await fromTeacher(questions, options, settings, terminal);
  const folder = await openFolder(settings.output!, settings.fresh);
  try {
    const distilled = await collect(folder);
    await printDistilled(distilled, settings, terminal);
    if (distilled.stoppedBy) notes.error(distilled.stoppedBy);
    if (distilled.stoppedBy) return exitCode(distilled.stoppedBy.code);
    if (distilled.counts.kept === 0) return 3;
    if (settings.studentPolicy !== undefined) {
      const { writeStudentPolicy } = await import("./student-policy.ts");
      await writeStudentPolicy(settings.studentPolicy, folder, options, settings, terminal);
    }
    if (settings.evaluate) {
      const { evaluateStudent } = await import("./evaluate.ts");
      await evaluateStudent(folder, options, settings, terminal);
    }
    return distilled.failed > 0 ? 3 : 0;
  } finally {
    await folder.close();
  }
}

type Collect = (folder: Folder) => Promise<Distilled>;

async function fromFile(
  path: string,
  options: ChosenOptions,
  settings: DistillSettings,
  terminal: Terminal,
): Promise<Collect> {
  const answered = await readTraces(path, settings, terminal);
  const hashes = await sourceHashes(path, options);
  const { judging, close } = await openJudge(settings, terminal);
  return ({ path: folder, store }) =>
    distill(folder, { answered }, judging({ ...options, hashes }, store)).finally(close);
}

async function fromTeacher(
  path: string,
  options: ChosenOptions,
  settings: DistillSettings,
  terminal: Terminal,
): Promise<Collect> {
  const reading = readOptions(settings, notesOf(terminal, settings).note);
  const survey = await checkQuestions(path, reading);
  const teacher = await openTeacher(settings, terminal);
  const judge = await openJudge(settings, terminal);
  const questions = readQuestions({ path }, { ...reading, onNotice: undefined }, survey);
  const hashes = await sourceHashes(path, options);
  return (folder) =>
    askTeacher(
      teacher,
      folder,
      { questions, count: survey.questions },
      judge.judging({ ...options, hashes }, folder.store),
      settings,
      terminal,
    ).finally(judge.close);
}

async function askTeacher(
  teacher: Teacher,
  folder: Folder,
  { questions, count }: { questions: AsyncIterable<Question>; count: number },
  options: ChosenOptions,
  settings: DistillSettings,
  terminal: Terminal,
): Promise<Distilled> {
  const notes = notesOf(terminal, settings);
  const found = folder.store.keys;
  if (found > 0)
    notes.note(
      `going on with ${folder.path}: ${counted(found, "reply").replace(/ys$/, "ies")} in its journal`,
    );
  const replayed = new WeakSet<Result>();
  const progress = runProgress(terminal.stderr, {
    total: count,
    now: () => terminal.now(),
    concurrency: teacher.requests,
    isNew: (result) => !replayed.has(result),
    quiet: settings.quiet === true,
  });
  const onEvent = (event: DistillEvent): void => {
    if (event.type === "question-done" && event.replayed) replayed.add(event.result);
    if (event.type === "question-start" || event.type === "question-done") progress.onEvent(event);
  };
  const hooks: DistillHooks = { signal: terminal.signal, secondSignal: terminal.secondSignal, onEvent };
  try {
    const distilled = await distill(
      folder.path,
      {
        questions,
        teacher: teacher.model,
        store: folder.store,
        mayHold: found > 0,
        concurrency: teacher.questions,
        retryFailed: settings.retryFailed ?? false,
        ...(settings.maxFailures === undefined ? {} : { maxFailures: settings.maxFailures }),
      },
      options,
      hooks,
    );
    progress.stop();
    notes.note(progress.summary());
    return distilled;
  } finally {
    progress.stop();
    await teacher.close();
  }
}

/** `--dry-run`. */
async function printPlan(
  questions: string | undefined,
  options: ChosenOptions,
  settings: DistillSettings,
  terminal: Terminal,
): Promise<number> {
  const { judgeForecast } = await import("./judge-forecast.ts");
  if (questions === undefined) {
    const answered = await readTraces(settings.from!, settings, terminal);
    const solved = answered.flatMap(({ question, samples }) => samples.map(() => question));
    const judging = await judgeForecast(solved, options, settings, terminal);
    await terminal.stdout.write(`requests 0\n${judging}`);
    return 0;
  }
  const reading = readOptions(settings, notesOf(terminal, settings).note);
  const survey = await checkQuestions(questions, reading);
  const { printForecast } = await import("../batch/dry-run.ts");
  const read = () => readQuestions({ path: questions }, { ...reading, onNotice: undefined }, survey);
  const named = settings.teacher === undefined ? settings : { ...settings, model: settings.teacher };
  const planned = { ...options, everySample: !options.adaptive };
  const code = await printForecast({ questions: read(), survey }, planned, named, terminal);
  async function* solved(): AsyncGenerator<Question> {
    for await (const question of read()) for (let i = 0; i < options.samples; i++) yield question;
  }
  await terminal.stdout.write(await judgeForecast(solved(), options, settings, terminal));
  return code;
}
