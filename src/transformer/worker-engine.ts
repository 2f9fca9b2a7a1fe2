import { Worker } from "node:worker_threads";
import type { DecodeRequest, Decoded } from "./decode.ts";
import type { Engine } from "./engine.ts";

/** To the thread: a request, or that one is not wanted any more. */
export type Order =
  { id: number; request: Omit<DecodeRequest, "onToken"> } | { id: number; request?: undefined };

/** From the thread. */
export type Reply = { id: number } & Outcome;
type Outcome = { decoded: Decoded } | { error: unknown };

/**
 * An engine on a thread of its own. It keeps the process alive only while it has something to do.
 * @param file the thread's program (`decode-worker.ts`, built)
 * @param directory of the model
 */
export function openWorkerEngine(file: string, directory: string): Engine {
  const worker = new Worker(file, { workerData: directory });
  const waiting = new Map<number, (outcome: Outcome) => void>();
  let broken: { error: unknown } | undefined;
  let next = 0;
  worker.unref();
  worker.on("message", ({ id, ...outcome }: Reply) => waiting.get(id)?.(outcome));
  worker.on("error", (error) => {
    broken = { error };
    for (const end of waiting.values()) end(broken);
  });
  const send = (order: Order): void => worker.postMessage(order);

  return {
    get size() {
      return waiting.size;
    },
    async decode(request, signal) {
      signal?.throwIfAborted();
      if (broken !== undefined) throw broken.error;
      const id = next++;
      let onAbort = (): void => undefined;
      worker.ref();
      try {
        return await new Promise<Decoded>((resolve, reject) => {
          const end = (outcome: Outcome): void => {
            if ("decoded" in outcome) resolve(outcome.decoded);
            else reject(outcome.error as Error);
          };
          waiting.set(id, end);
          onAbort = () => {
            send({ id });
            end({ error: signal?.reason });
          };
          signal?.addEventListener("abort", onAbort);
          send({ id, request });
        });
      } finally {
        signal?.removeEventListener("abort", onAbort);
        waiting.delete(id);
        if (waiting.size === 0) worker.unref();
      }
    },
  };
}
