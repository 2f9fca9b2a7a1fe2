import type { CotError, ErrorCode } from "../errors.ts";
import type { Question } from "../questions/question.ts";
import type { Result } from "../reasoning/result.ts";

/** Answers one question. A failed one is a result with `error`; what is thrown stops the run. */
export type AskOne = (question: Question, signal: AbortSignal) => Promise<Result>;

export interface RunOptions {
  /** Questions in progress at once, asked anew at every start: the limiter of requests stands behind it. */
  concurrency: number | (() => number);
  /** In the order of the questions (default), or as they finish. */
  ordered?: boolean;
  /** Stop once so many questions have failed. */
  maxFailures?: number;
  /** Aborted: start no further question, wait up to `graceMs` for those in progress. */
  signal?: AbortSignal;
  /** Aborted: drop what is in progress. */
  secondSignal?: AbortSignal;
  /** Default 10,000. */
  graceMs?: number;
  /** True for a result that was not asked for just now: it says nothing about the endpoint. */
  isReplay?: (result: Result) => boolean;
  onEvent?: (event: RunEvent) => void;
}

export type RunEvent =
  /** A question has been taken from the input and is being asked. */
  | { type: "question-start"; question: Question }
  /** It has its result, answered or failed. Results may be written later than this, in order. */
  | { type: "question-done"; result: Result };

export interface RunSummary {
  /** Results with an answer. */
  answered: number;
  /** Results without one, by what went wrong. */
  failed: Partial<Record<ErrorCode, number>>;
  /** What stopped the run before its end: a signal, a budget, `maxFailures`, the endpoint, a bad line of input. */
  stoppedBy?: CotError;
}

/**
 * Asks every question and hands each result to `write`, one at a time. Questions are pulled as there is room for
 * them, so that memory does not grow with the input; results that wait for an earlier one (10,000 at most) wait on
 * disk. An endpoint that is wholly down stops the run: a refused key or an unknown model at its first reply, 16
 * temporary failures in a row (or nothing else in the whole input) once the retries are spent; questions that failed
 * only so leave no result.
 * @throws what `write` throws, and bugs
 */
export function runBatch(
  questions: AsyncIterable<Question>,
  askOne: AskOne,
  write: (result: Result) => void | Promise<void>,
  options: RunOptions,
): Promise<RunSummary> {
  void questions;
  void askOne;
  void write;
  void options;
  return Promise.reject(new Error("not yet"));
}

/** The run's exit code: what stopped it, else 3 where a question has no answer, else 0. */
export function runExitCode(summary: RunSummary): number {
  void summary;
  return 0;
}
