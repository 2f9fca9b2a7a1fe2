import { setImmediate } from "node:timers/promises";
import { createBatch, type DecodeRequest, type Decoded } from "./decode.ts";
import type { Network } from "./network.ts";

/** Decodes in the background: requests that arrive together are decoded together. */
export interface Engine {
  /** Sequences that are not finished. */
  readonly size: number;
  /** @throws the signal's reason once it is aborted, within a step */
  decode(request: DecodeRequest, signal?: AbortSignal): Promise<Decoded>;
}

/** An engine on this thread; it lets others have the thread after every step (a few milliseconds at most). */
export function createEngine(network: Network): Engine {
  const batch = createBatch(network);
  const failures = new Set<(error: unknown) => void>();
  let running = false;

  async function run(): Promise<void> {
    running = true;
    try {
      // what else is asked in the same turn joins the first step
      for (await setImmediate(); batch.size > 0; await setImmediate()) batch.step();
    } catch (error) {
      for (const fail of failures) fail(error);
    } finally {
      running = false;
    }
  }

  return {
    get size() {
      return batch.size;
    },
    async decode(request, signal) {
      signal?.throwIfAborted();
      let onAbort: (() => void) | undefined;
      let fail: ((error: unknown) => void) | undefined;
      try {
        return await new Promise<Decoded>((resolve, reject) => {
          const remove = batch.add(request, resolve);
          fail = (error) => {
            remove();
            reject(error as Error);
          };
          failures.add(fail);
          onAbort = () => fail?.(signal?.reason);
          signal?.addEventListener("abort", onAbort);
          if (!running) void run();
        });
      } finally {
        failures.delete(fail!);
        if (onAbort !== undefined) signal?.removeEventListener("abort", onAbort);
      }
    },
  };
}
