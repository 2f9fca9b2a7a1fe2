import { describe, expect, test } from "vitest";

import { mergeParts, type Merged } from "../../src/batch/merge.ts";
import type { Question } from "../../src/questions/question.ts";
import { runFolder } from "../support/run-folder.ts";

async function* questions(...ids: string[]): AsyncGenerator<Question> {
  await Promise.resolve();
  for (const id of ids) yield { id, question: "q" };
}

/** @param parts the lines of each part's output */
async function merge(ids: string[], ...parts: string[][]): Promise<Merged & { lines: string[] }> {
  const folder = runFolder();
  const paths = parts.map((lines, i) => folder.write(`part${i}`, lines.map((line) => `${line}\n`).join("")));
  const lines: string[] = [];
  const merged = await mergeParts(questions(...ids), paths, (line) => {
    lines.push(line.trimEnd());
    return Promise.resolve();
  });
  return { ...merged, lines };
}

const result = (id: string): string => `{"id":"${id}","answer":"größer ${id}"}`;

test("in the order of the questions, each line as it stands", async () => {
  expect(await merge(["1", "2", "3"], [result("3")], [result("2"), result("1")])).toEqual({
    written: 3,
    missing: 0,
    failed: 0,
    lines: ["1", "2", "3"].map(result),
  });
});

test("what is missing and what has failed is counted", async () => {
  const failed = '{"id":"2","error":{"code":"refused"}}';
  expect(await merge(["1", "2", "3"], [failed])).toMatchObject({ written: 1, missing: 2, failed: 1 });
});

describe("refused", () => {
  test.each<[string, string[][], RegExp]>([
    ["a question in two parts", [[result("1")], [result("1")]], /"1" is there twice: in .*part0 and in .*1/],
    ["a question twice in one", [[result("1"), result("1")]], /"1" is there twice.*line 2/],
    ["a result of no question", [[result("9")]], /part0 has a result of "9"/],
    ["a line that is no result", [[result("1"), '{"id":"2","ans']], /part0, line 2: not a result/],
  ])("%s", async (_, parts, message) => {
    await expect(merge(["1", "2"], ...parts)).rejects.toThrow(message);
  });

  test("a part that is not there", async () => {
    const merging = mergeParts(questions("1"), ["/nonexistent"], () => Promise.resolve());
    await expect(merging).rejects.toMatchObject({ code: "usage" });
  });
});
