import type { Comparison } from "../../eval/comparison.ts";
import type { Metrics } from "../../eval/metrics.ts";
import type { Report } from "../../eval/report.ts";
import { safeLine } from "../terminal/safe.ts";
import { dollars, percent, percentWithError, points, pValue, whole } from "./numbers.ts";

/** A table as cells: the first row is its head, the first column text, the others numbers. */
export type Table = string[][];

interface Column {
  head: (k: number) => string;
  cell: (metrics: Metrics) => string;
  /** Left out where no row has anything to say. */
  optional?: true;
}

const columns: readonly Column[] = [
  { head: () => "questions", cell: (metrics) => whole(metrics.questions) },
  { head: () => "accuracy", cell: (metrics) => percentWithError(metrics.passAt1, metrics.stderr) },
  {
    head: (k) => `maj@${String(k)}`,
    cell: (metrics) => manyOnly(metrics, percent(metrics.majAtK)),
    optional: true,
  },
  {
    head: (k) => `pass@${String(k)}`,
    cell: (metrics) => manyOnly(metrics, percent(metrics.passAtK[String(metrics.samples)] ?? null)),
    optional: true,
  },
  { head: () => "answered", cell: (metrics) => percent(metrics.answered.rate) },
  { head: () => "format", cell: (metrics) => percent(metrics.formatRate), optional: true },
  { head: () => "wrong steps", cell: (metrics) => percent(metrics.stepErrorRate), optional: true },
  { head: () => "tokens", cell: (metrics) => whole(metrics.tokens.perSample), optional: true },
  { head: () => "ms", cell: (metrics) => whole(metrics.latencyMs), optional: true },
  { head: () => "cost", cell: (metrics) => dollars(metrics.cost), optional: true },
];

function manyOnly({ samples }: Metrics, text: string): string {
  return samples > 1 ? text : "–";
}

/** One row a setting. Accuracy is the mean over samples, in percent; ± is half of its 95 % interval. */
function metricsTable(head: string, rows: readonly Metrics[], names = rows.map(({ name }) => name)): Table {
  const k = Math.max(...rows.map(({ samples }) => samples));
  const shown = columns.filter(({ optional, cell }) => !optional || rows.some((row) => cell(row) !== "–"));
  return [
    [head, ...shown.map((column) => column.head(k))],
    ...rows.map((row, i) => [names[i]!, ...shown.map((column) => column.cell(row))]),
  ];
}

/** The tables of a report: the settings, then for each field that they are sliced by a table a setting. */
export function reportTables({ results, by, slices = [by] }: Report): Table[] {
  const tables = Object.keys(by).flatMap((field) =>
    slices.map((fields, i) => {
      const values = fields[field]!;
      const head = results.length > 1 ? `${field}, ${results[i]!.name}` : field;
      return metricsTable(head, Object.values(values), Object.keys(values));
    }),
  );
  return [...(results.length > 0 ? [metricsTable("", results)] : []), ...tables];
}

/** `direct 61.2 ±3.0 → step-by-step 88.4 ±2.1 (+27.2 [+22.0, +32.4], p<0.001)` */
export function comparisonLine(
  { a, b, difference, ci95, p }: Comparison,
  results: readonly Metrics[],
): string {
  const named = (name: string): string => {
    const metrics = results.find((result) => result.name === name);
    return metrics ? `${name} ${percentWithError(metrics.passAt1, metrics.stderr)}` : name;
  };
  const interval = ci95 ? ` [${points(ci95[0])}, ${points(ci95[1])}]` : "";
  return `${named(a)} → ${named(b)} (${points(difference)}${interval}, ${pValue(p)})`;
}

/** What the table leaves out and a person should know, one sentence a line. */
export function remarks({ results }: Report): string[] {
  return results.flatMap(({ name, answered, unknown, dropped }) => {
    const reasons = Object.entries(answered.reasons).map(
      ([reason, share]) => `${reason} ${percent(share)} %`,
    );
    return [
      ...(reasons.length > 0 ? [`${name}: without an answer: ${reasons.join(", ")}`] : []),
      ...(unknown > 0
        ? [`${name}: answers that cannot be judged and count as wrong: ${whole(unknown)}`]
        : []),
      ...(dropped > 0
        ? [`${name}: questions left out because their gold cannot be read: ${whole(dropped)}`]
        : []),
    ];
  });
}

/** The report as text: aligned tables, the comparisons, remarks. */
export function evalText(report: Report): string {
  const tables = reportTables(report).map(alignedTable);
  const comparisons = report.comparisons.map((one) => safeLine(comparisonLine(one, report.results)));
  const blocks = [...tables, comparisons.join("\n"), remarks(report).map(safeLine).join("\n")];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function alignedTable(table: Table): string {
  const cells = table.map((row) => row.map(safeLine));
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
