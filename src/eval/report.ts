import { compare, type Comparison } from "./comparison.ts";
import type { GradedQuestion } from "./graded.ts";
import { measure, measureBy, type Metrics } from "./metrics.ts";

/** Metrics by field, by value. */
export type Slices = Record<string, Record<string, Metrics>>;

/** Everything that one `cot eval` found out. */
export interface Report {
  results: Metrics[];
  /** By field, by value, of the first setting. */
  by: Slices;
  /** The same of every setting, in the order of `results`. */
  slices?: Slices[];
  /** Every further setting against the first. */
  comparisons: Comparison[];
}

/** A setting and its questions; `Evaluation` is one. */
export interface Measured {
  name: string;
  questions: readonly GradedQuestion[];
  dropped?: number;
}

/**
 * Measures settings, slices them by fields, and compares the others with the first.
 * @param settings without questions a setting has no result
 */
export function buildReport(settings: readonly Measured[], fields: readonly string[] = []): Report {
  const measured = settings.filter(({ questions }) => questions.length > 0);
  const [first, ...others] = measured;
  const slices = measured.map(({ name, questions }) => measureBy(name, questions, fields));
  return {
    results: measured.map(({ name, questions, dropped }) => measure(name, questions, dropped)),
    by: slices[0] ?? {},
    slices,
    comparisons: first ? others.map((other) => compare(first, other)) : [],
  };
}
