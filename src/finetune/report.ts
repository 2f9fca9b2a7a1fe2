import type { Measurement } from "./measure.ts";

export type Method = "supervised" | "reinforcement";

/** What came of a training run on this machine. */
export interface FinetuneReport {
  method: Method;
  /** What was trained: `base`, `small`, or a directory. */
  model: string;
  parameters: number;
  seed: number;
  /** Updates that were planned, and after how many the weights that were kept stood. */
  steps: number;
  bestStep: number;
  /** The reward fell apart, and training stopped early. */
  collapsed: boolean;
  reward: string | null;
  kl: number;
  questions: { train: number; validation: number; heldOut: number };
  /** Rows that could not be used, by reason. */
  leftOut: Record<string, number>;
  /** On held-out questions: before, before and made to reason, after. */
  measured: Measurement[];
  curve: CurvePoint[];
  seconds: number;
}

/** One step on the learning curve. */
export interface CurvePoint {
  step: number;
  /** Mean reward of the answers drawn, or the loss in supervised training. */
  value: number;
  reasons?: number;
  length?: number;
  kl?: number | null;
}
