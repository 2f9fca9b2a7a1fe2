import { openJournal, type Journal } from "../batch/journal.ts";
import { answerFrom, resumeFrom, type Resumed } from "../batch/resume.ts";
import { runBatch, runExitCode, type RunEvent } from "../batch/run.ts";
import { runSettings } from "../batch/settings.ts";
import { memoryStore } from "../models/memory-store.ts";
import type { Model } from "../models/model.ts";
import type { CompletionStore } from "../models/store.ts";
import type { FormatName } from "../output/formats/format.ts";
import { group, runProgress } from "../output/terminal/progress.ts";
import type { Terminal } from "../output/terminal/terminal.ts";
import type { Question } from "../questions/question.ts";
import type { Survey } from "../questions/read.ts";
import { ask } from "../reasoning/ask.ts";
import type { AskOptions } from "../reasoning/options.ts";
import type { Result } from "../reasoning/result.ts";
import type { SettingsOf } from "./flags/flag.ts";
import type { generalFlags } from "./flags/model.ts";
import type { resultFlags } from "./flags/results.ts";
import { notesOf } from "./notes.ts";
import type { OpenedModel, ResolvedModel } from "./open-model.ts";
import { openReasoningFile, type ReasoningFile } from "./reasoning-file.ts";
import { isStream, openSink } from "./result-sink.ts";
import { verdictMissed } from "./verdict.ts";

type RunFlags = SettingsOf<(typeof resultFlags)["flags"]> &
  SettingsOf<(typeof generalFlags)["flags"]> & { expect?: string };

export interface QuestionsRun {
  questions: AsyncIterable<Question>;
  /** What is known of a file beforehand. */
  survey?: Survey;
  options: AskOptions;
  opened: OpenedModel;
  format: FormatName;
  settings: RunFlags;
  /**
   * Fills the store with answers that come in files; then nothing is asked.
   * @returns a model that says why a question has no answer
   */
  fill?: (store: CompletionStore) => Promise<Model>;
  /** False for the one question that was given as words: text then does not name it. */
  several?: boolean;
  /** Called with each result when it has been written. */
  onResult?: (result: Result) => void;
}

/** More questions than this, and kept nowhere, deserve a word. */
const worthKeeping = 100;

/**
 * Many questions: asked, several at a time, and written in the form asked for, to stdout or to a file with its
 * journal.
 * @returns the exit code
 */
export async function runQuestions(run: QuestionsRun, terminal: Terminal): Promise<number> {
  // the built-in model computes, and needs all the help it can get
  if (run.opened.spec.provider !== "builtin") terminal.compiler.calm();
  const journal = await journalOf(run, terminal);
  try {
    const asking = await asker(run, journal);
    const reasoningFile = await openReasoningFile(run.settings.reasoningTo);
    try {
      return await askAll(run, asking, journal, reasoningFile, terminal);
    } finally {
      await reasoningFile?.close();
    }
  } finally {
    await journal?.close();
    await run.opened.close();
  }
}

async function askAll(
  run: QuestionsRun,
  { askOne, isReplay, replay }: Resumed,
  journal: Journal | undefined,
  reasoningFile: ReasoningFile | undefined,
  terminal: Terminal,
): Promise<number> {
  const { questions, survey, options, opened, settings, several = true } = run;
  const notes = notesOf(terminal, settings);
  const sink = await openSink(run.format, several, settings.output, journal?.view, terminal);
  const requests = requestsAtOnce(opened);
  const progress = runProgress(terminal.stderr, {
    total: survey?.questions,
    now: () => terminal.now(),
    concurrency: requests,
    isNew: (result) => run.fill !== undefined || !isReplay(result),
    quiet: settings.quiet === true,
  });
  let missed = 0;
  let firstFailed: Result | undefined;
  const write = async (result: Result): Promise<void> => {
    // on a terminal the live line and the results share the screen
    if (settings.output === undefined) progress.clear();
    await sink.write(result);
    await reasoningFile?.add(result, several);
    run.onResult?.(result);
    if (result.error) firstFailed ??= result;
    else if (verdictMissed(result, options, settings.expect, () => undefined)) missed += 1;
  };
  let started = 0;
  const onEvent = (event: RunEvent): void => {
    if (event.type === "question-start" && ++started === worthKeeping + 1 && settings.output === undefined) {
      notes.note("without -o nothing is kept: an interruption loses what is not printed yet");
    }
    progress.onEvent(event);
  };
  try {
    const summary = await runBatch(questions, askOne, write, {
      concurrency: () => questionsAtOnce(requests()),
      beforeFirstAnswer: () => Math.floor(requests() ?? 16),
      ordered: settings.unordered !== true,
      signal: terminal.signal,
      secondSignal: terminal.secondSignal,
      isReplay,
      onEvent,
      ...(settings.maxFailures === undefined ? {} : { maxFailures: settings.maxFailures }),
      onTooManyFailures: (reason) => opened.halt?.(reason),
    });
    if (!summary.stoppedBy) await sink.finish();
    // of a pipe the questions are gone: its output is written anew by the run that goes on
    else if (survey && !terminal.secondSignal.aborted) await sink.rebuild(replayed(questions, replay));
    progress.stop();
    if (summary.stoppedBy) notes.error(summary.stoppedBy);
    else if (several && firstFailed?.error)
      notes.note(`question ${firstFailed.question.id}: ${firstFailed.error.message}`);
    if (started > 0) notes.note(progress.summary());
    if (missed > 0) notes.note(`${missed} ${missed === 1 ? "misses" : "miss"} --expect or --min-agreement`);
    return runExitCode(summary) || (missed > 0 ? 1 : 0);
  } finally {
    progress.stop();
  }
}

async function* replayed(
  questions: AsyncIterable<Question>,
  replay: Resumed["replay"],
): AsyncGenerator<Result> {
  for await (const question of questions) {
    const result = await replay(question);
    if (result) yield result;
  }
}

async function asker(
  { options, opened, settings, fill }: QuestionsRun,
  journal: Journal | undefined,
): Promise<Resumed> {
  const askWith = (question: Question, through: Model, signal?: AbortSignal): Promise<Result> =>
    ask(question, options, through, signal === undefined ? {} : { signal });
  const store = journal?.store ?? (fill && memoryStore());
  if (store === undefined) {
    return {
      askOne: (question, signal) => askWith(question, opened.model, signal),
      isReplay: () => false,
      replay: () => Promise.resolve(undefined),
    };
  }
  if (fill) return answerFrom(store, await fill(store), askWith);
  return resumeFrom(store, opened.model, askWith, {
    retryFailed: settings.retryFailed === true,
    mayHold: journal !== undefined && journal.found > 0,
  });
}

/** Questions in progress: some wait for a retry, or for their replies to reach the disk, without holding a slot. */
export function questionsAtOnce(requests: number | undefined): number {
  return requests === undefined ? 64 : Math.ceil(requests * 1.25) + 8;
}

function requestsAtOnce({ spec, settings }: ResolvedModel): () => number | undefined {
  return () => (spec.provider === "builtin" ? undefined : settings.concurrencyLaw?.limit);
}

async function journalOf(
  { survey, options, opened, settings }: QuestionsRun,
  terminal: Terminal,
): Promise<Journal | undefined> {
  const { output } = settings;
  if (output === undefined || (await isStream(output))) return undefined;
  const journal = await openJournal(
    output,
    runSettings(options, opened.model, survey?.fingerprint, opened.settings.baseUrl),
    { fresh: settings.fresh === true },
  );
  if (journal.found > 0) {
    const replies = journal.found === 1 ? "1 reply is" : `${group(journal.found)} replies are`;
    notesOf(terminal, settings).note(`going on with ${output}: ${replies} in its journal`);
  }
  return journal;
}
