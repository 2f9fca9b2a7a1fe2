import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { describe, expect, test } from "vitest";

import { checkQuestions, readQuestions, type ReadOptions } from "../../src/questions/read.ts";
import type { Question } from "../../src/questions/question.ts";
import { runFolder } from "../support/run-folder.ts";

/** Written by pyarrow: see make.py there. */
const folder = fileURLToPath(new URL("../fixtures/parquet/", import.meta.url));

async function read(path: string, options: ReadOptions = {}): Promise<Question[]> {
  const questions: Question[] = [];
  for await (const question of readQuestions({ path }, options)) questions.push(question);
  return questions;
}

describe.each(["none", "snappy", "gzip", "zstd", "brotli", "lz4"])("compressed by %s", (codec) => {
  test("every row of every row group, its values as JSON has them", async () => {
    const questions = await read(`${folder}${codec}.parquet`);
    expect(questions.map(({ id }) => id)).toEqual(["1", "2", "3", "4", "5"]);
    expect(questions[1]).toEqual({
      id: "2",
      question: "What is 2 + 2?",
      asked: "What is 2 + 2?\n(A) 3\n(B) 4\n(C) about 4",
      gold: "B",
      meta: {
        choices: ["3", "4", "about 4"],
        subject: "sums",
        asked_at: "2026-01-02T00:00:00.000Z",
        source: { page: 2, weight: 0.5 },
        // more than a JSON number can say
        views: "9007199254740994",
        note: null,
      },
    });
    expect(questions[2]?.meta).toMatchObject({ subject: "größer", note: "n" });
  });
});

const plain = `${folder}none.parquet`;

test("packed once more as a whole, as .parquet.gz", async () => {
  const path = runFolder().write("q.parquet.gz", gzipSync(readFileSync(plain)));
  expect(await read(path)).toEqual(await read(plain));
});

test("fields by other names, a choice of rows, and the fingerprint of all of them", async () => {
  const [question] = await read(plain, { questionField: "subject", idField: "views", limit: 1 });
  expect(question).toMatchObject({ id: "9007199254740993", question: "größer" });
  expect(await read(plain, { pick: 2, seed: 1 })).toHaveLength(2);
  expect(await checkQuestions(plain)).toMatchObject({ total: 5, questions: 5, bad: 0 });
});

test("a row without a question is a bad record; a column that is not there is named", async () => {
  await expect(read(plain, { questionField: "note" })).rejects.toThrow(
    /none.parquet, record 2: field "note"/,
  );
  expect(await read(plain, { questionField: "note", skipBad: true })).toHaveLength(4);
  await expect(read(plain, { questionField: "nope" })).rejects.toThrow(/record 1: no field "nope" \(it has/);
});

test("a file that is cut off is refused", async () => {
  const path = runFolder().write("q.parquet", readFileSync(plain).subarray(0, 2_000));
  await expect(read(path)).rejects.toMatchObject({ code: "usage" });
});

test("from a pipe it cannot be read, and says so", async () => {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    yield readFileSync(plain);
  }
  const iterator = readQuestions({ name: "stdin", stream: bytes() })[Symbol.asyncIterator]();
  await expect(iterator.next()).rejects.toThrow(/stdin is Parquet, which has to be a file/);
});
