import type { Evaluation } from "../../eval/evaluate.ts";
import { buildReport } from "../../eval/report.ts";
import type { Comparison } from "../../eval/comparison.ts";
import type { Metrics } from "../../eval/metrics.ts";
import { stepVerdict } from "../verify/verify.ts";

/** A teacher or a student, measured. */
export interface Contender {
  evaluation: Evaluation;
  /** How many numbers the model has; null where nobody says. */
  parameters: number | null;
}

export interface ContenderMetrics extends Metrics {
  /** The share of samples whose steps are right, and end in their answer: accuracy hides the collapse of reasoning. */
  validReasoning: number;
  parameters: number | null;
}

export interface StudentReport {
  /** Teacher, student before (where it can be asked), student after. */
  results: ContenderMetrics[];
  /** Everything against the teacher, then the student after against before; on the same questions, paired. */
  comparisons: Comparison[];
}

/** Compares teacher and student on the same questions. The evaluations hold the texts of their samples. */
export function compareContenders(contenders: readonly Contender[]): StudentReport {
  const evaluations = contenders.map(({ evaluation }) => evaluation);
  const { results, comparisons } = buildReport(evaluations);
  const [, ...students] = evaluations;
  return {
    results: results.map((metrics, i) => ({
      ...metrics,
      validReasoning: validReasoning(evaluations[i]!),
      parameters: contenders[i]!.parameters,
    })),
    comparisons: [...comparisons, ...(students.length > 1 ? buildReport(students).comparisons : [])],
  };
}

function validReasoning({ questions }: Evaluation): number {
  const verdicts = questions.flatMap(({ question, samples }) =>
    samples.map(({ sample }) => stepVerdict(sample, question.question)),
  );
  return verdicts.filter((verdict) => verdict === "passed").length / verdicts.length;
}
