import { CotError } from "../../errors.ts";
import { AskAgain } from "../api-errors.ts";
import type { Model, ModelEvent, ModelRequest } from "../model.ts";
import type { Middleware } from "../settings.ts";

export interface RetryOptions {
  /** Further attempts after the first; 0 or more. */
  retries: number;
  /** Aborted: no further attempt is waited for. */
  stop?: AbortSignal | undefined;
  onNotice: (notice: string) => void;
  now: () => number;
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  random: () => number;
}

const firstDelayMs = 500;
const longestDelayMs = 30_000;
/** An endpoint that asks for more is worth asking again, but not by waiting here. */
const longestRetryAfterMs = 600_000;
/** A wait longer than this is said. */
const quietWaitMs = 2000;

/**
 * Asks again after temporary failures: waits that double, with jitter, capped, never shorter than the endpoint asked
 * for, and ended at once by the signal. A live request is not made again once a delta has been passed on, for what was
 * shown cannot be taken back; any other request passes on no deltas, only its end.
 */
export function retry(options: RetryOptions): Middleware {
  /** Until when somebody is known to wait: many questions that wait together are told once. */
  let saidUntil = -Infinity;

  function say(error: CotError, waitMs: number, attempt: number): void {
    if (waitMs <= quietWaitMs || options.now() < saidUntil) return;
    saidUntil = options.now() + waitMs;
    const seconds = Math.ceil(waitMs / 1000);
    options.onNotice(
      `${error.message}; waiting ${String(seconds)} s (retry ${String(attempt)} of ${String(options.retries)})`,
    );
  }

  async function* generate(
    model: Model,
    request: ModelRequest,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<ModelEvent> {
    for (let attempt = 1; ;) {
      let shown = false;
      try {
        for await (const event of model.generate(request, signal)) {
          if (event.type === "finish") {
            yield event;
            return;
          }
          if (!request.live) continue;
          shown = true;
          yield event;
        }
        throw new CotError("network", `${model.endpoint}: the reply ended without its end`);
      } catch (error) {
        if (!(error instanceof CotError) || shown) throw error;
        if (error instanceof AskAgain && error.reason === "amended") continue;
        const waitMs = delay(error, attempt, options.random);
        if (attempt > options.retries || waitMs === undefined) throw error;
        say(error, waitMs, attempt);
        await options.sleep(waitMs, either(signal, options.stop));
        attempt++;
      }
    }
  }

  return (model) => ({
    id: model.id,
    endpoint: model.endpoint,
    generate: (request, signal) => generate(model, request, signal),
  });
}

function either(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  return one && other ? AbortSignal.any([one, other]) : (one ?? other);
}

/** Milliseconds to wait before the next attempt; undefined where there should be none. */
export function delay(error: CotError, attempt: number, random: () => number): number | undefined {
  if (!error.retryable && !(error instanceof AskAgain)) return undefined;
  if (error.retryAfterMs === 0) return 0;
  const doubled = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1));
  // half is fixed and half is drawn: spread out, yet never at once
  const jittered = doubled * (0.5 + random() / 2);
  if (error.retryAfterMs === undefined) return jittered;
  if (error.retryAfterMs > longestRetryAfterMs) return undefined;
  // all who were refused together were given the same moment
  return error.retryAfterMs + jittered * 0.25;
}
