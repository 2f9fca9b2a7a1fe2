import { diskFiles } from "../../files.ts";
import type { Optimization } from "../../optimize/run.ts";
import { optimizeJson } from "../../output/report/optimize-json.ts";
import { optimizeText } from "../../output/report/optimize-text.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import type { OptimizeSettings } from "./settings.ts";

/** Prints the outcome in the form asked for, and writes the page. */
export async function printOutcome(
  title: string,
  optimization: Optimization,
  settings: OptimizeSettings,
  terminal: Terminal,
): Promise<void> {
  await terminal.stdout.write(settings.json ? optimizeJson(optimization) : optimizeText(title, optimization));
  if (settings.html === undefined) return;
  const { optimizePage } = await import("../../output/report/optimize-page.ts");
  const file = await diskFiles.open(settings.html, "truncate");
  await file.append(optimizePage(title, optimization)).finally(() => file.close());
}
