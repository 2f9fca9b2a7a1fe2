import { exitCode, usageError, type CotError, type ErrorCode } from "../../errors.ts";
import { evaluate, type EvaluateOptions, type Evaluation } from "../../eval/evaluate.ts";
import { duration, statusLine } from "../../output/terminal/status.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { checkQuestions, readQuestions, type ReadOptions, type Survey } from "../../questions/read.ts";
import type { AskOptions } from "../../reasoning/options.ts";
import { readAskOptions } from "../ask-options.ts";
import { notesOf } from "../notes.ts";
import { readOptions } from "../read-options.ts";
import { comparedSettings, type Compared } from "./compared.ts";
import { noteContamination } from "./decontaminated.ts";
import { openJournal, type JournalOptions } from "./journal.ts";
import { openModels, type OpenedModel, type OpenedModels } from "./models.ts";
import { printReport } from "./print.ts";
import type { ChosenScore } from "./run.ts";
import type { EvalSettings } from "./settings.ts";
import { verdictRow, type VerdictRow } from "./verdict-row.ts";
import { writeVerdicts } from "./write-verdicts.ts";

/** `cot eval DATASET`: asks every question, under every setting compared, and prints what was measured. */
export async function evaluateFile(
  path: string,
  settings: EvalSettings,
  chosen: ChosenScore,
  terminal: Terminal,
): Promise<number> {
  const notes = notesOf(terminal, settings);
  const compared = comparedSettings(settings);
  const options = await Promise.all(compared.map((item) => evaluateOptions(item, chosen, notes.note)));
  const reading = readOptions(settings, notes.note);
  const survey = await checkQuestions(path, reading);
  if (chosen.needsGold) await checkGolds(path, reading, survey);
  if (settings.dryRun) {
    const { printForecasts } = await import("./dry-run.ts");
    return printForecasts({ path, reading, survey }, options, compared, terminal);
  }
  await noteContamination(path, compared, notes.note);
  const journal =
    settings.output === undefined ? undefined : await openJournal(settings.output, journalOptions(settings));
  let opened: OpenedModels | undefined;
  try {
    opened = await openModels(compared, terminal, journal);
    const run = { path, reading, survey, settings, terminal };
    const evaluations: Evaluation[] = [];
    const verdicts: object[] = [];
    for (const [i, option] of options.entries()) {
      const label = compared.length > 1 ? { name: option.name } : {};
      const onVerdict = (row: VerdictRow): void => void verdicts.push({ ...row, ...label });
      const evaluation = await evaluateOne(option, opened.models[i]!, run, onVerdict);
      evaluations.push(evaluation);
      if (evaluation.stoppedBy) break;
    }
    chosen.conclude();
    if (settings.output !== undefined) await writeVerdicts(settings.output, verdicts as VerdictRow[]);
    return await conclude(path, evaluations, settings, terminal);
  } finally {
    await opened?.close();
    await journal?.close();
  }
}

function journalOptions({ fresh, retryFailed }: EvalSettings): JournalOptions {
  return { fresh: fresh === true, retryFailed: retryFailed === true };
}

async function evaluateOptions(
  { name, settings }: Compared,
  { score, needsGold }: ChosenScore,
  note: (text: string) => void,
): Promise<EvaluateOptions> {
  const options: AskOptions = await readAskOptions(settings, note);
  return {
    ...options,
    name,
    // a policy with samples is self-consistency: its vote is what it answers
    asOne: settings.samples === undefined && settings.policy !== undefined && (options.samples ?? 1) > 1,
    needsGold,
    ...(score ? { score } : {}),
    ...(settings.maxFailures === undefined ? {} : { maxFailures: settings.maxFailures }),
    keepTexts: settings.html !== undefined,
  };
}

interface Run {
  path: string;
  reading: ReadOptions;
  survey: Survey;
  settings: EvalSettings;
  terminal: Terminal;
}

async function evaluateOne(
  options: EvaluateOptions,
  { model, concurrency }: OpenedModel,
  { path, reading, survey, settings, terminal }: Run,
  onVerdict: (row: VerdictRow) => void,
): Promise<Evaluation> {
  const status = statusLine(terminal.stderr);
  const startedAt = terminal.now();
  let done = 0;
  let right = 0;
  if (!settings.quiet) {
    status.start(() => {
      const accuracy = done === 0 ? "" : ` · ${((100 * right) / done).toFixed(1)} % right`;
      const elapsed = duration(terminal.now() - startedAt);
      return `${options.name}: ${String(done)} of ${String(survey.questions)}${accuracy} · ${elapsed}`;
    });
  }
  try {
    const questions = readQuestions({ path }, { ...reading, onNotice: undefined }, survey);
    return await evaluate(questions, { ...options, concurrency }, model, {
      signal: terminal.signal,
      secondSignal: terminal.secondSignal,
      onGraded: (graded) => {
        done++;
        right += graded.samples.reduce((sum, { score }) => sum + score, 0) / graded.samples.length;
        onVerdict(verdictRow(graded));
      },
    });
  } finally {
    status.stop();
  }
}

/** Prints what was measured; what stopped the run wins over failed questions, those over a low accuracy. */
async function conclude(
  path: string,
  evaluations: readonly Evaluation[],
  settings: EvalSettings,
  terminal: Terminal,
): Promise<number> {
  const notes = notesOf(terminal, settings);
  const stopped: CotError | undefined = evaluations.find(({ stoppedBy }) => stoppedBy)?.stoppedBy;
  if (stopped) notes.error(stopped);
  if (evaluations.every(({ questions }) => questions.length === 0)) {
    if (stopped) return exitCode(stopped.code);
    throw usageError(`${path}: no question is left that could be graded`);
  }
  const verdict = await printReport(path, evaluations, settings, terminal);
  if (stopped) return exitCode(stopped.code);
  return evaluations.some(hasBrokenQuestion) ? 3 : verdict;
}

/** A question that the endpoint failed; one that was answered badly, or not at all, has been measured. */
function hasBrokenQuestion({ questions }: Evaluation): boolean {
  const measured = new Set<ErrorCode | undefined>(["no_answer", "truncated", "schema", "outside"]);
  return questions.some(({ samples }) =>
    samples.every(
      ({ sample }) => sample.answer === undefined && sample.error && !measured.has(sample.error.code),
    ),
  );
}

async function checkGolds(path: string, reading: ReadOptions, survey: Survey): Promise<void> {
  for await (const { id, gold } of readQuestions({ path }, { ...reading, onNotice: undefined }, survey)) {
    if (gold !== undefined) continue;
    throw usageError(
      `${path}: question ${id} has no right answer to grade against`,
      "put it into `answer` (or name its field with --answer-field), or grade with --reward",
    );
  }
}
