import { CotError } from "../errors.ts";

/** Ctrl-C and SIGTERM differ in their exit code: the error says which it was. */
export function stoppedBy(error: unknown, signal: AbortSignal | undefined): unknown {
  const reason: unknown = signal?.reason;
  if (!(error instanceof CotError) || error.code !== "interrupted" || !(reason instanceof CotError))
    return error;
  return new CotError(reason.code, error.message, error.hint === undefined ? {} : { hint: error.hint });
}
