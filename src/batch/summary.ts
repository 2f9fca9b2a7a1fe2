import { CotError, type ErrorCode } from "../errors.ts";
import type { Result } from "../reasoning/result.ts";

/** What came of a run. */
export interface RunSummary {
  /** Results with an answer. */
  answered: number;
  /** Results without one, by what went wrong. */
  failed: Partial<Record<ErrorCode, number>>;
  /** What stopped the run before its end: a signal, a budget, `maxFailures`, the endpoint, a bad line of input. */
  stoppedBy?: CotError;
}

export interface Tally {
  readonly summary: RunSummary;
  /** Counts a settled result; the error that stops the run, once too many have failed. */
  count(result: Result): CotError | undefined;
}

export function createTally(maxFailures = Infinity): Tally {
  const summary: RunSummary = { answered: 0, failed: {} };
  let failures = 0;
  return {
    summary,
    count({ error }) {
      if (!error) {
        summary.answered += 1;
        return undefined;
      }
      failures += 1;
      summary.failed[error.code] = (summary.failed[error.code] ?? 0) + 1;
      if (failures < maxFailures) return undefined;
      // a cap of the user's own: exit 3, like every budget
      return new CotError(
        "budget",
        `stopped after ${failures} failed question${failures === 1 ? "" : "s"}, the last: ${error.message}`,
      );
    },
  };
}
