import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Usage } from "../../src/models/model.ts";
import { costOf, priceOf } from "../../src/models/price.ts";
import { readUsage, shareUsage } from "../../src/models/usage.ts";

const usage = (
  promptTokens: number | null,
  completionTokens: number | null,
  cachedTokens: number | null = null,
): Usage => ({
  promptTokens,
  completionTokens,
  reasoningTokens: null,
  cachedTokens,
});

describe("readUsage", () => {
  it("reads both APIs' names", () => {
    const chat = {
      prompt_tokens: 10,
      completion_tokens: 50,
      prompt_tokens_details: { cached_tokens: 3 },
      completion_tokens_details: { reasoning_tokens: 40 },
    };
    const responses = {
      input_tokens: 10,
      output_tokens: 50,
      input_tokens_details: { cached_tokens: 3 },
      output_tokens_details: { reasoning_tokens: 40 },
    };
    const expected = { promptTokens: 10, completionTokens: 50, cachedTokens: 3, reasoningTokens: 40 };
    expect(readUsage(chat)).toEqual({ usage: expected });
    expect(readUsage(responses)).toEqual({ usage: expected });
  });

  it("counts reasoning that only the total has", () => {
    const xai = {
      prompt_tokens: 10,
      completion_tokens: 5,
      total_tokens: 248,
      completion_tokens_details: { reasoning_tokens: 233 },
    };
    expect(readUsage(xai)?.usage).toMatchObject({ completionTokens: 238, reasoningTokens: 233 });
  });

  it.each([null, undefined, "x", {}, { total_tokens: 3 }, { prompt_tokens: -1 }, { prompt_tokens: "many" }])(
    "%j is none",
    (value) => {
      expect(readUsage(value)).toBeUndefined();
    },
  );
});

describe("shareUsage", () => {
  it("loses and invents nothing", () => {
    const count = fc.option(fc.nat(100_000), { nil: null });
    fc.assert(
      fc.property(
        count,
        count,
        count,
        fc.array(fc.nat(5000), { minLength: 1, maxLength: 9 }),
        (prompt, completion, cached, weights) => {
          const parts = shareUsage(usage(prompt, completion, cached), weights);
          for (const [field, whole] of [
            ["promptTokens", prompt],
            ["completionTokens", completion],
            ["cachedTokens", cached],
          ] as const) {
            const shares = parts.map((part) => part[field]);
            if (whole === null) expect(shares.every((share) => share === null)).toBe(true);
            else {
              expect(shares.reduce((sum: number, share) => sum + share!, 0)).toBe(whole);
              expect(shares.every((share) => share! >= 0)).toBe(true);
            }
          }
        },
      ),
    );
  });
});

describe("costs", () => {
  it("prices cached tokens apart", () => {
    const price = { input: 1, output: 10, cachedInput: 0.1 };
    expect(costOf(usage(1_000_000, 100_000, 500_000), price)).toBeCloseTo(0.5 + 0.05 + 1, 12);
    expect(costOf(usage(1_000_000, 100_000, 500_000), { input: 1, output: 10 })).toBeCloseTo(2, 12);
  });

  it("is unknown where tokens are, never 0", () => {
    expect(costOf(usage(null, 5), { input: 1, output: 1 })).toBeUndefined();
    expect(costOf(usage(5, null), { input: 1, output: 1 })).toBeUndefined();
  });

  it("knows a dated snapshot by its family, and no other provider's", () => {
    const price = priceOf("openai", "gpt-5-mini");
    expect(price).toBeDefined();
    expect(priceOf("openai", "gpt-5-mini-2025-08-07")).toEqual(price);
    expect(priceOf("groq", "gpt-5-mini")).toBeUndefined();
    expect(priceOf(undefined, "gpt-5-mini")).toBeUndefined();
    expect(priceOf("openai", "gpt-5-miniature")).toBeUndefined();
  });
});
