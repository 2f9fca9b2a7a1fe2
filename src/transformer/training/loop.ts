import { setImmediate } from "node:timers/promises";
import { CotError } from "../../errors.ts";
import { readCheckpoint, writeCheckpoint, type Checkpoint } from "./checkpoint.ts";
import { learningRate, type Schedule } from "./schedule.ts";
import type { Block } from "./stream.ts";
import type { Trainer } from "./trainer.ts";

/** Where a run is in its stream: all that resuming needs, because a block follows from its number. */
export interface Position {
  step: number;
  tokens: number;
  block: number;
  stepInBlock: number;
}

export type LoopEvent =
  | {
      type: "step-done";
      step: number;
      tokens: number;
      loss: number;
      gradientNorm: number;
      learningRate: number;
    }
  | { type: "checkpoint-written"; step: number; trainer: Trainer };

export interface LoopOptions {
  trainer: Trainer;
  /** A stretch of the stream by its number, always the same. */
  block: (index: number) => Block;
  schedule: Schedule;
  /** Where to start; the checkpoint's state, when resuming. */
  position?: Position;
  checkpoint: string;
  /** Seconds between checkpoints. */
  saveEvery: number;
  /** A clock, in seconds. */
  now: () => number;
  signal?: AbortSignal | undefined;
  onEvent: (event: LoopEvent) => void | Promise<void>;
  /** Called between steps with the count of them so far. */
  betweenSteps?: (step: number) => Promise<void>;
}

/**
 * Runs a schedule's steps; writes a checkpoint now and then, at the end, and when it is stopped.
 * @throws CotError `interrupted` when the signal was aborted; the checkpoint is written by then
 */
export async function runSteps(options: LoopOptions): Promise<void> {
  const { trainer, block, schedule, onEvent, now, signal } = options;
  const at: Position = options.position ?? { step: 0, tokens: 0, block: 0, stepInBlock: 0 };
  const save = async () => {
    await writeCheckpoint(options.checkpoint, { tensors: trainer.tensors, adam: trainer.adam, state: at });
    await onEvent({ type: "checkpoint-written", step: at.step, trainer });
  };
  let saved = now();
  let current = block(at.block);
  while (at.step < schedule.steps) {
    if (signal?.aborted) {
      await save();
      throw new CotError("interrupted", `training stopped at step ${at.step} of ${schedule.steps}`, {
        hint: "The same command goes on from here.",
      });
    }
    if (at.stepInBlock >= current.steps.length) {
      at.block++;
      at.stepInBlock = 0;
      current = block(at.block);
    }
    const batches = current.steps[at.stepInBlock]!;
    const rate = learningRate(at.step, schedule);
    const { loss, gradientNorm } = trainer.step(batches, rate);
    at.stepInBlock++;
    at.step++;
    for (const { segments } of batches) for (const segment of segments) if (segment > 0) at.tokens++;
    await onEvent({
      type: "step-done",
      step: at.step,
      tokens: at.tokens,
      loss,
      gradientNorm,
      learningRate: rate,
    });
    if (now() - saved >= options.saveEvery) {
      await save();
      saved = now();
    }
    await options.betweenSteps?.(at.step);
    await setImmediate(); // a step blocks the thread: let signals and streams through
  }
  await save();
}

/** The checkpoint of an earlier run, if there is one. */
export async function findCheckpoint<State>(path: string): Promise<Checkpoint<State> | undefined> {
  try {
    return await readCheckpoint<State>(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
