import type { GradedQuestion } from "./graded.ts";
import { scoresOf } from "./metrics.ts";
import { pairedDifferences, pairedEstimate, signTestOf } from "./statistics.ts";

/** Two settings on the same questions: b against a. */
export interface Comparison {
  a: string;
  b: string;
  /** Questions that both have answered. */
  questions: number;
  /** The mean score of b less that of a. */
  difference: number;
  /** Of the difference, paired and clustered by question; null with fewer than two questions. */
  ci95: [number, number] | null;
  /** The exact two-sided sign test over questions. */
  p: number;
}

export interface NamedRun {
  name: string;
  questions: readonly GradedQuestion[];
}

/** Compares on the questions that both have. */
export function compare(a: NamedRun, b: NamedRun): Comparison {
  const inB = new Map(b.questions.map((graded) => [graded.question.id, graded]));
  const both = a.questions.filter(({ question }) => inB.has(question.id));
  const ofA = scoresOf(both);
  const ofB = scoresOf(both.map(({ question }) => inB.get(question.id)!));
  if (both.length === 0) return { a: a.name, b: b.name, questions: 0, difference: 0, ci95: null, p: 1 };
  const { mean, stderr, ci95 } = pairedEstimate(ofA, ofB);
  return {
    a: a.name,
    b: b.name,
    questions: both.length,
    difference: mean,
    ci95: Number.isNaN(stderr) ? null : ci95,
    p: signTestOf(pairedDifferences(ofA, ofB)),
  };
}
