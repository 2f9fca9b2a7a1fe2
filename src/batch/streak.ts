import { CotError } from "../errors.ts";
import type { Failure, Result } from "../reasoning/result.ts";
import { stopsRun } from "../models/unavailable.ts";

/** Temporary failures in a row that mean the endpoint is down, not the questions hard. */
const downAfter = 16;

/** What a result says about the run. */
export type Judgement =
  /** These are settled: this one, and failures that were held back before it. */
  | { type: "settled"; results: Placed[] }
  /** A temporary failure; whether it is the question's or the endpoint's is not known yet. */
  | { type: "held" }
  /** The run is over; what was held back has no result. */
  | { type: "stop"; error: CotError };

export interface Placed {
  result: Result;
  position: number;
}

/**
 * Tells a failed question from a failed endpoint: 16 temporary failures in a row, or nothing else in the whole input,
 * are the endpoint's.
 */
export interface Streak {
  judge(placed: Placed): Judgement;
  /** At the end of the input: what was held back, or the error that it amounts to. */
  end(): Judgement;
  /** Results that a stop for another reason has to settle. */
  release(): Placed[];
}

/** @param isReplay results that were not asked for just now say nothing about the endpoint */
export function createStreak(isReplay: (result: Result) => boolean): Streak {
  let held: Placed[] = [];
  let settledAny = false;
  const release = (): Placed[] => {
    const results = held;
    held = [];
    return results;
  };
  return {
    judge(placed) {
      const { error } = placed.result;
      if (error && endsRun(error)) return { type: "stop", error: toCotError(error) };
      if (error?.retryable === true && !isReplay(placed.result)) {
        held.push(placed);
        if (held.length < downAfter) return { type: "held" };
        return { type: "stop", error: endpointDown(error, held.length) };
      }
      settledAny = true;
      if (isReplay(placed.result)) return { type: "settled", results: [placed] };
      return { type: "settled", results: [...release(), placed] };
    },
    end() {
      const last = held.at(-1);
      if (last?.result.error && !settledAny) {
        return { type: "stop", error: endpointDown(last.result.error, held.length) };
      }
      return { type: "settled", results: release() };
    },
    release,
  };
}

/** Not the question's fault, and no later question would fare better. */
function endsRun(error: Failure): boolean {
  return ["budget", "interrupted", "terminated", "output"].includes(error.code) || stopsRun(error);
}

function toCotError(error: Failure): CotError {
  return new CotError(error.code, error.message, error);
}

function endpointDown(error: Failure, count: number): CotError {
  const message =
    count === 1 ? error.message : `${count} questions in a row failed, the last: ${error.message}`;
  return new CotError(error.code, message, {
    ...error,
    hint: error.hint ?? "The endpoint seems to be down; the same command goes on later.",
  });
}
