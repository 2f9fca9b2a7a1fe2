import { gzipSync } from "node:zlib";

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { checkQuestions, readQuestions, type ReadOptions } from "../../src/questions/read.ts";
import type { Question } from "../../src/questions/question.ts";
import { runFolder } from "../support/run-folder.ts";

async function read(
  content: string | Uint8Array,
  name = "q.txt",
  options: ReadOptions = {},
): Promise<Question[]> {
  const path = runFolder().write(name, content);
  const questions: Question[] = [];
  for await (const question of readQuestions({ path }, options)) questions.push(question);
  return questions;
}

async function* bytes(...parts: string[]): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (const part of parts) yield Buffer.from(part);
}

describe("text", () => {
  test("a question a line, its number the id; a byte order mark, CRLF and empty lines are no part of it", async () => {
    expect(await read("\uFEFFone?\r\n\r\n  two?  \r\nthree?")).toEqual([
      { id: "1", question: "one?" },
      { id: "3", question: "two?" },
      { id: "4", question: "three?" },
    ]);
  });

  test("a JSON object with a question is one; set braces are a question", async () => {
    expect(await read('{"question":"a","x":1}\n{1, 2} has how many subsets?\n')).toEqual([
      { id: "1", question: "a", meta: { x: 1 } },
      { id: "2", question: "{1, 2} has how many subsets?" },
    ]);
    await expect(read('{"question": "torn\n')).rejects.toThrow(/line 1: not JSON/);
  });

  test("bytes that are not UTF-8 are replaced, and said once", async () => {
    const said: string[] = [];
    const content = Buffer.from([0x61, 0xff, 0x3f, 0x0a, 0xfe, 0x0a]);
    const questions = await read(content, "q.txt", { onNotice: (notice) => said.push(notice) });
    expect(questions.map(({ question }) => question)).toEqual(["a\uFFFD?", "\uFFFD"]);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/line 1: bytes that are not UTF-8/);
  });

  test("UTF-16 is refused with the way to convert it", async () => {
    await expect(read(Buffer.from("\uFEFFone?\n", "utf16le"))).rejects.toMatchObject({
      hint: expect.stringContaining("iconv") as string,
    });
  });

  test("any lines come back as they are", async () => {
    const line = fc
      .string({ minLength: 1, unit: "grapheme" })
      .filter((text) => !/^\s*$|[\r\n]|^\s*\{|^\uFEFF/.test(text));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 5 }), async (lines) => {
        const source = { name: "stdin", stream: bytes(...lines.map((text) => `${text}\n`)) };
        const found: string[] = [];
        for await (const { question } of readQuestions(source)) found.push(question);
        expect(found).toEqual(lines.map((text) => text.trim()));
      }),
    );
  });
});

describe("JSONL", () => {
  test("question, id, gold, context; further fields are carried", async () => {
    expect(
      await read('{"id":7,"question":"q","answer":42,"context":"c","level":"hard"}\n', "q.jsonl"),
    ).toEqual([{ id: "7", question: "q", gold: "42", context: "c", meta: { level: "hard" } }]);
  });

  test.each([
    ['{"problm":"x"}', /line 1: no field "question" \(it has "problm"\)/],
    ['{"question":17}', /field "question" is a number, not text/],
    ['{"question":""}', /field "question" is empty/],
    ['{"question":"q","samples":[]}', /a result/],
    ["[1]", /not a JSON object/],
    ['{"question":"a","id":"x"}\n{"question":"b","id":"x"}', /line 2: the id "x" is there already/],
  ])("%s is a bad line", async (content, message) => {
    await expect(read(`${content}\n`, "q.jsonl")).rejects.toThrow(message);
  });

  test("other names of fields", async () => {
    const options = { questionField: "prompt", answerField: "target", idField: "uid" };
    expect(await read('{"prompt":"p","target":"t","uid":"u","answer":"kept"}\n', "q.jsonl", options)).toEqual(
      [{ id: "u", question: "p", gold: "t", meta: { answer: "kept" } }],
    );
  });
});

test("an answer field that no record has is said: it is misspelt", async () => {
  const said: string[] = [];
  const onNotice = (notice: string): number => said.push(notice);
  const content = '{"question":"a","answer":"1"}\n{"question":"b"}\n';
  await read(content, "q.jsonl", { answerField: "anwser", onNotice });
  expect(said).toEqual([expect.stringMatching(/q\.jsonl: no record has an answer in its field "anwser"/)]);
  await read(content, "q.jsonl", { answerField: "answer", onNotice });
  expect(said).toHaveLength(1);
});

describe("exports of data sets", () => {
  test("GSM8K: the gold stands after ####", async () => {
    expect(await read('{"question":"q","answer":"5 + 3 = <<5+3=8>>8\\n#### 8"}\n', "q.jsonl")).toEqual([
      { id: "1", question: "q", gold: "8" },
    ]);
  });

  test("MATH: problem and solution, the gold boxed in it", async () => {
    const [question] = await read(
      JSON.stringify({ problem: "p", solution: "so $\\boxed{\\frac{1}{2}}$.", level: "Level 1" }),
      "q.jsonl",
    );
    expect(question).toMatchObject({ question: "p", gold: "\\frac{1}{2}", meta: { level: "Level 1" } });
  });

  test("MMLU: choices are appended to what is sent, an integer answer is an index", async () => {
    const [question] = await read(
      JSON.stringify({ question: "q", choices: ["a", "b", "c"], answer: 2 }),
      "q.jsonl",
    );
    expect(question).toMatchObject({ question: "q", asked: "q\n(A) a\n(B) b\n(C) c", gold: "C" });
  });

  test("MMLU as CSV: choices as a Python list, or in columns A to D", async () => {
    expect(await read(`question,choices,answer\nq,"['a', 'b']",1\n`, "q.csv")).toMatchObject([
      { asked: "q\n(A) a\n(B) b", gold: "B" },
    ]);
    expect(await read("question,A,B,C,D,answer\nq,w,x,y,z,D\n", "q.csv")).toMatchObject([
      { asked: "q\n(A) w\n(B) x\n(C) y\n(D) z", gold: "D", meta: { A: "w", D: "z" } },
    ]);
    // sides of a figure, say
    expect(await read("question,A,B,C,D,answer\nq,w,x,y,z,42\n", "q.csv")).toMatchObject([{ gold: "42" }]);
  });

  test("choices that cannot be read are a bad line, not a question without choices", async () => {
    await expect(read('{"question":"q","choices":"a or b","answer":1}\n', "q.jsonl")).rejects.toThrow(
      /line 1: field "choices" is no list of 2 to 26 choices/,
    );
    expect(await read('{"question":"q","choices":null,"answer":1}\n', "q.jsonl")).toEqual([
      { id: "1", question: "q", gold: "1", meta: { choices: null } },
    ]);
  });
});

describe("CSV", () => {
  test("quotes, line breaks in cells, missing cells; the record's number is the id", async () => {
    expect(await read('question,answer,x\n"a ""b"", c",3,y\n"two\nlines"\n', "q.csv")).toEqual([
      { id: "1", question: 'a "b", c', gold: "3", meta: { x: "y" } },
      { id: "2", question: "two\nlines" },
    ]);
  });

  test("a row with more cells than the header is bad, and can be skipped", async () => {
    const content = "question,answer\na,1\nb,2,3\nc,3\n";
    await expect(read(content, "q.csv")).rejects.toThrow(
      /record 2 \(line 3\): 3 cells, but the header has 2/,
    );
    expect((await read(content, "q.csv", { skipBad: true })).map(({ id }) => id)).toEqual(["1", "3"]);
  });

  test("TSV", async () => {
    expect(await read("question\tanswer\na, b\t1\n", "q.tsv")).toMatchObject([
      { question: "a, b", gold: "1" },
    ]);
  });
});

describe("files", () => {
  test("gzip, by its bytes; one that is cut off is refused", async () => {
    const packed = gzipSync("one?\ntwo?\n");
    expect(await read(packed, "q.txt.gz")).toHaveLength(2);
    expect(await read(packed, "q.txt")).toHaveLength(2);
    await expect(read(packed.subarray(0, packed.length - 6), "q.txt.gz")).rejects.toThrow(/cut off/);
  });

  test.each(["", "\n \n", "\uFEFF"])("%j holds no question", async (content) => {
    await expect(read(content)).rejects.toMatchObject({ code: "usage" });
  });

  test("what is no Parquet is refused as such", async () => {
    await expect(read("PAR1 but not really", "q.parquet")).rejects.toThrow(/not a whole Parquet file/);
  });

  test("the whole file is checked before the first question is given", async () => {
    const path = runFolder().write("q.jsonl", '{"question":"a"}\n{"question":"b"}\nbroken\n');
    const iterator = readQuestions({ path })[Symbol.asyncIterator]();
    await expect(iterator.next()).rejects.toThrow(/line 3/);
  });

  test("a stream gives what comes before its bad line", async () => {
    const iterator = readQuestions({ name: "stdin", stream: bytes("a\n", '{"x":1}\n') });
    expect((await iterator.next()).value).toMatchObject({ question: "a" });
    await expect(iterator.next()).rejects.toThrow(/stdin, line 2/);
  });

  test("the fingerprint is of the texts, not of what is chosen of them", async () => {
    const path = runFolder().write("q.txt", "a\nb\nc\n");
    const [all, some] = [await checkQuestions(path), await checkQuestions(path, { limit: 1 })];
    expect(some.fingerprint).toBe(all.fingerprint);
    expect([all.questions, some.questions]).toEqual([3, 1]);
  });
});

describe("choosing", () => {
  const lines = Array.from({ length: 100 }, (_, i) => `q${i}?\n`).join("");

  test("--limit, and --pick, which draws the same for a seed and keeps the order", async () => {
    expect(await read(lines, "q.txt", { limit: 3 })).toHaveLength(3);
    const ids = async (seed: number): Promise<number[]> =>
      (await read(lines, "q.txt", { pick: 10, seed })).map(({ id }) => Number(id));
    const drawn = await ids(1);
    expect(drawn).toHaveLength(10);
    expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
    expect(await ids(1)).toEqual(drawn);
    expect(await ids(2)).not.toEqual(drawn);
  });

  test("shards are whole, apart, and differ by one at most", async () => {
    const parts = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7].map((index) => read(lines, "q.txt", { shard: { index, count: 7 } })),
    );
    expect(new Set(parts.flat().map(({ id }) => id)).size).toBe(100);
    const sizes = parts.map(({ length }) => length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });
});
