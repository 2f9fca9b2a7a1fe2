import { compare, type Comparison } from "./comparison.ts";
import type { GradedQuestion } from "./graded.ts";
import { measure, measureBy, type Metrics } from "./metrics.ts";

/** Everything that one `cot eval` found out. */
export interface Report {
  results: Metrics[];
  /** By field, by value, of the first setting. */
  by: Record<string, Record<string, Metrics>>;
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
 * Measures settings, slices the first one by fields, and compares the others with it.
 * @param settings without questions a setting has no result
 */
export function buildReport(settings: readonly Measured[], fields: readonly string[] = []): Report {
  const measured = settings.filter(({ questions }) => questions.length > 0);
  const [first, ...others] = measured;
  return {
    results: measured.map(({ name, questions, dropped }) => measure(name, questions, dropped)),
    by: first ? measureBy(first.name, first.questions, fields) : {},
    comparisons: first ? others.map((other) => compare(first, other)) : [],
  };
}
