import type { Report } from "../../eval/report.ts";
import { safeLine } from "../terminal/safe.ts";
import { comparisonLine, remarks, reportTables, type Table } from "./eval-table.ts";

/** The report as Markdown, for a pull request or a README. */
export function evalMarkdown(report: Report): string {
  const tables = reportTables(report).map(markdownTable);
  const list = (lines: readonly string[]): string => lines.map((line) => `- ${escaped(line)}`).join("\n");
  const blocks = [
    ...tables,
    list(report.comparisons.map((one) => comparisonLine(one, report.results))),
    list(remarks(report)),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function markdownTable([head, ...rows]: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(" | ")} |`;
  const rule = `| ${head!.map((_, i) => (i === 0 ? "---" : "---:")).join(" | ")} |`;
  return [line(head!), rule, ...rows.map(line)].join("\n");
}

/** Names come from files and flags: neither cells nor markup may break out of them. */
function escaped(text: string): string {
  return safeLine(text).replace(/[\\`*_[\]<>|]/g, "\\$&");
}
