import { dirname, join } from "node:path";
import { usageError } from "../../errors.ts";
import { makeDirectory } from "../../make-directory.ts";
import type { Question } from "../../questions/question.ts";
import { stableHash } from "../../random.ts";
import { sortOut } from "../questions.ts";
import { writeWhole } from "../write-whole.ts";
import { openaiFiles } from "./openai-rft.ts";
import { isJudged } from "./reward.py.ts";
import { trlFiles } from "./trl.ts";
import { verlFiles } from "./verl.ts";

export type ExportTarget = "trl" | "verl" | "openai-rft";

/** A question as every trainer's data set has it. */
export interface PromptRow {
  id: string;
  prompt: string;
  gold: string;
}

/** Rows to train on and to validate with. */
export interface ExportParts {
  train: PromptRow[];
  validation: PromptRow[];
}

/** Files by their paths. */
export type ExportFiles = Record<string, string>;

const writers: Record<ExportTarget, (parts: ExportParts) => ExportFiles> = {
  trl: trlFiles,
  verl: verlFiles,
  "openai-rft": openaiFiles,
};

/** What every prompt ends in, so that the reward finds the answer. */
const instruction = "Reason step by step, and put your final answer within \\boxed{}.";

/**
 * Writes data set, reward and launch script for a trainer elsewhere; trains nothing.
 * @returns the files written, and what was left out by reason
 * @throws CotError `usage` where no question can be used or the directory cannot be written
 */
export async function exportTraining(
  target: ExportTarget,
  questions: readonly Question[],
  directory: string,
): Promise<{ files: string[]; rows: number; leftOut: Record<string, number> }> {
  const leftOut: Record<string, number> = {};
  const usable = sortOut(questions, unusable, leftOut);
  if (usable.length < 2)
    throw usageError(
      `${usable.length} of ${questions.length} questions have a gold that the exported reward can tell`,
      "It tells numbers, fractions, percentages and choice letters.",
    );
  const parts = splitRows(usable.map(toRow));
  const files = writers[target](parts);
  for (const [path, text] of Object.entries(files)) {
    const whole = join(directory, path);
    await makeDirectory(dirname(whole));
    await writeWhole(whole, text);
  }
  return { files: Object.keys(files), rows: usable.length, leftOut };
}

function unusable({ gold }: Question): string | undefined {
  if (gold === undefined) return "no right answer";
  return isJudged(gold) ? undefined : "a right answer that the exported reward cannot tell";
}

function toRow({ id, question, asked = question, context, gold }: Question): PromptRow {
  const before = context === undefined ? "" : `Context:\n${context}\n\n`;
  return { id, prompt: `${before}${asked}\n\n${instruction}`, gold: gold!.trim() };
}

/** A tenth, by a hash of the prompt; at least one row on each side. */
function splitRows(rows: readonly PromptRow[]): ExportParts {
  const byHash = [...rows].sort((a, b) => stableHash(a.prompt) - stableHash(b.prompt));
  const kept = new Set(
    byHash.slice(0, Math.max(1, Math.floor(rows.length / 10))).map(({ prompt }) => prompt),
  );
  return {
    train: rows.filter(({ prompt }) => !kept.has(prompt)),
    validation: rows.filter(({ prompt }) => kept.has(prompt)),
  };
}

/** One JSON object a line. */
export function jsonLines(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}
