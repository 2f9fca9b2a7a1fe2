import { lintTrainingFile, type LintReport } from "../../distill/lint/lint.ts";
import { loadChatTemplate } from "../../distill/lint/chat-template.ts";
import { usageError } from "../../errors.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { recordsOf, recordsOfBytes } from "../../questions/records.ts";
import type { GroupSettings } from "../flags/flag.ts";
import type { lintFlags } from "../flags/lint.ts";
import { findingLines } from "./finding-lines.ts";

type LintSettings = GroupSettings<readonly [typeof lintFlags]> & { json?: boolean };

/** `cot lint FILE`. @returns 1 where something was found, else 0 */
export async function runLint(words: string[], settings: LintSettings, terminal: Terminal): Promise<number> {
  const [path] = words;
  if (path === undefined) throw usageError("no file is given", "cot lint train.jsonl");
  if (words.length > 1) throw usageError(`one file at a time, not ${words.join(" ")}`);
  const { as, chatTemplate, json } = settings;
  const render = chatTemplate === undefined ? undefined : await loadChatTemplate(chatTemplate);
  const name = path === "-" ? "stdin" : path;
  const rows = path === "-" ? recordsOfBytes(terminal.stdin, name) : recordsOf(path);
  const report = await lintTrainingFile(rows, {
    ...(as === undefined ? {} : { as }),
    ...(render === undefined ? {} : { render }),
  });
  await terminal.stdout.write(json ? reportJson(name, report) : findingLines(name, report));
  return report.findings.length > 0 ? 1 : 0;
}

function reportJson(file: string, { format, rows, findings }: LintReport): string {
  return `${JSON.stringify({ v: 1, file, format: format ?? null, rows, findings })}\n`;
}
