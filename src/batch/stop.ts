import { setMaxListeners } from "node:events";

import { CotError } from "../errors.ts";

/** When and why a run ends early: first nothing more is started, then what is in progress is dropped. */
export interface Stop {
  /** What stopped the run; undefined while it goes on. */
  readonly reason: CotError | undefined;
  /** True once what is in progress has been dropped. */
  readonly dropped: boolean;
  /**
   * Something is in progress; its signal is aborted when it is to be dropped. Each has its own: a signal that hundreds
   * of requests listen to takes ever longer to be listened to.
   */
  begin(): AbortController;
  end(controller: AbortController): void;
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
  const inProgress = new Set<AbortController>();
  let dropped = false;
  let reason: CotError | undefined;
  let grace: NodeJS.Timeout | undefined;

  const stop = (why: CotError): void => {
    reason ??= why;
    onChange();
  };
  const drop = (why: CotError): void => {
    stop(why);
    dropped = true;
    for (const controller of inProgress) controller.abort(why);
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
    get dropped() {
      return dropped;
    },
    begin() {
      const controller = new AbortController();
      // a question may have any number of samples in flight
      setMaxListeners(0, controller.signal);
      inProgress.add(controller);
      return controller;
    },
    end(controller) {
      inProgress.delete(controller);
    },
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
