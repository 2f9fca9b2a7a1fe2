import type { ServerResponse } from "node:http";
import type { Reply, ServerOptions } from "./script.ts";

/** Counts requests under way, and refuses those over a cap. */
export interface Gate {
  /** A refusal, or undefined where the request is let in. */
  enter(outgoing: ServerResponse): Reply | undefined;
  readonly inFlight: number;
  readonly maxInFlight: number;
}

export function createGate(options: ServerOptions, startedAt: number): Gate {
  let inFlight = 0;
  let maxInFlight = 0;
  const perMs = (options.rpm ?? 0) / 60_000;
  // a second's share may come at once
  const burst = Math.max(1, perMs * 1000);
  let tokens = burst;
  let filledAt = startedAt;

  function refusal(message: string): Reply {
    return {
      status: 429,
      error: { message, type: "requests", code: "rate_limit_exceeded" },
      ...(options.refusalHeaders === undefined ? {} : { headers: options.refusalHeaders }),
    };
  }

  return {
    enter(outgoing) {
      if (options.maxConcurrent !== undefined && inFlight >= options.maxConcurrent) {
        return refusal(`Too many requests at once: the limit is ${String(options.maxConcurrent)}.`);
      }
      if (options.rpm !== undefined) {
        const now = performance.now();
        tokens = Math.min(burst, tokens + (now - filledAt) * perMs);
        filledAt = now;
        if (tokens < 1) return refusal(`Rate limit reached: ${String(options.rpm)} requests a minute.`);
        tokens--;
      }
      maxInFlight = Math.max(maxInFlight, ++inFlight);
      outgoing.once("close", () => inFlight--);
      return undefined;
    },
    get inFlight() {
      return inFlight;
    },
    get maxInFlight() {
      return maxInFlight;
    },
  };
}
