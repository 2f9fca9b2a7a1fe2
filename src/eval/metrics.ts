import type { ErrorCode } from "../errors.ts";
import { sumCost, sumUsage } from "../reasoning/usage.ts";
import { statesAnswer } from "../reasoning/sample.ts";
import { isRight, type GradedQuestion, type GradedSample } from "./graded.ts";
import { clusteredEstimate, mean, passAtK } from "./statistics.ts";

/** What was measured over some questions. Shares are 0..1. */
export interface Metrics {
  name: string;
  questions: number;
  /** k: how many samples a question has, at most. */
  samples: number;
  /** The mean score, every question with the same weight. */
  passAt1: number;
  /** Unbiased, for k = 1, 2, 4, … and the number of samples that every question has. */
  passAtK: Record<string, number>;
  /** The share of questions whose vote is right. */
  majAtK: number;
  /** Of passAt1, clustered by question; null with fewer than two questions. */
  stderr: number | null;
  ci95: [number, number] | null;
  /** The share of samples that state their answer in a form that cannot be missed; null where no text was there to see. */
  formatRate: number | null;
  /** The share of the checked equations that are wrong; null where none was there to check. */
  stepErrorRate: number | null;
  answered: {
    /** The share of samples that have an answer. */
    rate: number;
    /** The shares of those that have none, by reason. */
    reasons: Partial<Record<ErrorCode, number>>;
  };
  /** Samples whose verdict is `unknown`: counted as wrong. */
  unknown: number;
  /** Questions left out because their gold cannot be read. */
  dropped: number;
  tokens: { prompt: number | null; completion: number | null; perSample: number | null };
  /** Milliseconds a sample, on average; null where nobody measured. */
  latencyMs: number | null;
  /** US dollars, all samples; null where unknown. */
  cost: number | null;
}

/** Measures a list of graded questions that is not empty. */
export function measure(name: string, questions: readonly GradedQuestion[], dropped = 0): Metrics {
  const all = questions.flatMap((question) => question.samples);
  const { mean: passAt1, stderr, ci95 } = clusteredEstimate(scoresOf(questions));
  const counts = questions.map((question) => question.samples.length);
  const checks = all.flatMap(({ sample }) => sample.checks ?? []);
  const written = all.filter(({ sample }) => sample.text !== "");
  const usage = sumUsage(all.map(({ sample }) => sample.usage));
  const latencies = all.map(({ sample }) => sample.latencyMs).filter((latency) => latency > 0);
  return {
    name,
    questions: questions.length,
    samples: Math.max(...counts),
    passAt1,
    passAtK: passAtPowers(questions, Math.min(...counts), passAt1),
    majAtK: mean(questions.map((question) => question.majority)),
    stderr: Number.isNaN(stderr) ? null : stderr,
    ci95: Number.isNaN(stderr) ? null : ci95,
    formatRate: written.length === 0 ? null : share(written, ({ sample }) => statesAnswer(sample)),
    stepErrorRate: checks.length === 0 ? null : share(checks, (check) => !check.ok),
    answered: answeredRate(all),
    unknown: all.filter(({ verdict }) => verdict === "unknown").length,
    dropped,
    tokens: {
      prompt: usage.promptTokens,
      completion: usage.completionTokens,
      perSample: usage.completionTokens === null ? null : usage.completionTokens / all.length,
    },
    latencyMs: latencies.length === 0 ? null : mean(latencies),
    cost: sumCost(all.map(({ sample }) => sample.cost)),
  };
}

/** Scores, one list a question: what the statistics take. */
export function scoresOf(questions: readonly GradedQuestion[]): number[][] {
  return questions.map((question) => question.samples.map(({ score }) => score));
}

/** Measures slices: for each field, for each of its values, the questions that have it. */
export function measureBy(
  name: string,
  questions: readonly GradedQuestion[],
  fields: readonly string[],
): Record<string, Record<string, Metrics>> {
  const slices = fields.map((field) => {
    const groups = new Map<string, GradedQuestion[]>();
    for (const question of questions) {
      const value = fieldOf(question, field);
      groups.set(value, [...(groups.get(value) ?? []), question]);
    }
    const sorted = [...groups].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
    return [
      field,
      Object.fromEntries(sorted.map(([value, slice]) => [value, measure(name, slice)])),
    ] as const;
  });
  return Object.fromEntries(slices);
}

function fieldOf({ question }: GradedQuestion, field: string): string {
  const value = question.meta?.[field];
  if (value === undefined || value === null) return "(none)";
  return typeof value === "object" ? JSON.stringify(value) : String(value as string | number | boolean);
}

function passAtPowers(
  questions: readonly GradedQuestion[],
  most: number,
  passAt1: number,
): Record<string, number> {
  const at: Record<string, number> = { 1: passAt1 };
  const sizes = new Set([most]);
  for (let k = 2; k <= most; k *= 2) sizes.add(k);
  sizes.delete(1);
  for (const k of [...sizes].sort((a, b) => a - b)) {
    at[k] = mean(questions.map(({ samples }) => passAtK(samples.length, samples.filter(isRight).length, k)));
  }
  return at;
}

function answeredRate(samples: readonly GradedSample[]): Metrics["answered"] {
  const reasons: Partial<Record<ErrorCode, number>> = {};
  for (const { sample } of samples) {
    if (sample.answer !== undefined) continue;
    const reason = sample.error?.code ?? "no_answer";
    reasons[reason] = (reasons[reason] ?? 0) + 1 / samples.length;
  }
  return { rate: share(samples, ({ sample }) => sample.answer !== undefined), reasons };
}

function share<T>(items: readonly T[], has: (item: T) => boolean): number {
  return items.filter(has).length / items.length;
}
