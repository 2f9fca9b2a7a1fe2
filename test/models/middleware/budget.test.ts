import { describe, expect, it } from "vitest";
import { CotError } from "../../../src/errors.ts";
import { budget, openBudget, type Caps } from "../../../src/models/middleware/budget.ts";
import type { Completion, Usage } from "../../../src/models/model.ts";
import type { Price } from "../../../src/models/price.ts";
import { collect, mockModel, mockRequest, type MockScript } from "../../support/mock-model.ts";

const price: Price = { input: 1_000_000, output: 2_000_000 };
const usage = (promptTokens: number | null, completionTokens: number | null): Usage => ({
  promptTokens,
  completionTokens,
  reasoningTokens: null,
  cachedTokens: null,
});

function setUp(caps: Caps, script: MockScript) {
  const account = openBudget(caps);
  const notices: string[] = [];
  const inner = mockModel(script);
  const model = budget({ account, price, onNotice: (text) => notices.push(text) })(inner);
  const ask = (fields = {}) => collect(model.generate(mockRequest({ maxTokens: 10, ...fields })));
  return { account, notices, inner, ask };
}

describe("budget", () => {
  it("settles to what was used, and refuses what could go over the cap", async () => {
    // a prompt of 15 bytes is reserved as 31 tokens with its message's overhead, and 10 for the answer
    const { account, inner, ask } = setUp({ maxTokensTotal: 60 }, [{ text: "x", usage: usage(10, 5) }]);
    await ask();
    expect(account.spent).toEqual({ requests: 1, tokens: 15, cost: 0 });
    await ask();
    await expect(ask()).rejects.toMatchObject({ code: "budget" });
    await expect(ask()).rejects.toThrow("the 30 tokens left are too few");
    expect(inner.requests).toHaveLength(2);
  });

  it("counts every request, failed ones too, and leaves them uncapped otherwise", async () => {
    const { account, inner, ask } = setUp({ maxRequests: 2 }, [
      new CotError("server", "500", { status: 500 }),
      "408",
    ]);
    await expect(ask({ maxTokens: undefined })).rejects.toMatchObject({ code: "server" });
    await ask({ maxTokens: undefined });
    await expect(ask()).rejects.toThrow("--max-requests 2 is used up");
    expect(account.spent.requests).toBe(2);
    expect(inner.requests.map(({ maxTokens }) => maxTokens)).toEqual([undefined, undefined]);
  });

  it("takes the endpoint's own cost", async () => {
    const { account, ask } = setUp({ maxCost: 100 }, [{ text: "x", usage: usage(10, 5), cost: 20 }]);
    await ask();
    expect(account.spent.cost).toBe(20);
  });

  it("holds with many requests in flight: those that might not fit wait for the others to settle", async () => {
    // each could take 41, and takes 20: 110 are enough for four, were they made one after another
    const { account, inner, ask } = setUp({ maxTokensTotal: 110 }, [{ text: "x", usage: usage(10, 10) }]);
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => ask()));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
    expect(inner.maxInFlight).toBe(2);
    expect(account.spent.tokens).toBe(80);
  });

  it("stops waiting when the signal aborts", async () => {
    const account = openBudget({ maxRequests: 2 });
    const settle = await account.take({ requests: 2, tokens: 0, cost: 0 });
    const controller = new AbortController();
    const waiting = account.take({ requests: 1, tokens: 0, cost: 0 }, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: "interrupted" });
    settle({ requests: 1, tokens: 0, cost: 0 });
    await account.take({ requests: 1, tokens: 0, cost: 0 });
  });

  it("bounds an unbounded request under a cap, and says so once", async () => {
    const { inner, notices, ask } = setUp({ maxTokensTotal: 100_000 }, ["408"]);
    await ask({ maxTokens: undefined });
    await ask({ maxTokens: undefined });
    await ask({ maxTokens: undefined, set: { max_completion_tokens: 50 } });
    expect(inner.requests.map(({ maxTokens }) => maxTokens)).toEqual([8192, 8192, undefined]);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain("8192");
  });

  it("estimates usage that is missing upwards, and marks it", async () => {
    const { account, ask } = setUp({ maxCost: 1000 }, [
      { text: "17×24", reasoning: "hm", usage: usage(null, null) },
    ]);
    const events = await ask({ samples: 2 });
    const { completions } = events.at(-1) as { completions: Completion[] };
    expect(completions[0]!.usage).toMatchObject({ promptTokens: 31, completionTokens: 8, estimated: true });
    expect(completions[1]!.usage).toMatchObject({ promptTokens: 0, completionTokens: 8, estimated: true });
    expect(account.spent).toEqual({ requests: 1, tokens: 47, cost: 63 });
  });

  it("charges a broken reply for what had arrived, a refusal nothing, a silence all that it may have cost", async () => {
    const broken = setUp({ maxTokensTotal: 1000 }, (_request, sample) =>
      sample === 0 ? "0123456789" : new CotError("network", "cut off"),
    );
    await expect(broken.ask({ samples: 2 })).rejects.toThrow("cut off");
    expect(broken.account.spent.tokens).toBe(31 + 10);
    const partial = [{ sample: 0, text: "0123", reasoning: "÷" }];
    const told = setUp({ maxTokensTotal: 1000 }, [new CotError("network", "cut off", { partial })]);
    await expect(told.ask()).rejects.toThrow("cut off");
    expect(told.account.spent.tokens).toBe(31 + 6);
    const refused = setUp({ maxTokensTotal: 1000 }, [new CotError("rate_limit", "429", { status: 429 })]);
    await expect(refused.ask()).rejects.toThrow("429");
    expect(refused.account.spent.tokens).toBe(0);
    const silent = setUp({ maxTokensTotal: 1000 }, [new CotError("timeout", "nothing came")]);
    await expect(silent.ask()).rejects.toThrow("nothing came");
    expect(silent.account.spent.tokens).toBe(31 + 10);
  });

  it("gives back what a reader that leaves early had reserved", async () => {
    const account = openBudget({ maxTokensTotal: 60 });
    const model = budget({ account, price, onNotice: () => undefined })(mockModel(["0123456789"]));
    for await (const event of model.generate(mockRequest({ maxTokens: 10 }))) if (event) break;
    expect(account.spent.tokens).toBe(31 + 5);
    await account.take({ requests: 1, tokens: 24, cost: 0 });
  });

  it("is no wrapper where nothing is capped", () => {
    const inner = mockModel(["408"]);
    expect(budget({ account: openBudget({}), price, onNotice: () => undefined })(inner)).toBe(inner);
  });
});
