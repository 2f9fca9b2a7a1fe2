import type { ConcurrencyLaw, LimitSample } from "./limit.ts";

/*
 * The law behind `--concurrency auto`: how many requests may be in flight, and how far apart they are sent, from what
 * became of those before. It knows three kinds of limits by what they do:
 *
 * - so many at once (429 above a level): one below the level that failed is held, and probed above ever more slowly;
 * - so many a minute (429 at levels that have worked): sends are spaced by the rate that gets through;
 * - queueing in silence (no 429, latency grows): levels grow by stages, and a stage that brings no throughput is
 *   taken back.
 *
 * After Netflix's concurrency-limits (AIMD), with two deviations: a decrease of a tenth, because halving leaves a
 * capped endpoint idle, and the level that failed remembered, because forgetting it wastes requests.
 */

/** Where the search begins. */
const firstLimit = 16;
const highestLimit = 1_024;
/** A stage grows by this, and has to bring a quarter of it in throughput. */
const growth = 2;
const worthwhile = 1 + (growth - 1) / 4;
/** Throughput above this share at half the level: the level only queued. */
const asGood = 0.9;
const decrease = 0.9;
/** After a failure the level or rate is tried again after so long, doubled with every failure. */
const firstProbeMs = 1_000;
const longestProbeMs = 120_000;
/** What gets through, less a little: a bucket that is always empty refuses at every jitter. */
const belowRate = 0.985;
const rateProbe = 1.02;

/** A fresh law, which knows nothing of its endpoint. */
export function autoConcurrency(): ConcurrencyLaw {
  let limit = firstLimit;
  const stages = createStages();
  const pace = createPace();
  /** The lowest level that was refused, while nothing has shown otherwise; no stages while there is one. */
  let failedLevel = Infinity;
  let provenLevel = 0;
  let lastCutAt = -Infinity;
  let probeAt = Infinity;
  let probeMs = firstProbeMs;
  let roundTripMs = 1_000;

  function onRefused(sample: LimitSample, now: number): void {
    const { inFlight, sentAtMs } = sample;
    // sent before the last cut: news of the old level, not of this one
    if (sentAtMs <= lastCutAt) return;
    lastCutAt = now;
    if (inFlight > provenLevel || inFlight >= failedLevel) {
      probeMs = failedLevel === Infinity ? firstProbeMs : Math.min(probeMs * 2, longestProbeMs);
      failedLevel = inFlight;
      const floor = stages.growing ? limit / growth : limit * decrease;
      limit = Math.max(1, floor, inFlight - 1);
      stages.stop();
    } else {
      pace.onRefused(now, limit, roundTripMs);
      if (!pace.active) limit = Math.max(1, limit * decrease);
    }
    probeAt = now + probeMs;
  }

  function onOk(sample: LimitSample, now: number): void {
    const { inFlight, latencyMs } = sample;
    roundTripMs += (latencyMs - roundTripMs) * 0.1;
    provenLevel = Math.max(provenLevel, inFlight);
    if (inFlight >= failedLevel) {
      // it works now
      failedLevel = Infinity;
      probeMs = firstProbeMs;
    }
    pace.onOk(sample, now);
    if (stages.growing) {
      limit = Math.min(highestLimit, stages.onOk(sample, now, limit));
      return;
    }
    const isFull = inFlight >= Math.floor(limit) * 0.8;
    if (!isFull) return;
    if (limit + 1 / limit < failedLevel) limit = Math.min(highestLimit, limit + 1 / limit);
    else if (now >= probeAt) {
      limit = failedLevel;
      probeAt = now + probeMs;
    }
  }

  return {
    get limit() {
      return limit;
    },
    get intervalMs() {
      return pace.intervalMs;
    },
    onSample(sample) {
      const now = sample.sentAtMs + sample.latencyMs;
      if (sample.outcome === "ok") onOk(sample, now);
      else if (sample.outcome === "refused") onRefused(sample, now);
    },
  };
}
