import type { LimitSample } from "./limit.ts";

/** Spaces sends for an endpoint that takes so many a minute: as fast as it has let through while it was refusing. */
export interface Pace {
  /** The least gap between two sends; 0 for none. */
  readonly intervalMs: number;
  /** True for a while after slowing down has turned out to be no remedy: refusals mean nothing then. */
  isDeaf(now: number): boolean;
  /** Every sample, for the measure. */
  count(outcome: "ok" | "refused", sample: LimitSample, now: number): void;
  /** A level that has worked was refused. @param unpaced sends a millisecond that the level alone allows */
  onRefused(now: number, unpaced: number, roundTripMs: number): void;
  onOk(now: number, unpaced: number): void;
}

/** A little less than what got through: a bucket that is always empty refuses at every jitter. */
const margin = 0.985;
const decrease = 0.97;
const firstStep = 1.02;
/** One request in ten seconds: an endpoint that refuses all is none that takes so many a minute. */
const slowest = 1 / 10_000;
/** Without a refusal for so long the pace is raised by a step; both double, by success and by failure. */
const firstProbeMs = 3_000;
const longestProbeMs = 120_000;
/** Few refusals each time, but again and again however slow: they have another cause. */
const futileCuts = 8;
const fewRefused = 0.2;
const deafMs = 60_000;
/** So many refusals, of twice as many sends at least, tell how much too fast these were. */
const enoughRefused = 3;

export function createPace(): Pace {
  /** Sends a millisecond; Infinity without a pace. */
  let rate = Infinity;
  /** Still the rate that it began with, which may owe much to what the endpoint had saved up. */
  let isFirst = false;
  /** Cuts in a row, each after few refusals. */
  let smallCuts = 0;
  let since = 0;
  let through = 0;
  let refused = 0;
  const recent = createRecent();
  let step = firstStep;
  let firstMs = firstProbeMs;
  let probeMs = firstProbeMs;
  let probeAt = Infinity;
  let deafUntil = -Infinity;

  function set(next: number, now: number): void {
    rate = next;
    since = now;
    through = 0;
    refused = 0;
  }

  /** Refusals come at once, so they tell before any answer can how much of what is sent gets through. */
  function correctFirst(now: number): void {
    const elapsedMs = now - since;
    if (refused < enoughRefused || refused > (elapsedMs * rate) / 2) return;
    isFirst = false;
    set(rate - refused / elapsedMs, now);
    probeMs *= 2;
    probeAt = now + probeMs;
  }

  return {
    get intervalMs() {
      return rate === Infinity ? 0 : 1 / rate;
    },
    isDeaf: (now) => now < deafUntil,
    onRefused(now, unpaced, roundTripMs) {
      if (rate === Infinity) {
        // spread over a round trip: a burst of refusals would tell nothing more
        set(Math.min(unpaced, recent.rate(now)), now);
        isFirst = true;
        smallCuts = 0;
        firstMs = Math.max(firstProbeMs, 4 * roundTripMs);
        probeMs = firstMs;
        probeAt = now + probeMs;
        return;
      }
      // what was sent in the last round trip is still under way
      const measuredMs = now - since - roundTripMs;
      if (measuredMs < Math.max(roundTripMs, 300)) {
        if (isFirst) correctFirst(now);
        return;
      }
      isFirst = false;
      const measured = (through / measuredMs) * margin;
      const next = Math.min(rate * decrease, Math.max(measured, rate / 4, slowest));
      smallCuts = refused <= fewRefused * through ? smallCuts + 1 : 0;
      if (smallCuts >= futileCuts) {
        deafUntil = now + deafMs;
        set(Infinity, now);
        return;
      }
      set(next, now);
      if (step > firstStep) probeMs = firstMs;
      else probeMs = Math.min(probeMs * 2, longestProbeMs);
      step = firstStep;
      probeAt = now + probeMs;
    },
    count(outcome, { sentAtMs }, now) {
      if (outcome === "ok") recent.add(now);
      if (sentAtMs <= since) return;
      if (outcome === "ok") through += 1;
      else refused += 1;
    },
    onOk(now, unpaced) {
      if (rate === Infinity || now < probeAt) return;
      smallCuts = 0;
      set(rate * step, now);
      step = 1 + (step - 1) * 2;
      probeAt = now + probeMs;
      // the level alone is slower than the pace
      if (rate > unpaced * 2) set(Infinity, now);
    },
  };
}

/** How many got through of late. */
function createRecent(): { add(now: number): void; rate(now: number): number } {
  const spanMs = 1_000;
  let beganAt = 0;
  let count = 0;
  let before = 0;
  const turn = (now: number): void => {
    if (now - beganAt < spanMs) return;
    before = now - beganAt < 2 * spanMs ? count : 0;
    count = 0;
    beganAt = now;
  };
  return {
    add(now) {
      turn(now);
      count += 1;
    },
    rate(now) {
      turn(now);
      return (
        Math.max(1, before + count) / (before === 0 ? Math.max(1, now - beganAt) : now - beganAt + spanMs)
      );
    },
  };
}
