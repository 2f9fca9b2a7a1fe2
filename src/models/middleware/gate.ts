import type { CotError } from "../../errors.ts";
import { interruption } from "../api-errors.ts";
import type { ModelRequest } from "../model.ts";
import type { RateLimit } from "../rate-limit.ts";
import { createForecast } from "./forecast.ts";
import { createBucket, type Bucket } from "./bucket.ts";
import type { ConcurrencyLaw, LimitSample } from "./limit.ts";

/** What became of an attempt. */
export interface Departure {
  outcome: LimitSample["outcome"];
  tokens?: { prompt: number | null; completion: number | null };
  retryAfterMs?: number;
}

/** Where every attempt at an endpoint waits for its turn: slots, requests a minute, tokens a minute. */
export interface Gate {
  /** Resolves when the request may be sent; what it gives is called once, when its slot is free again. */
  enter(request: ModelRequest, signal?: AbortSignal): Promise<(departure: Departure) => void>;
  /** The endpoint's own word on its limits: where nothing is left, everybody waits. */
  onRateLimit(limit: RateLimit): void;
}

export interface GateOptions {
  law: ConcurrencyLaw;
  rpm?: number | undefined;
  tpm?: number | undefined;
  /** Aborted: nothing more is sent; what waits for its turn is turned away. */
  stop?: AbortSignal | undefined;
  now: () => number;
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

const longestPauseMs = 60_000;
/** A sender that woke late may make up for so much. */
const latenessMs = 20;

interface Waiter {
  tokens: number;
  /** @param level requests in flight, this one included */
  admit: (level: number) => void;
  turnAway: (error: CotError) => void;
}

export function openGate(options: GateOptions): Gate {
  const { law, now } = options;
  const requests = options.rpm === undefined ? undefined : createBucket(options.rpm, now());
  const tokens = options.tpm === undefined ? undefined : createBucket(options.tpm, now());
  const waiters: Waiter[] = [];
  let inFlight = 0;
  let pausedUntil = -Infinity;
  let nextAt = -Infinity;
  let alarm = { at: Infinity, off: new AbortController() };
  const forecast = createForecast();

  function pump(): void {
    while (waiters.length > 0) {
      if (inFlight >= Math.max(1, Math.floor(law.limit))) {
        if (law.risesInMs !== undefined) wakeIn(law.risesInMs);
        return;
      }
      const waitMs = Math.max(
        pausedUntil - now(),
        nextAt - now(),
        delayOf(requests, 1),
        delayOf(tokens, waiters[0]!.tokens),
      );
      if (waitMs > 0) {
        wakeIn(waitMs);
        return;
      }
      const waiter = waiters.shift()!;
      requests?.take(1, now());
      tokens?.take(waiter.tokens, now());
      nextAt = Math.max(nextAt, now() - latenessMs) + (law.intervalMs ?? 0);
      waiter.admit(++inFlight);
    }
    silence();
  }

  function delayOf(bucket: Bucket | undefined, amount: number): number {
    return bucket?.delay(amount, now()) ?? 0;
  }

  function wakeIn(milliseconds: number): void {
    const at = now() + milliseconds;
    // an earlier alarm looks again by itself
    if (alarm.at <= at && alarm.at > now()) return;
    silence();
    const set = (alarm = { at, off: new AbortController() });
    const ring = (): void => {
      // timers may ring early: this alarm is over, however late it is
      set.at = Infinity;
      pump();
    };
    options.sleep(Math.ceil(milliseconds), set.off.signal).then(ring, (error: unknown) => {
      if (!set.off.signal.aborted) throw error;
    });
  }

  /** An alarm that nobody waits for would hold the process up at its end. */
  function silence(): void {
    // aborting, even once more, makes an error with its stack: too dear for every request
    if (alarm.at === Infinity) return;
    alarm.off.abort();
    alarm.at = Infinity;
  }

  function turn(tokensAhead: number, signal: AbortSignal | undefined): Promise<number> {
    for (const ended of [signal, options.stop]) if (ended?.aborted) throw interruption(ended);
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        waiters.splice(waiters.indexOf(waiter), 1);
        reject(interruption(signal!));
        pump();
      };
      const waiter: Waiter = {
        tokens: tokensAhead,
        admit(level) {
          signal?.removeEventListener("abort", onAbort);
          resolve(level);
        },
        turnAway(error) {
          signal?.removeEventListener("abort", onAbort);
          reject(error);
        },
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      waiters.push(waiter);
      pump();
    });
  }

  options.stop?.addEventListener("abort", () => {
    for (const waiter of waiters.splice(0)) waiter.turnAway(interruption(options.stop!));
    silence();
  });

  return {
    async enter(request, signal) {
      const ahead = tokens === undefined ? 0 : forecast.of(request);
      const level = await turn(ahead, signal);
      const sentAtMs = now();
      return (departure) => {
        inFlight--;
        const { prompt = null, completion = null } = departure.tokens ?? {};
        if (prompt !== null && completion !== null) {
          tokens?.take(prompt + completion - ahead, now());
          forecast.learn(request, prompt, completion);
        } else if (departure.outcome !== "ok") {
          tokens?.take(-ahead, now());
        }
        law.onSample({
          sentAtMs,
          latencyMs: now() - sentAtMs,
          inFlight: level,
          outcome: departure.outcome,
          ...(completion === null ? {} : { completionTokens: completion }),
          ...(departure.retryAfterMs === undefined ? {} : { retryAfterMs: departure.retryAfterMs }),
        });
        pump();
      };
    },
    onRateLimit({ remainingRequests, requestsResetMs = 0, remainingTokens, tokensResetMs = 0 }) {
      const waits = [
        remainingRequests === 0 ? requestsResetMs : 0,
        remainingTokens === 0 ? tokensResetMs : 0,
      ];
      const waitMs = Math.min(longestPauseMs, Math.max(...waits));
      if (waitMs > 0) pausedUntil = Math.max(pausedUntil, now() + waitMs);
    },
  };
}
