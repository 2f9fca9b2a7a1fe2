import { createHash } from "node:crypto";
import type * as z from "zod";
import { placeName, type DataRecord } from "../../questions/records.ts";
import { formats, recogniseFormat, formatNames, type FormatName } from "../formats/index.ts";
import type { Conversation } from "../formats/format.ts";
import { countReasoningTags } from "../reasoning-tags.ts";
import type { Render } from "./chat-template.ts";
import type { Finding } from "./finding.ts";
import { adviceOnOwnRow } from "./own-row.ts";
import { leakedToken } from "./template-tokens.ts";
import { proveTemplate } from "./template-proof.ts";

import { truncationSign } from "./truncated.ts";

export interface LintOptions {
  /** Which format the file has to be of; without it the first row decides. */
  as?: FormatName;
  /** Render each row as the trainer will, and prove that the reasoning survives. */
  render?: Render;
}

export interface LintReport {
  format: FormatName | undefined;
  rows: number;
  findings: Finding[];
}

/** Checks a training file as its trainer will read it. */
export async function lintTrainingFile(
  rows: AsyncIterable<DataRecord>,
  options: LintOptions = {},
): Promise<LintReport> {
  const report: LintReport = { format: options.as, rows: 0, findings: [] };
  const seen = new Map<string, string>();
  for await (const { fields: row, bad, ...place } of rows) {
    report.rows++;
    const found = (rule: Finding["rule"], message: string) =>
      report.findings.push({ ...place, rule, message });
    if (row === undefined) {
      found("json", bad ?? "not a JSON object");
      continue;
    }
    const advice = report.format === undefined ? adviceOnOwnRow(row) : undefined;
    if (advice !== undefined) {
      found("shape", advice);
      return report;
    }
    report.format ??= recogniseFormat(row);
    if (report.format === undefined) {
      found("shape", `not a row of any format known here (${formatNames.join(", ")})`);
      continue;
    }
    const format = formats[report.format];
    const checked = format.schema.safeParse(row);
    if (!checked.success) {
      for (const issue of checked.error.issues) found("shape", describe(issue, row));
      continue;
    }
    for (const conversation of format.conversations(checked.data))
      checkConversation(conversation, found, options.render);
    const fingerprint = createHash("sha256").update(normalised(row)).digest("base64");
    const first = seen.get(fingerprint);
    if (first === undefined) seen.set(fingerprint, placeName(place));
    else found("duplicate", `the same as ${first}`);
  }
  if (report.rows === 0) report.findings.push({ line: 0, rule: "empty", message: "the file holds no row" });
  return report;
}

function checkConversation(
  { turns, part, templated }: Conversation,
  found: (rule: Finding["rule"], message: string) => void,
  render: Render | undefined,
): void {
  const where = part === "" ? "" : `${part}: `;
  const last = turns.at(-1)!;
  for (const turn of turns) {
    if (turn.content.trim() === "" && !turn["tool_calls"]) {
      const name = turn === last ? "the answer" : `a ${turn.role} turn`;
      found("empty", `${where}${name} is empty`);
    }
    const token = leakedToken(turn.content) ?? leakedToken(turn.reasoning_content ?? "");
    if (token !== undefined)
      found("template-token", `${where}the ${turn.role} turn holds the template's token ${token}`);
  }
  const tags = countReasoningTags(last.content);
  if (!tags.sound) {
    found(
      "tags",
      `${where}the answer has ${tags.open} opening and ${tags.close} closing reasoning tags, not one pair`,
    );
  } else {
    const answer = last.content.replace(/^[\s\S]*<\/\w+>/, (head) => (tags.close > 0 ? "" : head));
    if (tags.close > 0 && answer.trim() === "") found("empty", `${where}nothing stands after the reasoning`);
    const sign = truncationSign(last.content);
    if (sign !== undefined) found("truncated", `${where}the answer looks cut off: ${sign}`);
    if (render && templated) {
      const fault = proveTemplate({ turns, part, templated }, render);
      if (fault !== undefined) found("template", `${where}${fault}`);
    }
  }
}

function describe(issue: z.core.$ZodIssue, row: Record<string, unknown>): string {
  const path = issue.path.map(String).join(".");
  const value = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
    row,
  );
  const shown = value === undefined ? "missing" : JSON.stringify(value).slice(0, 40);
  return path === "" ? issue.message : `${path} (${shown}): ${issue.message}`;
}

const normalised = (row: Record<string, unknown>) => JSON.stringify(row).replace(/\s+/g, " ");
