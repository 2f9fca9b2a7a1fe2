import { usageError } from "../errors.ts";
import { extractAnswer, type Anchor } from "../grading/extract.ts";
import { checkSteps } from "../grading/steps.ts";
import type { Question } from "../questions/question.ts";
import type { Failure, JsonValue, Sample } from "../reasoning/result.ts";
import { fullText, reasoningInText } from "../reasoning/sample.ts";
import { noUsage } from "../reasoning/usage.ts";

/** One line of a file of answers. */
export interface AnswerRow {
  /** From 1. */
  line: number;
  /** Its `id`, else its line's number. */
  id: string;
  /** Rows with the same key are samples of one question. */
  key: string;
  question: Question;
  samples: Sample[];
}

/** Fields that mean something here; the others describe the question, and `--by` can slice by them. */
const known = new Set(
  (
    "v id question gold correct answer anchor output reasoning agreement votes tie samples checks refined model " +
    "endpoint prompt policy usage cost latency_ms error input context text"
  ).split(" "),
);

/**
 * Reads finished answers: results of `cot batch`, or any JSON lines with `gold` and the answer (`answer`), the raw
 * text (`output`), both for several samples (`samples`), or an `error`.
 * @param lines JSON lines; empty ones are passed over
 * @param file the file's name, for errors
 * @throws CotError `usage` with file and line where a row has no gold or nothing to grade
 */
export async function* readAnswers(
  lines: AsyncIterable<string>,
  file: string,
  { needsGold = true }: { needsGold?: boolean } = {},
): AsyncGenerator<AnswerRow> {
  let line = 0;
  for await (const text of lines) {
    line++;
    if (text.trim() === "") continue;
    yield answerRow(parseObject(text, file, line), line, `${file}:${String(line)}`, needsGold);
  }
}

type Row = Record<string, unknown>;

/**
 * Reads one row.
 * @param line its number, for its id where it has none
 * @param at where it stands, for errors
 */
export function answerRow(row: Row, line: number, at: string, needsGold: boolean): AnswerRow {
  const gold = textOf(row.gold) ?? (row.gold ? JSON.stringify(row.gold) : undefined);
  if (gold === undefined && needsGold) {
    throw usageError(`${at}: no \`gold\` to grade against`, "every row needs its right answer as `gold`");
  }
  if (!["answer", "output", "samples", "error"].some((field) => row[field] !== undefined)) {
    throw usageError(
      `${at}: nothing to grade: none of \`answer\`, \`output\`, \`samples\`, \`error\``,
      "`answer` is the final answer, `output` the raw text of a model",
    );
  }
  if (row.samples !== undefined && !Array.isArray(row.samples)) {
    throw usageError(`${at}: \`samples\` is no list but ${JSON.stringify(row.samples).slice(0, 60)}`);
  }
  const id = textOf(row.id);
  const asked = textOf(row.question);
  const question: Question = { id: id ?? String(line), question: asked ?? "" };
  if (gold !== undefined) question.gold = gold;
  const input = isObject(row.input) ? row.input : {};
  const meta = {
    ...input,
    ...Object.fromEntries(Object.entries(row).filter(([field]) => !known.has(field))),
  };
  if (Object.keys(meta).length > 0) question.meta = meta;
  return { line, id: question.id, key: keyOf(id, asked, line), question, samples: samplesIn(row, question) };
}

function keyOf(id: string | undefined, asked: string | undefined, line: number): string {
  if (id !== undefined) return `id ${id}`;
  return asked === undefined ? `line ${String(line)}` : `question ${asked}`;
}

function samplesIn(row: Row, question: Question): Sample[] {
  const listed = (row.samples ?? []) as unknown[];
  const given = listed.length > 0 ? listed.map((one) => (isObject(one) ? one : { output: one })) : [row];
  // a failed question's error is also that of the samples that it did not get
  return given.map((one, index) =>
    toSample({ ...(listed.length === 0 ? {} : { error: row.error }), ...one }, index, question),
  );
}

function toSample(row: Row, index: number, question: Question): Sample {
  const output = textOf(row.output) ?? textOf(row.text) ?? "";
  const given = jsonOf(row.answer);
  const truncated = row.finish_reason === "length";
  const stated = row.error ? undefined : extractAnswer(output, { question: question.question, truncated });
  const anchor = typeof row.anchor === "string" ? (row.anchor as Anchor) : stated?.anchor;
  const found = given === undefined ? stated : { answer: given, ...(anchor ? { anchor } : {}) };
  const apart = textOf(row.reasoning);
  const from = typeof row.reasoning_from === "string" && row.reasoning_from !== "text" ? "reasoning" : "text";
  const sample: Sample = {
    index,
    reasoning: apart ?? (output === "" ? null : reasoningInText(output, stated)),
    reasoningFrom: from,
    text: output,
    finishReason: textOf(row.finish_reason) ?? null,
    usage: usageOf(row.usage),
    latencyMs: numberOf(row.latency_ms) ?? 0,
    cost: numberOf(row.cost) ?? null,
    ...found,
  };
  if (sample.text !== "" || sample.reasoning !== null) {
    sample.checks = checkSteps(sample.text === "" ? sample.reasoning! : fullText(sample));
  }
  if (sample.answer === undefined) sample.error = failureIn(row.error, truncated);
  return sample;
}

function failureIn(error: unknown, truncated: boolean): Failure {
  const { code, message } = isObject(error) ? error : {};
  return {
    code: (textOf(code) ?? (error ? "malformed" : truncated ? "truncated" : "no_answer")) as Failure["code"],
    message: textOf(message) ?? textOf(error) ?? "no final answer can be found",
    retryable: false,
  };
}

function usageOf(usage: unknown): Sample["usage"] {
  if (!isObject(usage)) return noUsage;
  return {
    promptTokens: numberOf(usage.prompt_tokens) ?? null,
    completionTokens: numberOf(usage.completion_tokens) ?? null,
    reasoningTokens: numberOf(usage.reasoning_tokens) ?? null,
    cachedTokens: numberOf(usage.cached_tokens) ?? null,
  };
}

function parseObject(text: string, file: string, line: number): Row {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (isObject(value)) return value;
  throw usageError(`${file}:${String(line)}: not a JSON object: ${text.trim().slice(0, 60)}`);
}

function isObject(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** An answer: numbers and truth values as text, objects and lists as they are, empty text as none. */
function jsonOf(value: unknown): JsonValue | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  return textOf(value) ?? (value as JsonValue);
}
