import type { Finding } from "../../distill/lint/finding.ts";
import type { LintReport } from "../../distill/lint/lint.ts";
import { safeLine } from "../../output/terminal/safe.ts";
import { counted } from "../counted.ts";

/** Lines of one rule; a fault of the whole file would otherwise bury the others. */
const mostOfARule = 20;

/** `FILE:LINE: rule: message`, in the order of the rows, then how many more there are of each rule, then the sum. */
export function findingLines(file: string, { format, rows, findings }: LintReport): string {
  const counts = new Map<Finding["rule"], number>();
  const lines: string[] = [];
  for (const { line, record, rule, message } of findings) {
    const count = (counts.get(rule) ?? 0) + 1;
    counts.set(rule, count);
    if (count <= mostOfARule) lines.push(`${file}${placed(line, record)}: ${rule}: ${message}`);
  }
  for (const [rule, count] of counts) {
    if (count > mostOfARule) lines.push(`${file}: ${rule}: and ${count - mostOfARule} more`);
  }
  const found = findings.length === 0 ? "nothing wrong" : counted(findings.length, "finding");
  lines.push(`${file}: ${counted(rows, "row")}${format === undefined ? "" : ` of ${format}`}, ${found}`);
  return lines.map((line) => `${safeLine(line)}\n`).join("");
}

function placed(line: number, record?: number): string {
  return `${line === 0 ? "" : `:${line}`}${record === undefined ? "" : `: row ${record}`}`;
}
