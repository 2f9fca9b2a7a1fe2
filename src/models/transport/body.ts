import type http from "node:http";

import type { Watch } from "./silence.ts";

/** How long a reply may take to end once its reader has what it wants. */
const longestEndMs = 250;
/** Chunks that wait for a slow reader; beyond them the server has to wait. */
const mostWaiting = 64;

/**
 * A reply's bytes while they arrive; to be called as soon as its head is there. It takes them by their events: a stream's
 * own iterator costs more than all else that is done with a short reply.
 */
export function receivedBytes(incoming: http.IncomingMessage, watch: Watch): AsyncIterable<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let ended = false;
  let failure: Error | undefined;
  let wake: () => void = () => undefined;
  const news = (): Promise<void> => new Promise((resolve) => (wake = resolve));

  function take(chunk: Uint8Array): void {
    chunks.push(chunk);
    if (chunks.length >= mostWaiting) incoming.pause();
    wake();
  }

  incoming
    .on("data", take)
    .on("error", (error) => {
      failure = error;
      wake();
    })
    .on("end", () => {
      ended = true;
      wake();
    })
    .on("close", () => {
      if (!ended) failure ??= Object.assign(new Error("aborted"), { code: "ECONNRESET" });
      wake();
    });

  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const chunk = chunks.shift();
        if (chunk !== undefined) yield chunk;
        else if (failure !== undefined) throw failure;
        else if (ended) return;
        else {
          if (incoming.isPaused()) incoming.resume();
          watch.wait();
          await news();
          watch.heard();
        }
      }
    } finally {
      if (!ended && failure === undefined) await rest();
    }
  }

  /** A reader that stops early leaves nothing but the end behind, as a rule: with that, the connection serves again. */
  async function rest(): Promise<void> {
    const timer = setTimeout(() => incoming.destroy(), longestEndMs);
    incoming.off("data", take).resume();
    while (!ended && failure === undefined) await news();
    clearTimeout(timer);
  }

  return read();
}
