import type { LimitSample } from "./limit.ts";

/** Finds by throughput how many requests at once an endpoint is worth, as long as it refuses none. */
export interface Stages {
  /** False once a refusal has said where the limit is. */
  readonly active: boolean;
  stop(): void;
  /** @returns the level from now on */
  onOk(sample: LimitSample, now: number, limit: number): number;
}

const growth = 2;
/** A doubled level has to bring a quarter more: less is queueing. */
const worthwhile = 1.25;
/** Half the level with so much of the throughput: the other half only queued. */
const asGood = 0.9;
/** A stage is measured over one generation of requests, and over so many at least: going down needs a closer look. */
const fewest = { up: 8, down: 20 };
/** A level that was found by throughput may have been judged in a bad moment: another look after so long, then doubled. */
const firstRestMs = 3_000;

interface Stage {
  level: number;
  /** Tokens, or where the endpoint does not count them requests, a millisecond. */
  throughput: number;
}

export function createStages(highest: number): Stages {
  let active = true;
  let direction: "up" | "down" = "up";
  let previous: Stage | undefined;
  let startedAt = -Infinity;
  let restMs = firstRestMs;
  let window = emptyWindow();

  /** Only what is sent from now on tells of the new level. */
  function go(now: number, level: number): number {
    startedAt = now;
    window = emptyWindow();
    return level;
  }

  function rest(now: number, level: number): number {
    previous = undefined;
    direction = "up";
    go(now + restMs, level);
    restMs *= 2;
    return level;
  }

  function judge(stage: Stage, now: number): number {
    const { level, throughput } = stage;
    if (direction === "down") {
      if (throughput < asGood * previous!.throughput) return rest(now, previous!.level);
      previous = { level, throughput: previous!.throughput };
      return level === 1 ? rest(now, 1) : go(now, Math.floor(level / growth));
    }
    if (previous === undefined || throughput >= worthwhile * previous.throughput) {
      previous = stage;
      return level >= highest ? rest(now, highest) : go(now, Math.min(highest, level * growth));
    }
    // the first doubling brought nothing: perhaps half is as good
    if (restMs === firstRestMs && previous.level > 1) {
      direction = "down";
      return go(now, Math.floor(previous.level / growth));
    }
    return rest(now, previous.level);
  }

  return {
    get active() {
      return active;
    },
    stop() {
      active = false;
    },
    onOk(sample, now, limit) {
      if (sample.sentAtMs < startedAt) return limit;
      window.add(sample, now);
      if (window.count < Math.max(fewest[direction], limit)) return limit;
      // with fewer questions than slots the throughput is theirs, not the endpoint's
      if (window.highestInFlight < limit * 0.8) return go(now, limit);
      return judge({ level: limit, throughput: window.weight / Math.max(1, now - window.beganAt) }, now);
    },
  };
}

interface Window {
  beganAt: number;
  count: number;
  weight: number;
  highestInFlight: number;
  add(sample: LimitSample, now: number): void;
}

function emptyWindow(): Window {
  let tokens = 0;
  let counted = 0;
  return {
    beganAt: NaN,
    count: 0,
    highestInFlight: 0,
    get weight() {
      return counted === 0 ? this.count : (tokens / counted) * this.count;
    },
    add({ completionTokens, inFlight }, now) {
      this.highestInFlight = Math.max(this.highestInFlight, inFlight);
      // the first one opens the window and does not count: a rate is per interval
      if (Number.isNaN(this.beganAt)) {
        this.beganAt = now;
        return;
      }
      this.count += 1;
      if (completionTokens === undefined) return;
      tokens += completionTokens;
      counted += 1;
    },
  };
}
