import type { Result, Sample } from "../../src/reasoning/result.ts";

const usage = { promptTokens: 41, completionTokens: 72, reasoningTokens: null, cachedTokens: null };

/** A sample with everything that tests seldom care about filled in. */
export function sampleOf(fields: Partial<Sample> = {}): Sample {
  return {
    index: 0,
    answer: "408",
    anchor: "boxed",
    reasoning: "17×20=340, 17×4=68.",
    reasoningFrom: "text",
    text: "17×20=340, 17×4=68.\n\\boxed{408}",
    finishReason: "stop",
    usage,
    latencyMs: 812.4,
    cost: null,
    ...fields,
  };
}

/** A result over one sample. */
export function resultOf(fields: Partial<Result> = {}): Result {
  const samples = fields.samples ?? [sampleOf()];
  return {
    question: { id: "q1", question: "What is 17×24?" },
    answer: "408",
    anchor: "boxed",
    reasoning: samples[0]?.reasoning ?? null,
    agreement: 1,
    votes: [{ answer: "408", count: 1 }],
    tie: false,
    samples,
    representative: 0,
    model: "test-model",
    endpoint: "127.0.0.1:1",
    prompt: "step-by-step",
    policy: null,
    usage,
    cost: 0.0004,
    latencyMs: 812.4,
    ...fields,
  };
}

/** A result that failed. */
export function failedResult(fields: Partial<Result> = {}): Result {
  const result = resultOf({
    agreement: null,
    votes: [],
    representative: -1,
    reasoning: null,
    error: { code: "no_answer", message: "there is no answer", retryable: false },
    samples: [],
    ...fields,
  });
  delete result.answer;
  delete result.anchor;
  return result;
}
