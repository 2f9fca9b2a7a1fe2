import type { ModelEvent } from "./model.ts";

/** Events on their way from a callback to the one reader of an async iterable. */
export interface EventQueue {
  push(event: ModelEvent): void;
  end(): void;
  /** The reader gets what was pushed before, then the error. */
  fail(error: unknown): void;
  drain(): AsyncGenerator<ModelEvent, void>;
}

export function createEventQueue(): EventQueue {
  let pending: ModelEvent[] = [];
  let closed = false;
  let failure: { error: unknown } | undefined;
  let wake = () => {};
  return {
    push(event) {
      pending.push(event);
      wake();
    },
    end() {
      closed = true;
      wake();
    },
    fail(error) {
      failure = { error };
      wake();
    },
    async *drain() {
      for (;;) {
        const events = pending;
        pending = [];
        yield* events;
        if (pending.length > 0) continue;
        if (failure !== undefined) throw failure.error;
        if (closed) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
