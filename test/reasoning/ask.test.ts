import { describe, expect, test } from "vitest";
import { CotError, usageError } from "../../src/errors.ts";
import { ask } from "../../src/reasoning/ask.ts";
import type { AskEvent } from "../../src/reasoning/options.ts";
import { mockModel } from "../support/mock-model.ts";
import { options, question } from "./support.ts";

const says = (answer: string): string => `Let us see: 17×20 = 340, 17×4 = 68.\n\nFinal answer: ${answer}`;

describe("one sample", () => {
  test("answer, reasoning, usage and correctness", async () => {
    const result = await ask(question, options, mockModel([says("408")]));
    expect(result).toMatchObject({
      answer: "408",
      agreement: 1,
      votes: [{ answer: "408", count: 1 }],
      tie: false,
      representative: 0,
      correct: true,
      reasoning: "Let us see: 17×20 = 340, 17×4 = 68.",
      usage: { promptTokens: 10, completionTokens: 5 },
      cost: null,
      latencyMs: 1,
    });
  });

  test("temperature and seed are sent only where set", async () => {
    const model = mockModel(["1"]);
    await ask(question, options, model);
    expect(model.requests[0]).not.toHaveProperty("temperature");
    expect(model.requests[0]).not.toHaveProperty("seed");
  });

  test("the token limit leaves no answer, and says so", async () => {
    const result = await ask(
      question,
      options,
      mockModel([{ text: "17 × 20 = 340, so", finishReason: "length" }]),
    );
    expect(result.error).toMatchObject({ code: "truncated", retryable: false });
    expect(result).not.toHaveProperty("answer");
    expect(result.samples[0]!.text).toBe("17 × 20 = 340, so");
  });

  test("what a content filter cut off is no answer", async () => {
    const reply = { text: "The answer is 4", finishReason: "content_filter" };
    const result = await ask(question, options, mockModel([reply]));
    expect(result.error).toMatchObject({ code: "no_answer", retryable: false });
    expect(result.error?.message).toContain("content filter");
    expect(result).not.toHaveProperty("answer");
  });

  test("a refusal is no answer, and what it says is kept", async () => {
    const reply = { text: "I cannot help with that.", finishReason: "refusal" };
    const result = await ask(question, options, mockModel([reply]));
    expect(result.error).toMatchObject({ code: "no_answer", message: "the model refused to answer" });
    expect(result.samples).toMatchObject([{ text: "I cannot help with that." }]);
    expect(result).not.toHaveProperty("answer");
  });

  test("a reply that breaks off keeps what had arrived", async () => {
    const model = {
      ...mockModel([]),
      async *generate() {
        yield { type: "text-delta" as const, sample: 0, text: "17×20 = " };
      },
    };
    const result = await ask(question, options, model);
    expect(result.error).toMatchObject({ code: "network", retryable: true });
    expect(result.samples).toMatchObject([{ index: 0, text: "17×20 = ", error: { code: "network" } }]);
    expect(result).not.toHaveProperty("answer");
  });

  test("wrong usage is thrown, anything else from the endpoint is data", async () => {
    await expect(ask(question, options, mockModel([usageError("custom")]))).rejects.toThrow("custom");
    const result = await ask(question, options, mockModel([new CotError("key", "refused", { status: 401 })]));
    expect(result.error).toMatchObject({ code: "key", status: 401 });
  });

  test("a bug is thrown", async () => {
    await expect(ask(question, options, mockModel([new TypeError("bug")]))).rejects.toThrow(TypeError);
  });

  test("cost: as the model gives it; what the built-in model does is free", async () => {
    expect((await ask(question, options, mockModel([{ text: says("1"), cost: 0.5 }]))).cost).toBe(0.5);
    expect((await ask(question, options, mockModel([says("1")], { endpoint: "builtin" }))).cost).toBe(0);
  });
});

describe("self-consistency", () => {
  test("three of five agree: the other two are never asked for", async () => {
    const model = mockModel([says("408")]);
    const result = await ask(question, { ...options, samples: 5 }, model);
    expect(result.samples).toHaveLength(3);
    expect(model.requests.map((request) => request.samples)).toEqual([3]);
    expect(result.votes).toEqual([{ answer: "408", count: 3 }]);
  });

  test("then only as many as could still decide", async () => {
    const model = mockModel(["408", "7", "408", "408"].map(says));
    const result = await ask(question, { ...options, samples: 5 }, model);
    expect(model.requests.map(({ firstSample, samples }) => [firstSample, samples])).toEqual([
      [0, 3],
      [3, 1],
    ]);
    expect(result).toMatchObject({ answer: "408", agreement: 0.75 });
  });

  test("with a seed every sample is a request of its own, seed + i", async () => {
    const model = mockModel([says("408")]);
    await ask(question, { ...options, samples: 3, seed: 7, everySample: true }, model);
    expect(model.requests.map(({ seed, samples, firstSample }) => [seed, samples, firstSample])).toEqual([
      [7, 1, 0],
      [8, 1, 1],
      [9, 1, 2],
    ]);
  });

  test("an endpoint that refuses n is asked one by one, from then on at once", async () => {
    const model = mockModel((request) =>
      request.samples > 1 ? new CotError("refused", "n must be 1", { status: 400 }) : says("408"),
    );
    const result = await ask(question, { ...options, samples: 3 }, model);
    expect(result.samples.map((sample) => sample.index)).toEqual([0, 1]);
    expect(model.requests.map((request) => request.samples)).toEqual([2, 1, 1]);
    await ask(question, { ...options, samples: 3 }, model);
    expect(model.requests.slice(3).map((request) => request.samples)).toEqual([1, 1]);
  });

  test("an endpoint that ignores n is asked for what is missing", async () => {
    const inner = mockModel([says("408")]);
    const model = {
      ...inner,
      generate: (request: Parameters<typeof inner.generate>[0]) => inner.generate({ ...request, samples: 1 }),
    };
    const result = await ask(question, { ...options, samples: 5 }, model);
    expect(result.samples.map((sample) => sample.index)).toEqual([0, 1, 2]);
    expect(inner.requests).toHaveLength(3);
  });

  test("a tie goes to the answer seen first, and says so", async () => {
    const result = await ask(question, { ...options, samples: 2 }, mockModel(["7", "408"].map(says)));
    expect(result).toMatchObject({ answer: "7", tie: true, agreement: 0.5, correct: false });
  });

  test("a sample that failed has no vote; the others decide", async () => {
    const model = mockModel((_, index) => (index === 1 ? new CotError("server", "500") : says("408")));
    const result = await ask(question, { ...options, samples: 3, seed: 1, everySample: true }, model);
    expect(result).toMatchObject({ answer: "408", agreement: 1 });
    expect(result.samples[1]).toMatchObject({ error: { code: "server" } });
  });

  test("a round that failed as a whole ends it: the next one would fail, too", async () => {
    const model = mockModel([new CotError("server", "500")]);
    const result = await ask(question, { ...options, samples: 5 }, model);
    expect(result.error?.code).toBe("server");
    expect(model.requests).toHaveLength(1);
  });

  test("an interrupt fails the question, whatever had been answered", async () => {
    const model = mockModel((_, index) =>
      index === 2 ? new CotError("interrupted", "stop") : says(String(index)),
    );
    const result = await ask(question, { ...options, samples: 3, seed: 1 }, model);
    expect(result.error?.code).toBe("interrupted");
    expect(result).not.toHaveProperty("answer");
    expect(result.samples).toHaveLength(3);
  });

  test("of equal answers the trace without a wrong step is shown", async () => {
    const model = mockModel(["17×20 = 350.\nFinal answer: 408", "17×20 = 340.\nFinal answer: 408"]);
    const result = await ask(question, { ...options, samples: 2, check: true }, model);
    expect(result.representative).toBe(1);
    expect(result.checks).toMatchObject([{ ok: true }]);
  });
});

describe("vote by model", () => {
  const texts = ["The cat sat.", "A dog ran away.", "The cat was sitting."];

  test("the model is asked once, about all samples", async () => {
    const model = mockModel((request) =>
      request.messages[0]!.content.includes("Response 3")
        ? "The most consistent response is Response 3."
        : texts[request.firstSample]!,
    );
    const voting = { ...options, samples: 3, seed: 0, vote: "model" as const };
    const result = await ask({ id: "1", question: "What happened?" }, voting, model);
    expect(model.requests).toHaveLength(4);
    expect(result.representative).toBe(2);
    expect(result.tie).toBe(false);
    expect(result.usage.completionTokens).toBe(20);
  });

  test("builtin cannot be the judge", async () => {
    const voting = { ...options, samples: 3, vote: "model" as const };
    await expect(ask(question, voting, mockModel(["1"], { endpoint: "builtin" }))).rejects.toThrow(
      "--vote model",
    );
  });
});

test("events: deltas as they arrive, and each sample", async () => {
  const events: AskEvent[] = [];
  await ask(question, options, mockModel([says("408")]), { onEvent: (event) => events.push(event) });
  expect(events.map((event) => event.type)).toEqual(["text-delta", "text-delta", "sample-done"]);
});
