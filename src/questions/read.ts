import { createHash } from "node:crypto";

import { usageError } from "../errors.ts";
import { BadRow, toQuestion, type FieldNames } from "./fields.ts";
import { rowsOf, sourceName } from "./format.ts";
import type { Question } from "./question.ts";
import type { OnNotice, Row } from "./row.ts";
import { selector, type Selection } from "./select.ts";

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
  /** Characters of the questions and contexts that will be given. */
  characters: number;
}

/**
 * Reads a file through, once, and checks every line.
 * @throws CotError (usage) with file, line and field, where `skipBad` is not set; also where it holds no question
 */
export async function checkQuestions(path: string, options: ReadOptions = {}): Promise<Survey> {
  const survey = { total: 0, questions: 0, bad: 0, characters: 0 };
  const hash = createHash("sha256");
  let select = selector({ ...options, pick: undefined }, Infinity);
  for await (const question of allQuestions({ path }, options, () => (survey.bad += 1))) {
    const { asked = question.question, context = "" } = question;
    hash.update(`${asked}\0${context}\0`);
    survey.total += 1;
    if (select(question) !== "take") continue;
    survey.questions += 1;
    survey.characters += asked.length + context.length;
  }
  if (options.pick !== undefined) {
    // how many are drawn is known only now, and which of them the shard holds only by drawing
    select = selector(options, survey.total);
    survey.questions = 0;
    survey.characters = 0;
    for await (const question of allQuestions({ path }, { ...options, onNotice: undefined })) {
      const choice = select(question);
      if (choice === "end") break;
      if (choice === "leave") continue;
      survey.questions += 1;
      survey.characters += (question.asked ?? question.question).length + (question.context ?? "").length;
    }
  }
  return { ...survey, fingerprint: hash.digest("hex").slice(0, 32) };
}

/**
 * The questions of a source, lazily. A file is checked whole before the first is given, unless `survey` is what a
 * check has found; a stream is read as it comes, and a bad line throws after the questions before it. With `pick`, a
 * stream is read to its end first.
 */
export async function* readQuestions(
  source: QuestionSource,
  options: ReadOptions = {},
  survey?: Survey,
): AsyncGenerator<Question> {
  if ("path" in source) {
    const { total } = survey ?? (await checkQuestions(source.path, options));
    yield* selected(allQuestions(source, { ...options, onNotice: undefined }), selector(options, total));
    return;
  }
  const questions = allQuestions(source, options);
  if (options.pick === undefined) {
    yield* selected(questions, selector(options, Infinity));
    return;
  }
  const held: Question[] = [];
  for await (const question of questions) held.push(question);
  yield* selected(held, selector(options, held.length));
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
): AsyncGenerator<Question> {
  const name = sourceName(source);
  const ids = new Set<string>();
  let bad = 0;
  for await (const row of rowsOf(source, options.onNotice)) {
    const question = questionOf(row, options, ids);
    if (!(question instanceof BadRow)) {
      ids.add(question.id);
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
  if (ids.size === 0) throw usageError(`${name} holds no question`);
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
