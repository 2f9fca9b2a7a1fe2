import { CotError } from "../../errors.ts";
import type { ModelEvent, ModelRequest } from "../model.ts";
import type { Middleware } from "../settings.ts";
import type { Gate } from "./gate.ts";

/** What one attempt told about the endpoint. */
export interface LimitSample {
  /** When it was sent, milliseconds on the same clock as all other samples. */
  sentAtMs: number;
  /** From sending to its end. */
  latencyMs: number;
  /** Requests in flight when it was sent, itself included. */
  inFlight: number;
  /** `ok`; `refused` (429, 503, 529: too many at once or a minute); `failed` (anything else: tells nothing). */
  outcome: "ok" | "refused" | "failed";
  /** Completion tokens of an answer: latency grows with them, whatever the load. */
  completionTokens?: number;
  /** What a refusal asked for. */
  retryAfterMs?: number;
}

/** How many requests an endpoint takes at once, as its samples tell. */
export interface ConcurrencyLaw {
  /** Requests that may be in flight now: 1 or more, need not be whole. */
  readonly limit: number;
  /** The least gap between two sends in milliseconds, for endpoints that take so many a minute; none without. */
  readonly intervalMs?: number;
  /** Until the limit rises by itself, in milliseconds; undefined where only samples move it. */
  readonly risesInMs?: number | undefined;
  onSample(sample: LimitSample): void;
}

/** Each attempt takes a slot of the gate and gives it back, whatever becomes of it. */
export function limit(gate: Gate): Middleware {
  return (model) => {
    async function* generate(request: ModelRequest, signal?: AbortSignal): AsyncGenerator<ModelEvent> {
      const leave = await gate.enter(request, signal);
      let outcome: LimitSample["outcome"] = "failed";
      let retryAfterMs: number | undefined;
      let tokens: { prompt: number | null; completion: number | null } | undefined;
      let end: ModelEvent | undefined;
      try {
        for await (const event of model.generate(request, signal)) {
          if (event.type === "finish") {
            outcome = "ok";
            const usages = event.completions.map(({ usage }) => usage);
            tokens = {
              prompt: total(usages.map(({ promptTokens }) => promptTokens)),
              completion: total(usages.map(({ completionTokens }) => completionTokens)),
            };
            end = event;
            break;
          }
          yield event;
        }
      } catch (error) {
        if (error instanceof CotError && isRefusal(error)) {
          outcome = "refused";
          retryAfterMs = error.retryAfterMs;
        }
        throw error;
      } finally {
        leave({
          outcome,
          ...(tokens === undefined ? {} : { tokens }),
          ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        });
      }
      // after the slot was given back: whoever reads the end may take its time (a reply goes to the disk)
      if (end !== undefined) yield end;
    }
    return { id: model.id, endpoint: model.endpoint, generate };
  };
}

/** It does not want so many now, as opposed to being broken. */
function isRefusal({ code, status }: CotError): boolean {
  return code === "rate_limit" || status === 503 || status === 529;
}

function total(counts: (number | null)[]): number | null {
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0);
}
