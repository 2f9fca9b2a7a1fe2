import type { Comparison } from "../../eval/comparison.ts";
import type { Metrics } from "../../eval/metrics.ts";
import type { Report, Slices } from "../../eval/report.ts";
import { safeJson } from "../terminal/safe.ts";

/** The report as `--json` prints it: one line, snake_case, shares 0..1, nothing rounded. */
export function evalJson(report: Report): string {
  return `${safeJson(reportObject(report))}\n`;
}

function reportObject({ results, by, slices = [by], comparisons }: Report): Record<string, unknown> {
  const isSliced = Object.keys(by).length > 0;
  return {
    results: results.map((metrics, i) => ({
      ...metricsObject(metrics),
      ...(isSliced ? { by: slicesObject(slices[i]!) } : {}),
    })),
    by: slicesObject(by),
    comparisons: comparisons.map(comparisonObject),
  };
}

function slicesObject(slices: Slices): Record<string, unknown> {
  return mapValues(slices, (values) => mapValues(values, metricsObject));
}

function metricsObject(metrics: Metrics): Record<string, unknown> {
  const { tokens } = metrics;
  return {
    name: metrics.name,
    questions: metrics.questions,
    samples: metrics.samples,
    pass_at_1: metrics.passAt1,
    pass_at_k: metrics.passAtK,
    maj_at_k: metrics.majAtK,
    stderr: metrics.stderr,
    ci95: metrics.ci95,
    format_rate: metrics.formatRate,
    step_error_rate: metrics.stepErrorRate,
    answered: metrics.answered,
    unknown: metrics.unknown,
    dropped: metrics.dropped,
    tokens: { prompt: tokens.prompt, completion: tokens.completion, per_sample: tokens.perSample },
    latency_ms: metrics.latencyMs,
    cost: metrics.cost,
  };
}

function comparisonObject({ a, b, questions, difference, ci95, p }: Comparison): Record<string, unknown> {
  return { a, b, questions, difference, ci95, p };
}

function mapValues<T, U>(record: Record<string, T>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
