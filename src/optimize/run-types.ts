import type { CotError } from "../errors.ts";
import type { Caps } from "../models/middleware/budget.ts";
import type { Model } from "../models/model.ts";
import type { Policy } from "../prompts/policy.ts";
import type { CurvePoint } from "./curve.ts";
import type { Candidate } from "./proposals/instructions.ts";
import type { Optimized, OptimizeEvent } from "./optimize.ts";
import type { Test } from "./paired-test.ts";
import type { PlayerOptions, Rollout } from "./rollouts.ts";
import type { Algorithm } from "./search/find-setting.ts";
import type { StatedPlan } from "./planning/stated-plan.ts";

export interface OptimizeRunOptions extends Partial<Pick<PlayerOptions, "base" | "system" | "concurrency">> {
  /** Where the search starts, and what it is measured against. */
  initial: Policy;
  /** As `--reward` names it; default `accuracy`. */
  reward?: string;
  /** Writes new instructions; default the model itself, except the built-in one; null for none. */
  reflection?: Model | null;
  algorithm?: Algorithm;
  /** Requests in all, at most; default 600. */
  requests?: number;
  /** Further caps, which the model's own budget enforces: the plan keeps to them. */
  caps?: Pick<Caps, "maxTokensTotal" | "maxCost">;
  /** Of the search; default 0. */
  seed?: number;
  onEvent?: (event: OptimizeRunEvent) => void;
  /** Aborted: ask nothing more, and wait up to ten seconds for what is in flight. */
  signal?: AbortSignal;
  /** Aborted: wait no longer. */
  secondSignal?: AbortSignal;
}

export type OptimizeRunEvent =
  | OptimizeEvent
  /** Before anything is sent; again where the caps turn out to allow less. */
  | ({ type: "plan" } & StatedPlan)
  | { type: "answer" }
  /** The first time only: what the command fails on cannot be judged. */
  | { type: "reward-failed"; error: CotError }
  | { type: "rollout"; rollout: Rollout; setting: string; policy: Policy }
  | { type: "point"; point: CurvePoint }
  | { type: "proposal"; candidate: Candidate }
  | { type: "proposal-refused"; text: string; reason: string };

/** What a run came to. */
export interface Optimization extends Pick<Optimized, "verdict" | "reason" | "claim" | "test"> {
  /** The winner, or the initial policy; with its provenance. */
  policy: Policy;
  initial: Policy;
  /** The winner's settings in words. */
  setting: string;
  /** The initial policy's mean reward in the headroom check; null where the run ended before. */
  headroom: number | null;
  /** What the winner earned in right answers on the test questions, where the reward is another. */
  gold?: Test;
  rollouts: number;
  /** Completions that were asked for, or were in the journal already. */
  requests: number;
  planned: StatedPlan;
  curve: CurvePoint[];
  /** Every instruction that was tried. */
  candidates: (Candidate & { rollouts: number; reward: number | null })[];
  /** What a command said in words about the answers that earned the least, the lowest first; few of them. */
  feedback: { question: string; reward: number | null; feedback: string }[];
  /** What ended the run early. */
  stoppedBy?: CotError;
}
