import { setImmediate } from "node:timers/promises";
import type { CurvePoint } from "./report.ts";
import type { RunDirectory } from "./run-directory.ts";
import { stoppedBy } from "./stopped-by.ts";

/** What both ways of training on this machine are told. */
export interface TrainingOptions {
  /** `small` for random weights, `base`, `main`, or a model directory. */
  model: string;
  /** Where the trained model goes; a run that was stopped goes on. */
  directory: string;
  steps?: number;
  /** Default 1. */
  seed?: number;
  /** Forget an earlier run in the directory. */
  fresh?: boolean;
  /** The highest learning rate. */
  peak?: number;
  /** Longest answer, in tokens. */
  maxTokens?: number;
  /** Of held-out questions, at temperature 1; default 8. */
  samples?: number;
  /** Seconds between checkpoints; default 60. */
  saveEvery?: number;
  /** A clock, in milliseconds. */
  now?: () => number;
  signal?: AbortSignal;
}

/** What a trainer's events come to in the run's directory. */
export interface Sitting {
  /** Since it began. */
  seconds(): number;
  /**
   * Rewinds the log where a trainer starts, and adds a step's point to it; then lets signals and streams through, for a
   * step blocks the thread.
   * @param more further figures of the step, for the log
   */
  follow(
    event: { type: string; resumedAt?: number },
    point?: CurvePoint,
    more?: Record<string, unknown>,
  ): Promise<void>;
}

/**
 * One sitting of a run, from its last checkpoint to its end or to where it is stopped.
 * @returns what the work gives, the whole run's curve, and the seconds of this sitting
 * @throws what the work throws, with the seconds saved; a signal's own reason where it stopped the work
 */
export async function sit<Outcome>(
  { log, rewindLog, save, state }: RunDirectory,
  { now = () => performance.now(), signal }: TrainingOptions,
  work: (sitting: Sitting) => Promise<Outcome>,
): Promise<Outcome & { curve: CurvePoint[]; seconds: number }> {
  const began = now();
  const seconds = (): number => (now() - began) / 1000;
  let curve: CurvePoint[] = [];
  try {
    const outcome = await work({
      seconds,
      async follow({ type, resumedAt }, point, more) {
        if (type === "run-start") curve = await rewindLog(resumedAt ?? 0);
        if (point) {
          curve.push(point);
          await log({ type: "step", step: point.step, point, ...more, seconds: seconds() });
        }
        await setImmediate();
      },
    });
    return { ...outcome, curve, seconds: seconds() };
  } catch (error) {
    await save({ seconds: state.seconds + seconds() });
    throw stoppedBy(error, signal);
  }
}
