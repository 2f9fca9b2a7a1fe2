import { expect, test } from "vitest";

import { ledgerRow, leftOutRow, traceRow } from "../../../src/distill/output/rows.ts";
import { examinedOf, verdictsOf } from "../examined.ts";

const question = examinedOf("a", verdictsOf(null));
const [examined] = question.samples;

test("a sample stands in the ledger with everything that was found out about it, and without times", () => {
  const row = ledgerRow(question, {
    ...examined!,
    duplicateOf: "b#0",
    verdicts: verdictsOf("duplicate"),
    contamination: { file: "test.jsonl", item: "7", how: "near", shared: "1 + 1" },
  });
  expect(row).toMatchObject({
    v: 1,
    id: "a",
    sample: 0,
    part: "train",
    question: "1 + 1?",
    answer: "2",
    text: "1 + 1 = 2",
    model: "t",
    endpoint: "host",
    cost: 0.01,
    usage: { prompt_tokens: 5, completion_tokens: 10, reasoning_tokens: null, cached_tokens: null },
    verdicts: { reason: "duplicate" },
    duplicate_of: "b#0",
    contamination: { file: "test.jsonl", item: "7" },
  });
  expect(Object.keys(row).filter((name) => /latency|time/.test(name))).toEqual([]);
});

test("a question with choices and context keeps what was asked", () => {
  const asked = "Which?\n(A) 1\n(B) 2";
  const choice = { id: "c", question: "Which?", asked, gold: "B", context: "Two." };
  expect(ledgerRow({ ...question, question: choice }, examined!)).toMatchObject({
    question: "Which?",
    asked,
    gold: "B",
    context: "Two.",
  });
});

test("a failed request has its error and no answer", () => {
  const error = { code: "server", message: "503", retryable: true } as const;
  const sample = { ...examined!.sample, error };
  delete sample.answer;
  const row = ledgerRow(question, { ...examined!, sample });
  expect(row["error"]).toEqual({ code: "server", message: "503" });
  expect(row).not.toHaveProperty("answer");
});

test("a kept trace says where it stands in the exported files; a question left out, why", () => {
  expect(traceRow(question, examined!, { "messages/train.jsonl": 3 })).toEqual({
    ...ledgerRow(question, examined!),
    pass_rate: 1,
    rows: { "messages/train.jsonl": 3 },
  });
  expect(traceRow(question, examined!, {}, 2)).toMatchObject({ against: 2 });
  const hit = { file: "test.jsonl", item: "7", how: "exact", shared: "1 + 1?" } as const;
  expect(leftOutRow(question.question, hit)).toMatchObject({
    sample: null,
    verdicts: { accepted: false, reason: "contaminated" },
    contamination: hit,
  });
});
