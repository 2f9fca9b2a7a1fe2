import { CotError, exitCode } from "../errors.ts";
import type { Question } from "../questions/question.ts";
import type { Result } from "../reasoning/result.ts";
import { createOrder } from "./order.ts";
import { createStop, type StopOptions } from "./stop.ts";
import { createTally, type RunSummary } from "./summary.ts";
import { createStreak, type Judgement, type Placed } from "./streak.ts";

/** Answers one question. A failed one is a result with `error`; what is thrown stops the run. */
export type AskOne = (question: Question, signal: AbortSignal) => Promise<Result>;

export interface RunOptions extends StopOptions {
  /** Questions in progress at once, asked anew at every start: the limiter of requests stands behind it. */
  concurrency: number | (() => number);
  /** The same until the endpoint has answered one of them, which it may never do; default 16. */
  beforeFirstAnswer?: () => number;
  /** In the order of the questions (default), or as they finish. */
  ordered?: boolean;
  /** Stop once so many questions have failed. */
  maxFailures?: number;
  /** Called where they have: what waits for its turn is not to be sent, what is in flight may end. */
  onTooManyFailures?: (reason: CotError) => void;
  /** True for a result that was not asked for just now: it says nothing about the endpoint. */
  isReplay?: (result: Result) => boolean;
  onEvent?: (event: RunEvent) => void;
}

export type RunEvent =
  /** A question has been taken from the input and is being asked. */
  | { type: "question-start"; question: Question }
  /** Its result is settled, answered or failed; it may be written later than this, in order. */
  | { type: "question-done"; result: Result };

/** Results that one slow question may hold back. */
const mostHeld = 10_000;

/** How long what is dropped may take to end. */
const dropMs = 1_000;

/** Until a first answer, how often to look whether there is room for more. */
const lookMs = 25;

/**
 * Asks every question and hands each result to `write`, one at a time. Questions are pulled as there is room for
 * them, so that memory does not grow with the input; results that wait for an earlier one (10,000 at most) wait on
 * disk. An endpoint that is wholly down stops the run: a refused key or an unknown model at its first reply, 16
 * temporary failures in a row (or nothing else in the whole input) once the retries are spent; questions that failed
 * only so leave no result.
 * @throws what `write` throws, and bugs
 */
export async function runBatch(
  questions: AsyncIterable<Question>,
  askOne: AskOne,
  write: (result: Result) => void | Promise<void>,
  options: RunOptions,
): Promise<RunSummary> {
  const { concurrency, ordered = true, isReplay = () => false, beforeFirstAnswer = () => 16 } = options;
  let wake: () => void = () => undefined;
  const changed = (): Promise<void> => new Promise((resolve) => (wake = resolve));
  const stop = createStop(options, () => wake());
  const streak = createStreak(isReplay);
  const order = createOrder<Result>(write);
  const tally = createTally(options.maxFailures);
  let inProgress = 0;
  let answeredOnce = false;
  let unordered: Promise<void> = Promise.resolve();
  let bug: { error: unknown } | undefined;

  const hasRoom = (): boolean => {
    const most = typeof concurrency === "number" ? concurrency : concurrency();
    return inProgress < (answeredOnce ? most : Math.min(most, beforeFirstAnswer())) && order.held < mostHeld;
  };
  const fail = (error: unknown): void => {
    bug ??= { error };
    stop.drop(new CotError("interrupted", "stopped by an error", { cause: error }));
  };
  const settle = ({ result, position }: Placed): void => {
    const tooMany = tally.count(result);
    if (tooMany && !stop.reason) {
      stop.stop(tooMany);
      options.onTooManyFailures?.(tooMany);
    }
    options.onEvent?.({ type: "question-done", result });
    const written = ordered ? order.put(position, result) : (unordered = unordered.then(() => write(result)));
    written.catch(fail);
  };
  const act = (judgement: Judgement): void => {
    if (judgement.type === "settled") judgement.results.forEach(settle);
    if (judgement.type !== "stop") return;
    // at an endpoint that is down there is nothing to wait for; all else lets finish what is paid for
    if (isEndpointDown(judgement.error)) stop.drop(judgement.error);
    else stop.stop(judgement.error);
  };
  const start = async (question: Question, position: number): Promise<void> => {
    inProgress += 1;
    const controller = stop.begin();
    options.onEvent?.({ type: "question-start", question });
    try {
      const result = await askOne(question, controller.signal);
      answeredOnce ||= !result.error && !isReplay(result);
      act(streak.judge({ result, position }));
    } catch (error) {
      fail(error);
    } finally {
      stop.end(controller);
      inProgress -= 1;
      wake();
    }
  };

  const iterator = questions[Symbol.asyncIterator]();
  const nextQuestion = (): Promise<Question | undefined> =>
    new Promise((resolve, reject) => {
      iterator
        .next()
        .then(({ done, value }) => resolve(done === true ? undefined : (value as Question)), reject);
      // an input that waits (a pipe) must not make a stop wait
      wake = () => stop.reason && resolve(undefined);
    });
  const askAll = async (): Promise<void> => {
    for (let position = 0; !stop.reason; position++) {
      const question = await nextQuestion();
      if (question === undefined) return;
      void start(question, position);
      while (!hasRoom() && !stop.reason)
        await (answeredOnce ? changed() : Promise.race([changed(), after(lookMs)]));
    }
  };

  const idle = async (): Promise<void> => {
    while (inProgress > 0) await changed();
  };

  try {
    await askAll().catch((error: unknown) => {
      if (error instanceof CotError && error.code === "usage") stop.stop(error);
      else fail(error);
    });
    while (inProgress > 0 && !stop.dropped) await changed();
    if (inProgress > 0) await Promise.race([idle(), after(dropMs)]);
    if (!stop.reason) act(streak.end());
    else if (!isEndpointDown(stop.reason)) streak.release().forEach(settle);
    await unordered;
    if (ordered && !bug) await order.flush();
  } catch (error) {
    fail(error);
  } finally {
    stop.dispose();
    // not awaited: a pipe's generator ends only with the pipe
    iterator.return?.(undefined).catch(() => undefined);
    await order.close();
  }
  if (bug) throw bug.error;
  return stop.reason ? { ...tally.summary, stoppedBy: stop.reason } : tally.summary;
}

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds).unref());
}

/** True where the endpoint stopped the run: what failed only so has no result. */
function isEndpointDown({ code }: CotError): boolean {
  return [75, 77, 5].includes(exitCode(code));
}

/** The run's exit code: what stopped it, else 3 where a question has no answer, else 0. */
export function runExitCode(summary: RunSummary): number {
  if (summary.stoppedBy) return exitCode(summary.stoppedBy.code);
  return Object.keys(summary.failed).length > 0 ? 3 : 0;
}
