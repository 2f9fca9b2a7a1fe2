import { expect, test } from "vitest";

import { resultToJson } from "../../../src/output/formats/json.ts";
import { failedResult, resultOf, sampleOf } from "../../support/result.ts";

test("names every field as the API does, and nothing else", () => {
  expect(resultToJson(resultOf())).toEqual({
    v: 1,
    id: "q1",
    question: "What is 17×24?",
    answer: "408",
    anchor: "boxed",
    reasoning: "17×20=340, 17×4=68.",
    agreement: 1,
    votes: [{ answer: "408", count: 1 }],
    tie: false,
    samples: [
      {
        answer: "408",
        anchor: "boxed",
        reasoning: "17×20=340, 17×4=68.",
        reasoning_from: "text",
        text: "17×20=340, 17×4=68.\n\\boxed{408}",
        finish_reason: "stop",
        usage: { prompt_tokens: 41, completion_tokens: 72, reasoning_tokens: null, cached_tokens: null },
        latency_ms: 812,
      },
    ],
    model: "test-model",
    endpoint: "127.0.0.1:1",
    prompt: "step-by-step",
    policy: null,
    usage: { prompt_tokens: 41, completion_tokens: 72, reasoning_tokens: null, cached_tokens: null },
    cost: 0.0004,
    latency_ms: 812,
  });
});

test("a question with its right answer has gold and correct, null where it cannot be told", () => {
  const question = { id: "1", question: "?", gold: "408" };
  expect(resultToJson(resultOf({ question, correct: true }))).toMatchObject({ gold: "408", correct: true });
  expect(resultToJson(resultOf({ question, correct: null }))).toMatchObject({ correct: null });
  expect(resultToJson(resultOf())).not.toHaveProperty("gold");
});

test("a failed question has its error and no answer", () => {
  const json = resultToJson(failedResult());
  expect(json.error).toEqual({ code: "no_answer", message: "there is no answer", retryable: false });
  expect(json).not.toHaveProperty("answer");
  expect(json.samples).toEqual([]);
});

test("checks, refining, seeds and estimated usage stand where there are any", () => {
  const checks = [{ step: "17×20=350", ok: false, expected: "340", at: 4 }];
  const usage = {
    promptTokens: 1,
    completionTokens: 2,
    reasoningTokens: null,
    cachedTokens: null,
    estimated: true,
  };
  const json = resultToJson(
    resultOf({
      checks,
      refined: { rounds: 1, changed: true, from: "418" },
      usage,
      samples: [sampleOf({ seed: 7, checks })],
    }),
  );
  expect(json.checks).toEqual([{ step: "17×20=350", ok: false, expected: "340" }]);
  expect(json.refined).toEqual({ rounds: 1, changed: true, from: "418" });
  expect(json.usage).toHaveProperty("estimated", true);
  expect(json.samples).toMatchObject([{ seed: 7, checks: [{ ok: false }] }]);
});

test("other input fields keep their names, but where a result has that name", () => {
  const question = { id: "1", question: "?", meta: { topic: "sums", model: "mine", __proto__x: 1 } };
  const json = resultToJson(resultOf({ question }));
  expect(json).toMatchObject({ topic: "sums", model: "test-model", input: { model: "mine" } });
});
