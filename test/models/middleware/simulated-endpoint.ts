import type { ConcurrencyLaw } from "../../../src/models/middleware/limit.ts";
import { seededRandom } from "../../../src/random.ts";

/** How an endpoint in a simulation behaves. */
export interface Endpoint {
  latencyMs: number;
  /** Refuses more than so many at once. */
  maxConcurrent?: (now: number) => number;
  /** Refuses more than so many a second (a token bucket of one second's share). */
  perSecond?: (now: number) => number;
  /** Works on so many at once and lets the others wait in silence. */
  slots?: number;
  /** Refuses this share at random. */
  noise?: number;
  /** Answers so many times as slowly at a moment: whoever shares its machine is busy. */
  slowness?: (now: number) => number;
}

export interface Outcome {
  /** Sent, refused ones included. */
  sent: number;
  refused: number;
  /** Answered, by second. */
  answered: number[];
  /** The law's limit at the end. */
  limit: number;
}

type Event = { at: number; run: () => void };

/** A client with endless questions and a gate like ours, against an endpoint, on a clock that jumps. */
export function simulate(law: ConcurrencyLaw, endpoint: Endpoint, seconds: number): Outcome {
  const random = seededRandom(7);
  const end = seconds * 1000;
  const events: Event[] = [];
  const outcome: Outcome = { sent: 0, refused: 0, answered: Array<number>(seconds).fill(0), limit: 0 };
  let now = 0;
  let inFlight = 0;
  let atServer = 0;
  let proven = false;
  let lastSent = -Infinity;
  let alarm = Infinity;
  /** Requests that wait for a retry hold no slot, as ours do. */
  const window = (): number => Math.ceil(law.limit * 1.25) + 8;
  let waiting = 0;
  let tokens = endpoint.perSecond?.(0) ?? 0;
  let filledAt = 0;
  const freeAt: number[] = Array<number>(endpoint.slots ?? 0).fill(0);

  const later = (ms: number, run: () => void): void => {
    const event = { at: now + ms, run };
    let i = events.length;
    while (i > 0 && events[i - 1]!.at > event.at) i--;
    events.splice(i, 0, event);
  };
  const refuses = (): boolean => {
    if (endpoint.noise !== undefined && random() < endpoint.noise) return true;
    if (endpoint.maxConcurrent && atServer >= endpoint.maxConcurrent(now)) return true;
    if (!endpoint.perSecond) return false;
    const perSecond = endpoint.perSecond(now);
    const burst = Math.max(1, perSecond);
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond);
    filledAt = now;
    if (tokens < 1) return true;
    tokens -= 1;
    return false;
  };
  const serviceMs = (): number => {
    const own = endpoint.latencyMs * (0.8 + 0.4 * random()) * (endpoint.slowness?.(now) ?? 1);
    if (endpoint.slots === undefined) return own;
    let slot = 0;
    for (let i = 1; i < freeAt.length; i++) if (freeAt[i]! < freeAt[slot]!) slot = i;
    freeAt[slot] = Math.max(freeAt[slot]!, now) + own;
    return freeAt[slot]! - now;
  };
  const send = (): void => {
    outcome.sent += 1;
    inFlight += 1;
    lastSent = now;
    const sentAtMs = now;
    const level = inFlight;
    const refused = refuses();
    if (!refused) atServer += 1;
    const latency = refused ? 3 + random() * 4 : serviceMs();
    later(latency, () => {
      inFlight -= 1;
      if (refused) {
        outcome.refused += 1;
        waiting += 1;
        later(250 + random() * 250, () => {
          waiting -= 1;
          pump();
        });
      } else {
        atServer -= 1;
        proven = true;
        const second = Math.floor(now / 1000);
        if (second < seconds) outcome.answered[second]! += 1;
      }
      law.onSample({
        sentAtMs,
        latencyMs: now - sentAtMs,
        inFlight: level,
        outcome: refused ? "refused" : "ok",
      });
      pump();
    });
  };
  const pump = (): void => {
    for (;;) {
      const limit = Math.max(1, Math.floor(law.limit));
      if (inFlight >= (proven ? limit : Math.min(limit, 16)) || inFlight + waiting >= window()) return;
      const wait = lastSent + (law.intervalMs ?? 0) - now;
      if (wait > 0.001) {
        if (alarm <= now || alarm > now + wait) {
          alarm = now + wait;
          later(wait, () => {
            alarm = Infinity;
            pump();
          });
        }
        return;
      }
      send();
    }
  };
  pump();
  for (let event = events.shift(); event && event.at < end; event = events.shift()) {
    now = event.at;
    event.run();
  }
  outcome.limit = law.limit;
  return outcome;
}
