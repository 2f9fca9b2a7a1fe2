import { describe, expect, test } from "vitest";
import { readAnswers, type AnswerRow } from "../../src/eval/answers.ts";

async function read(rows: (object | string)[], options = {}): Promise<AnswerRow[]> {
  async function* lines(): AsyncGenerator<string> {
    for (const row of rows) yield await Promise.resolve(typeof row === "string" ? row : JSON.stringify(row));
  }
  const read: AnswerRow[] = [];
  for await (const row of readAnswers(lines(), "a.jsonl", options)) read.push(row);
  return read;
}

const answers = (rows: AnswerRow[]): unknown[] =>
  rows.map((row) => row.samples.map((sample) => sample.answer));

test("a final answer, a raw text, several samples, an error", async () => {
  const rows = await read([
    { gold: "408", answer: "408" },
    { gold: "408", answer: 408 },
    { gold: "408", output: "17×24 is 408.\nThe answer is 408." },
    {
      gold: "408",
      samples: [{ answer: "1" }, { text: "The answer is 2" }, { error: { code: "network" } }, "\\boxed{3}"],
    },
    { gold: "408", error: { code: "truncated", message: "cut off" }, samples: [] },
    { gold: "408", output: "" },
    { gold: "{}", answer: { a: 1 } },
  ]);
  expect(answers(rows)).toEqual([
    ["408"],
    ["408"],
    ["408"],
    ["1", "2", undefined, "3"],
    [undefined],
    [undefined],
    [{ a: 1 }],
  ]);
  expect(rows[3]!.samples[2]!.error?.code).toBe("network");
  expect(rows[4]!.samples[0]!.error?.code).toBe("truncated");
  expect(rows[5]!.samples[0]!.error?.code).toBe("no_answer");
});

test("a result of a run keeps its usage, latency, cost and reasoning", async () => {
  const [row] = await read([
    {
      ...{ v: 1, id: "q", question: "?", answer: "4", gold: "4", correct: true, kind: "sum" },
      samples: [
        {
          ...{
            answer: "4",
            anchor: "boxed",
            reasoning: "2+2=4",
            reasoning_from: "reasoning_content",
            text: "4",
          },
          usage: { prompt_tokens: 3, completion_tokens: 9 },
          ...{ latency_ms: 12, cost: 0.5, finish_reason: "stop" },
        },
      ],
    },
  ]);
  expect(row!.samples[0]).toMatchObject({
    ...{ anchor: "boxed", reasoning: "2+2=4", latencyMs: 12, cost: 0.5, finishReason: "stop" },
    usage: { promptTokens: 3, completionTokens: 9 },
  });
  expect(row!.question.meta).toEqual({ kind: "sum" });
});

test("the same id, else the same question, makes samples of one question", async () => {
  const rows = await read([
    { id: "a", question: "x", gold: "1", answer: "1" },
    { id: "a", question: "y", gold: "1", answer: "2" },
    { question: "z", gold: "1", answer: "1" },
    "",
    { question: "z", gold: "1", answer: "1" },
    { gold: "1", answer: "1" },
    { gold: "1", answer: "1" },
  ]);
  const keys = rows.map((row) => row.key);
  expect(keys[0]).toBe(keys[1]);
  expect(keys[2]).toBe(keys[3]);
  expect(new Set(keys).size).toBe(4);
  expect(rows.map((row) => row.id)).toEqual(["a", "a", "3", "5", "6", "7"]);
});

test("fields of one's own, also under `input`, are for slicing", async () => {
  const [row] = await read([{ gold: "1", answer: "1", kind: "sum", input: { model: "x" } }]);
  expect(row!.question.meta).toEqual({ kind: "sum", model: "x" });
});

describe("is refused with file and line", () => {
  test.each([
    [{ answer: "1" }, "a.jsonl:2: no `gold`"],
    [{ gold: "1", question: "?" }, "a.jsonl:2: nothing to grade"],
    [{ gold: "1", samples: 3 }, "`samples` is no list but 3"],
    ["[1]", "a.jsonl:2: not a JSON object: [1]"],
    ["{", "a.jsonl:2: not a JSON object: {"],
  ])("%j", async (row, message) => {
    const rows = read([{ gold: "1", answer: "1" }, row]);
    await expect(rows).rejects.toMatchObject({ code: "usage" });
    await expect(rows).rejects.toThrow(message);
  });

  test("but a reward may do without a gold", async () => {
    expect(await read([{ answer: "1" }], { needsGold: false })).toHaveLength(1);
  });
});
