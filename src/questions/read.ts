import type { Question } from "./question.ts";

/** A file, or bytes as they come. */
export type QuestionSource =
  { path: string } | { /** For errors: `stdin`. */ name: string; stream: AsyncIterable<Uint8Array> };

export interface ReadOptions {
  /** Other names for the field or column of the question, the right answer, the id. */
  questionField?: string;
  answerField?: string;
  idField?: string;
  /** Leave out what cannot be read, instead of stopping at it. */
  skipBad?: boolean;
  /** Only the first so many. */
  limit?: number;
  /** Only so many, drawn with `seed`, in the order of the input. */
  pick?: number;
  /** For `pick`; default 0. */
  seed?: number;
  /** Part `index` (from 1) of `count`, cut by a hash of the id, after `limit` and `pick`. */
  shard?: { index: number; count: number };
  /** What a person should be told: lines left out, bytes that are not UTF-8. */
  onNotice?: (notice: string) => void;
}

/** What a file holds, as its check found it. */
export interface Survey {
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
export function checkQuestions(path: string, options: ReadOptions = {}): Promise<Survey> {
  void path;
  void options;
  return Promise.reject(new Error("not yet"));
}

/**
 * The questions of a source, lazily. A file is checked whole before the first is given, unless `survey` is what a
 * check has found; a stream is read as it comes, and a bad line throws after the questions before it.
 */
export async function* readQuestions(
  source: QuestionSource,
  options: ReadOptions = {},
  survey?: Survey,
): AsyncGenerator<Question> {
  await Promise.resolve();
  void source;
  void options;
  void survey;
  yield* [];
}
