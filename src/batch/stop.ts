import { setMaxListeners } from "node:events";

import { CotError } from "../errors.ts";

/** When and why a run ends early: first nothing more is started, then what is in progress is dropped. */
export interface Stop {
  /** What stopped the run; undefined while it goes on. */
  readonly reason: CotError | undefined;
  /** Aborted when what is in progress is to be dropped. */
  readonly dropping: AbortSignal;
  /** Start nothing more. Only the first reason counts. */
  stop(reason: CotError): void;
  /** Start nothing more, and drop what is in progress. */
  drop(reason: CotError): void;
  dispose(): void;
}

export interface StopOptions {
  /** Aborted: stop, and drop what is in progress after `graceMs`. */
  signal?: AbortSignal;
  /** Aborted: drop it now. */
  secondSignal?: AbortSignal;
  /** Default 10,000. */
  graceMs?: number;
}

/** @param onChange called at every step */
export function createStop(options: StopOptions, onChange: () => void): Stop {
  const { signal, secondSignal, graceMs = 10_000 } = options;
  const dropping = new AbortController();
  // every request in progress listens
  setMaxListeners(0, dropping.signal);
  let reason: CotError | undefined;
  let grace: NodeJS.Timeout | undefined;

  const stop = (why: CotError): void => {
    reason ??= why;
    onChange();
  };
  const drop = (why: CotError): void => {
    stop(why);
    dropping.abort(why);
    onChange();
  };
  const onSignal = (): void => {
    const why = reasonOf(signal);
    // nobody reads the output any more: nothing is worth waiting for
    if (why.code === "output") return drop(why);
    stop(why);
    grace = setTimeout(drop, graceMs, why);
  };
  const onSecond = (): void => drop(reasonOf(secondSignal));

  if (signal?.aborted) onSignal();
  else signal?.addEventListener("abort", onSignal, { once: true });
  if (secondSignal?.aborted) onSecond();
  else secondSignal?.addEventListener("abort", onSecond, { once: true });
  return {
    get reason() {
      return reason;
    },
    dropping: dropping.signal,
    stop,
    drop,
    dispose() {
      clearTimeout(grace);
      signal?.removeEventListener("abort", onSignal);
      secondSignal?.removeEventListener("abort", onSecond);
    },
  };
}

function reasonOf(signal: AbortSignal | undefined): CotError {
  const reason: unknown = signal?.reason;
  return reason instanceof CotError ? reason : new CotError("interrupted", "interrupted", { cause: reason });
}
