import { buildReport, type Measured, type Report } from "../../eval/report.ts";
import { diskFiles } from "../../files.ts";
import { evalJson } from "../../output/report/eval-json.ts";
import { evalMarkdown } from "../../output/report/eval-markdown.ts";
import { evalText } from "../../output/report/eval-table.ts";
import { percent } from "../../output/report/numbers.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { notesOf } from "../notes.ts";
import type { EvalSettings } from "./settings.ts";

/**
 * Prints the report in the form asked for, writes the page, and checks `--min-accuracy`.
 * @returns 1 where a setting misses it, else 0
 */
export async function printReport(
  title: string,
  measured: readonly Measured[],
  settings: EvalSettings,
  terminal: Terminal,
): Promise<number> {
  const report = buildReport(measured, settings.by);
  await terminal.stdout.write(formatted(report, settings));
  if (settings.html !== undefined) {
    const { evalPage } = await import("../../output/report/eval-page.ts");
    const file = await diskFiles.open(settings.html, "truncate");
    await file.append(evalPage(title, report, measured)).finally(() => file.close());
  }
  const { note } = notesOf(terminal, settings);
  for (const field of Object.keys(report.by)) {
    if (Object.keys(report.by[field]!).join() === "(none)") note(`--by ${field}: no question has that field`);
  }
  const { minAccuracy } = settings;
  const low = report.results.filter(({ passAt1 }) => minAccuracy !== undefined && passAt1 < minAccuracy);
  for (const { name, passAt1 } of low) {
    note(`${name}: accuracy ${percent(passAt1)} % is under --min-accuracy ${percent(minAccuracy!)} %`);
  }
  return low.length > 0 ? 1 : 0;
}

function formatted(report: Report, { json, markdown }: EvalSettings): string {
  if (json) return evalJson(report);
  return markdown ? evalMarkdown(report) : evalText(report);
}
