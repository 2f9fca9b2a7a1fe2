import { interruption } from "../../src/models/api-errors.ts";

export interface FakeTime {
  now: () => number;
  /** Resolves when `pass` has moved the clock far enough; rejects when the signal aborts. */
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Every sleep that was asked for. */
  readonly slept: number[];
  /** Sleepers now. */
  readonly asleep: number;
  /** Moves the clock, waking sleepers in their order, and lets what they set off happen. */
  pass(milliseconds: number): Promise<void>;
}

/** A clock that stands still until it is moved; with `automatic`, each sleep moves it by itself. */
export function fakeTime({ automatic = false } = {}): FakeTime {
  let time = 0;
  const slept: number[] = [];
  let sleepers: { at: number; wake: () => void }[] = [];

  async function pass(milliseconds: number): Promise<void> {
    const until = time + milliseconds;
    await settle();
    for (;;) {
      sleepers.sort((a, b) => a.at - b.at);
      const next = sleepers[0];
      if (next === undefined || next.at > until) break;
      sleepers = sleepers.slice(1);
      time = Math.max(time, next.at);
      next.wake();
      await settle();
    }
    time = until;
  }

  return {
    now: () => time,
    slept,
    get asleep() {
      return sleepers.length;
    },
    pass,
    sleep(milliseconds, signal) {
      slept.push(milliseconds);
      if (signal?.aborted) return Promise.reject(interruption(signal));
      const done = new Promise<void>((resolve, reject) => {
        const sleeper = { at: time + milliseconds, wake: resolve };
        sleepers.push(sleeper);
        signal?.addEventListener("abort", () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          reject(interruption(signal));
        });
      });
      if (automatic) void pass(milliseconds);
      return done;
    },
  };
}

/** Lets everything that is ready run. */
async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise(setImmediate);
}
