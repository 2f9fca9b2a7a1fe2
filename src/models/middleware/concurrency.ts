import { createPace } from "./concurrency-pace.ts";
import { createStages } from "./concurrency-stages.ts";
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

const firstLimit = 8;
const highestLimit = 1_024;
const decrease = 0.9;
/** A level that failed is tried again after so long, doubled with every failure. */
const firstProbeMs = 1_000;
const longestProbeMs = 120_000;

/** A fresh law, which knows nothing of its endpoint. */
export function autoConcurrency(): ConcurrencyLaw {
  let limit = firstLimit;
  const stages = createStages(highestLimit);
  const pace = createPace();
  /** The lowest level that was refused, while nothing has shown otherwise; no stages while there is one. */
  let failedLevel = Infinity;
  let provenLevel = 0;
  let lastCut = {
    at: -Infinity,
    sentAt: 0,
    level: Infinity,
    from: 0,
    ofStage: false,
    contradictions: 0,
  };
  let probeAt = Infinity;
  let probeMs = firstProbeMs;
  let roundTripMs = 1_000;

  function onRefused(sample: LimitSample, now: number): void {
    const { inFlight, sentAtMs } = sample;
    pace.count("refused", sample, now);
    if (pace.isDeaf(now)) return;
    // sent before the last cut: news of the old level, not of this one
    if (sentAtMs <= lastCut.at) {
      if (lastCut.ofStage && inFlight < lastCut.level) fallTo(inFlight);
      return;
    }
    if (pace.intervalMs === 0 && (inFlight > provenLevel || inFlight >= failedLevel)) {
      probeMs = failedLevel === Infinity ? firstProbeMs : Math.min(probeMs * 2, longestProbeMs);
      // a stage doubles the level: of a burst of refusals the lowest tells how far that was too much
      const ofStage = stages.active;
      lastCut = { at: now, sentAt: sentAtMs, level: inFlight, from: limit, ofStage, contradictions: 0 };
      fallTo(inFlight, ofStage ? 1 : limit * decrease);
    } else {
      lastCut = { ...lastCut, at: now, level: Infinity };
      pace.onRefused(now, limit / roundTripMs, roundTripMs);
    }
    stages.stop();
    probeAt = now + probeMs;
  }

  /** A level has failed: one below it is left. */
  function fallTo(level: number, least = 1): void {
    lastCut.level = level;
    failedLevel = level;
    provenLevel = Math.min(provenLevel, level - 1);
    limit = Math.max(least, level - 1, 1);
  }

  function onOk(sample: LimitSample, now: number): void {
    const { inFlight, latencyMs, sentAtMs } = sample;
    roundTripMs += (latencyMs - roundTripMs) * 0.1;
    pace.count("ok", sample, now);
    pace.onOk(now, limit / roundTripMs);
    if (sentAtMs <= lastCut.at) {
      reconsider(sample, now);
      return;
    }
    provenLevel = Math.max(provenLevel, inFlight);
    if (inFlight >= failedLevel) {
      // it works now
      failedLevel = Infinity;
      probeMs = firstProbeMs;
    }
    if (stages.active) {
      limit = stages.onOk(sample, now, limit);
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

  /** Most of what was sent after a refusal, at higher levels, has worked: the refusal was an accident. */
  function reconsider({ sentAtMs, inFlight }: LimitSample, now: number): void {
    if (sentAtMs < lastCut.sentAt || inFlight <= lastCut.level) return;
    lastCut.contradictions += 1;
    if (lastCut.contradictions < Math.max(2, (lastCut.from - lastCut.level) / 2)) return;
    lastCut.level = Infinity;
    limit = Math.max(limit, lastCut.from * decrease);
    failedLevel = Infinity;
    probeAt = now + probeMs;
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
