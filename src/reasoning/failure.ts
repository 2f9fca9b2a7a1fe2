import { CotError, type ErrorCode } from "../errors.ts";
import type { Failure } from "./result.ts";

/** What stops a question as a whole: more samples would meet the same end, or the user wants no more. */
const stopping = new Set<ErrorCode>(["interrupted", "terminated", "budget", "key", "quota", "output"]);

/**
 * An error as data.
 * @throws the error itself where it is a bug or wrong usage, which no result may hide
 */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof CotError) || error.code === "usage") throw error;
  return {
    code: error.code,
    message: error.message,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error.status === undefined ? {} : { status: error.status }),
    retryable: error.retryable,
  };
}

/** True where the question fails although some of its samples may have answers. */
export function stopsQuestion(failure: Failure): boolean {
  return stopping.has(failure.code);
}
