import type { ConcurrencyLaw } from "./limit.ts";

/** So many are sent at once to an endpoint of which nothing is known, doubled every so often. */
const first = 16;
const doublingMs = 25;

/**
 * The law of a number that the user gave: all of it at once, save that an endpoint that is down should not fail hundreds
 * of requests. What is down mostly says so within milliseconds, and an answer may take minutes, so the limit rises fast,
 * and not beyond the first failure, until something has succeeded.
 * @param now milliseconds, monotonic
 */
export function fixedConcurrency(most: number, now: () => number): ConcurrencyLaw {
  let limit = Math.min(most, first);
  let risesAt: number | undefined;

  /** Catches up with the time that has passed; it begins when the limit is first asked for. */
  function risen(): number {
    risesAt ??= now() + doublingMs;
    while (limit < most && now() >= risesAt) {
      limit = Math.min(most, limit * 2);
      risesAt += doublingMs;
    }
    return limit;
  }

  return {
    get limit() {
      return risen();
    },
    get risesInMs() {
      return risen() >= most || risesAt === Infinity ? undefined : risesAt! - now();
    },
    onSample({ outcome }) {
      if (outcome === "ok") limit = most;
      else if (risen() < most) risesAt = Infinity;
    },
  };
}
