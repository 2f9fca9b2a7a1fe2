import { mean } from "../eval/statistics.ts";
import type { Rollout } from "./rollouts.ts";

/** One point of the learning curve: a round of the search, or a rung of the choice. */
export interface CurvePoint {
  step: "headroom" | "search" | "choose" | "test";
  /** Rollouts up to and with this point. */
  rollouts: number;
  /**
   * Mean reward of the rollouts since the last point, in the choice of those that the search had found; null where none
   * could be judged.
   */
  reward: number | null;
  /** Each part's mean, unweighted. */
  parts: Record<string, number | null>;
  /** The share of right answers, where golds are known. */
  accuracy: number | null;
}

/** @param upTo rollouts up to and with these */
export function curvePoint(step: CurvePoint["step"], upTo: number, rollouts: readonly Rollout[]): CurvePoint {
  const names = [...new Set(rollouts.flatMap(({ parts }) => Object.keys(parts)))];
  return {
    step,
    rollouts: upTo,
    reward: meanOf(rollouts.map(({ reward }) => reward)),
    parts: Object.fromEntries(
      names.map((name) => [name, meanOf(rollouts.map(({ parts }) => parts[name] ?? null))]),
    ),
    accuracy: meanOf(rightness(rollouts)),
  };
}

/** 1 for right, 0 for wrong; rollouts without a gold left out. */
export function rightness(rollouts: readonly Rollout[]): number[] {
  return rollouts.flatMap(({ question, result }) =>
    question.gold === undefined ? [] : [result.correct === true ? 1 : 0],
  );
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : mean(known);
}
