import { createHash } from "node:crypto";

import { usageError } from "../errors.ts";
import { stableHash } from "../random.ts";
import { BadRow, toQuestion, type FieldNames } from "./fields.ts";
import { rowsOf, sourceName } from "./format.ts";
import type { Question } from "./question.ts";
import type { OnNotice, Row } from "./row.ts";
import { selector, shardBounds, type Selection, type ShardBounds } from "./select.ts";

/** A file, or bytes as they come. */
export type QuestionSource =
  { path: string } | { /** For errors: `stdin`. */ name: string; stream: AsyncIterable<Uint8Array> };

/** Which questions are given, and from which fields. `pick` draws with `seed` (default 0), in the input's order. */
export interface ReadOptions extends FieldNames, Selection {
  /** Leave out what cannot be read, instead of stopping at it. */
  skipBad?: boolean;
  /** What a person should be told: lines left out, bytes that are not UTF-8. */
  onNotice?: OnNotice;
}

/** What a file holds, as its check found it. */
export interface Survey {
  /** Questions that the file holds. */
  total: number;
  /** Questions that `readQuestions` will give with the same options. */
  questions: number;
  /** Lines left out under `skipBad`. */
  bad: number;
  /** A hash of every question that the file holds (texts and contexts), whatever `limit`, `pick` and `shard` say. */
  fingerprint: string;
  /** Of the shard, where one was asked for. */
  bounds?: ShardBounds;
}

/**
 * Reads a file through and checks every line; once, or, where questions are drawn or cut into shards, once for each.
 * @throws CotError (usage) with file, line and field, where `skipBad` is not set; also where it holds no question
 */
export async function checkQuestions(path: string, options: ReadOptions = {}): Promise<Survey> {
  const { limit = Infinity, pick = Infinity, shard } = options;
  const hash = createHash("sha256");
  let total = 0;
  let bad = 0;
  for await (const question of allQuestions({ path }, options, () => (bad += 1))) {
    const { asked = question.question, context = "" } = question;
    hash.update(`${asked}\0${context}\0`);
    total += 1;
  }
  const survey = { total, bad, fingerprint: hash.digest("hex").slice(0, 32) };
  const questions = Math.min(total, limit, pick);
  if (shard === undefined) return { ...survey, questions };
  const again = allQuestions({ path }, { ...options, onNotice: undefined });
  const bounds = await boundsOf(selected(again, selector(options, total)), shard);
  return { ...survey, ...bounds };
}

async function boundsOf(
  questions: AsyncIterable<Question> | Iterable<Question>,
  shard: NonNullable<Selection["shard"]>,
): Promise<{ bounds: ShardBounds; questions: number }> {
  const hashes: number[] = [];
  for await (const { id } of questions) hashes.push(stableHash(id));
  const bounds = shardBounds(hashes, shard);
  return { bounds, questions: hashes.filter((hash) => hash >= bounds.low && hash < bounds.high).length };
}

/**
 * The questions of a source, lazily. A file is checked whole before the first is given, unless `survey` is what a
 * check has found; a stream is read as it comes, and a bad line throws after the questions before it. With `pick` or
 * `shard`, a stream is read to its end first.
 */
export async function* readQuestions(
  source: QuestionSource,
  options: ReadOptions = {},
  survey?: Survey,
): AsyncGenerator<Question> {
  if ("path" in source) {
    const { total, bounds } = survey ?? (await checkQuestions(source.path, options));
    const questions = allQuestions(source, { ...options, onNotice: undefined }, undefined, true);
    yield* selected(questions, selector(options, total, bounds));
    return;
  }
  const questions = allQuestions(source, options);
  if (options.pick === undefined && options.shard === undefined) {
    yield* selected(questions, selector(options, Infinity));
    return;
  }
  const held: Question[] = [];
  for await (const question of questions) held.push(question);
  const { shard } = options;
  const drawn = selected(held, selector(options, held.length));
  const bounds = shard && (await boundsOf(drawn, shard)).bounds;
  yield* selected(held, selector(options, held.length, bounds));
}

async function* selected(
  questions: AsyncIterable<Question> | Iterable<Question>,
  select: ReturnType<typeof selector>,
): AsyncGenerator<Question> {
  for await (const question of questions) {
    const choice = select(question);
    if (choice === "end") return;
    if (choice === "take") yield question;
  }
}

async function* allQuestions(
  source: QuestionSource,
  options: ReadOptions,
  onBad?: () => void,
  isChecked = false,
): AsyncGenerator<Question> {
  const name = sourceName(source);
  const ids = new Set<string>();
  let found = false;
  let answered = false;
  let bad = 0;
  for await (const row of rowsOf(source, options.onNotice)) {
    const question = questionOf(row, options, ids);
    if (!(question instanceof BadRow)) {
      found = true;
      answered ||= question.gold !== undefined;
      // a file that was checked whole has no id twice; with bad lines left out it may
      if (!isChecked || options.skipBad === true) ids.add(question.id);
      yield question;
      continue;
    }
    const message = `${name}, ${row.place}: ${question.message}`;
    if (options.skipBad !== true) throw usageError(message, "--skip-bad goes on without such lines.");
    bad += 1;
    if (bad === 1) options.onNotice?.(`left out: ${message}`);
    onBad?.();
  }
  if (bad > 1) options.onNotice?.(`${name}: ${bad} bad lines left out in all`);
  if (!found) {
    throw usageError(
      `${name} holds no question`,
      "A question is a line of text, a JSON line with `question`, or a row of a CSV or Parquet file.",
    );
  }
  const { answerField } = options;
  if (answerField !== undefined && !answered) {
    options.onNotice?.(`${name}: no record has an answer in its field "${answerField}"`);
  }
}

function questionOf(row: Row, names: FieldNames, ids: ReadonlySet<string>): Question | BadRow {
  try {
    const question = toQuestion(row, names);
    return ids.has(question.id) ? new BadRow(`the id "${question.id}" is there already`) : question;
  } catch (error) {
    if (error instanceof BadRow) return error;
    throw error;
  }
}
