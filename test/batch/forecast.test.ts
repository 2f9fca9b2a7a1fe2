import { describe, expect, test } from "vitest";

import { forecast, type Replay } from "../../src/batch/forecast.ts";
import type { Question } from "../../src/questions/question.ts";
import type { AskOptions } from "../../src/reasoning/options.ts";
import { resultOf, sampleOf } from "../support/result.ts";

const options: AskOptions = {
  messages: ({ question }) => [{ role: "user", content: question }],
  strategy: "direct",
  prompt: "direct",
};

async function* questions(count: number): AsyncGenerator<Question> {
  await Promise.resolve();
  for (let i = 0; i < count; i++) yield { id: String(i), question: "x".repeat(30) };
}

describe("before anything is known", () => {
  test("characters make tokens, a reply is anything from short to long", async () => {
    expect(await forecast(questions(10), options)).toEqual({
      questions: 10,
      answered: 0,
      requests: { low: 10, high: 10 },
      prompt: { low: 60, high: 120 },
      completion: { low: 500, high: 40_960 },
    });
  });

  test("--max-tokens bounds a reply; below what is usual, on both sides", async () => {
    const { completion } = await forecast(questions(10), { ...options, maxTokens: 20 });
    expect(completion).toEqual({ low: 200, high: 200 });
    const large = await forecast(questions(10), { ...options, maxTokens: 10_000 });
    expect(large.completion).toEqual({ low: 500, high: 100_000 });
  });

  test("a vote may end early; seeds, refining and schemas ask more", async () => {
    const requestsOf = async (more: Partial<AskOptions>): Promise<unknown> =>
      (await forecast(questions(1), { ...options, ...more })).requests;
    expect(await requestsOf({ samples: 5 })).toEqual({ low: 1, high: 5 });
    expect(await requestsOf({ samples: 5, seed: 1 })).toEqual({ low: 3, high: 5 });
    expect(await requestsOf({ samples: 5, seed: 1, everySample: true })).toEqual({ low: 5, high: 5 });
    expect(await requestsOf({ refineRounds: 2 })).toEqual({ low: 1, high: 3 });
    expect(await requestsOf({ samples: 2, vote: "model" })).toEqual({ low: 1, high: 3 });
  });
});

describe("after an earlier run", () => {
  /** The first `count` questions are answered, each in so many tokens. */
  function answered(count: number, tokens: (i: number) => number): Replay {
    return ({ id }) => {
      const i = Number(id);
      const usage = {
        promptTokens: 10,
        completionTokens: tokens(i),
        reasoningTokens: null,
        cachedTokens: null,
      };
      return Promise.resolve(i < count ? resultOf({ usage, samples: [sampleOf({ usage })] }) : undefined);
    };
  }

  test("only what is left is counted, by the ratios seen", async () => {
    const left = await forecast(
      questions(30),
      options,
      answered(20, () => 7),
    );
    expect(left).toMatchObject({ questions: 10, answered: 20, requests: { low: 10, high: 10 } });
    // 30 characters are 10 tokens, and every reply has been 7
    expect(left.prompt).toEqual({ low: 100, high: 100 });
    expect(left.completion).toEqual({ low: 70, high: 70 });
  });

  test("replies of different lengths widen the range, around their mean", async () => {
    const { completion } = await forecast(
      questions(120),
      options,
      answered(20, (i) => (i % 2 === 0 ? 50 : 150)),
    );
    expect(completion.low).toBeLessThan(10_000);
    expect(completion.low).toBeGreaterThan(6_000);
    expect(completion.low + completion.high).toBe(20_000);
  });

  test("a few replies tell too little", async () => {
    const { completion } = await forecast(
      questions(10),
      options,
      answered(5, () => 7),
    );
    expect(completion).toEqual({ low: 250, high: 20_480 });
  });
});
