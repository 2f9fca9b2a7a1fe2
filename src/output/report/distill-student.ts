import type { ContenderMetrics, StudentReport } from "../../distill/student/compare.ts";
import { safeJson, safeLine } from "../terminal/safe.ts";
import { evalJson } from "./eval-json.ts";
import { comparisonLine } from "./eval-table.ts";
import { dollars, percent, percentWithError, whole } from "./numbers.ts";

const columns: readonly [head: string, cell: (metrics: ContenderMetrics) => string][] = [
  ["questions", ({ questions }) => whole(questions)],
  ["accuracy", ({ passAt1, stderr }) => percentWithError(passAt1, stderr)],
  ["valid reasoning", ({ validReasoning }) => percent(validReasoning)],
  ["tokens", ({ tokens }) => whole(tokens.perSample)],
  ["ms", ({ latencyMs }) => whole(latencyMs)],
  ["cost", ({ cost }) => dollars(cost)],
  ["parameters", ({ parameters }) => whole(parameters)],
];

/** Teacher and students side by side: the first row is the head. */
export function studentRows({ results }: StudentReport): string[][] {
  return [
    ["", ...columns.map(([head]) => head)],
    ...results.map((metrics) => [metrics.name, ...columns.map(([, cell]) => cell(metrics))]),
  ];
}

export function studentLines({ comparisons, results }: StudentReport): string[] {
  return comparisons.map((one) => comparisonLine(one, results));
}

/** The comparison as text. */
export function studentText(report: StudentReport): string {
  const cells = studentRows(report).map((row) => row.map(safeLine));
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const lines = cells.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  "),
  );
  return `${[...lines, "", ...studentLines(report).map(safeLine)].map((line) => line.trimEnd()).join("\n")}\n`;
}

/** As `cot eval --json` has it, with the share of valid reasoning and the parameters in each result. */
export function studentJson(report: StudentReport): string {
  const { results, comparisons } = JSON.parse(evalJson({ ...report, by: {} })) as {
    results: Record<string, unknown>[];
    comparisons: unknown[];
  };
  return `${safeJson({
    v: 1,
    results: results.map((result, i) => ({
      ...result,
      valid_reasoning: report.results[i]!.validReasoning,
      parameters: report.results[i]!.parameters,
    })),
    comparisons,
  })}\n`;
}
