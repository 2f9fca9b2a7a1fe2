import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CotError } from "../../src/errors.ts";
import { memoryStore } from "../../src/models/memory-store.ts";
import { cache } from "../../src/models/middleware/cache.ts";
import { budget, openBudget } from "../../src/models/middleware/budget.ts";
import { retry } from "../../src/models/middleware/retry.ts";
import type { Model } from "../../src/models/model.ts";
import type { CompletionStore } from "../../src/models/store.ts";
import { optimize, type OptimizeRunOptions } from "../../src/optimize/run.ts";
import { formatPolicy } from "../../src/prompts/policy.ts";
import { seededRandom } from "../../src/random.ts";
import { plainPolicy, promptedModel, sums } from "./support.ts";
import { mockModel, type MockModel } from "../support/mock-model.ts";

const run = (options: Partial<OptimizeRunOptions> = {}, model: Model = promptedModel(), count = 120) =>
  optimize(sums(count), { initial: plainPolicy, ...options }, model);

const alwaysRight = () =>
  mockModel(({ question }) => {
    const [, a, b] = /(\d+)\+(\d+)/.exec(question)!;
    return `The answer is ${String(Number(a) + Number(b))}`;
  });

describe("optimize", () => {
  test("finds what helps, and proves it on questions that it has not searched", async () => {
    const asked: string[] = [];
    const {
      verdict,
      policy,
      claim,
      test: held,
      requests,
      planned,
    } = await run({
      requests: 1500,
      onEvent: (event) => {
        if (event.type === "rollout" && event.rollout.phase === "search")
          asked.push(event.rollout.question.id);
      },
    });
    expect(verdict).toBe("proven");
    expect(policy.strategy).not.toBe("direct");
    expect(held!.p).toBeLessThan(0.05);
    expect(held!.gain).toBeGreaterThan(0.3);
    expect(held!.ci95[0]).toBeGreaterThan(0);
    expect(claim).toBeLessThanOrEqual(held!.gain);
    expect(claim).toBeGreaterThan(0);
    expect(policy.provenance).toMatchObject({ claim });
    expect(requests).toBeLessThanOrEqual(1500);
    // each side of the split keeps to itself
    expect(new Set(asked).size).toBeLessThanOrEqual(planned.search);
  });

  test("reflection adds instructions, as children of those they came from", async () => {
    const { candidates } = await run({ requests: 1500 });
    const reflected = candidates.filter(({ source }) => source === "reflection");
    expect(reflected.length).toBeGreaterThan(1);
    expect(reflected[0]!.text).toMatch(/^Double-check/);
    expect(reflected.every(({ parents }) => parents.length === 1)).toBe(true);
  });

  test("a reflection is as long as answers may be, and never too short to say anything", async () => {
    for (const [maxTokens, sent] of [
      [20, 1024],
      [3000, 3000],
      [undefined, undefined],
    ]) {
      const model = promptedModel();
      await run({ requests: 600, ...(maxTokens !== undefined && { base: { maxTokens } }) }, model);
      const reflections = model.requests.filter(({ strategy }) => strategy === "custom");
      expect(reflections.length).toBeGreaterThan(0);
      expect(reflections.every((request) => request.maxTokens === sent)).toBe(true);
    }
  });

  test("the curve of the choice is that of what was found, without the measure beside it", async () => {
    const { curve } = await run({ requests: 1500 });
    const rungs = curve.filter(({ step }) => step === "choose");
    expect(rungs.length).toBeGreaterThan(1);
    // the best there is earns 0.8, the initial policy 0.15; in the last rung they are two
    expect(rungs.at(-1)!.reward).toBeGreaterThan(0.6);
  });

  test("what helps nobody is not shipped: the initial policy comes back as it was", async () => {
    const coin = mockModel(
      ({ question }, sample) => `The answer is ${String((question.length + sample) % 7)}`,
    );
    const { verdict, policy, claim } = await run({}, coin);
    expect({ verdict, claim }).toEqual({ verdict: "kept-initial", claim: 0 });
    expect(policy).toMatchObject(plainPolicy);
  });

  test("nothing to gain stops after the headroom check", async () => {
    const { verdict, reason, requests } = await run({}, alwaysRight());
    expect(verdict).toBe("kept-initial");
    expect(reason).toContain("too little is left to gain");
    expect(requests).toBeLessThanOrEqual(60);
    expect((await run({}, mockModel(["I cannot say."]))).reason).toContain("nothing to learn from");
  });

  test("where that is concluded from a few questions, it is said", async () => {
    const { reason, requests } = await run({ requests: 100 }, alwaysRight());
    expect(reason).toMatch(
      /100 % .* on the \d questions of the headroom check \(a larger budget asks more\): too little/,
    );
    expect(requests).toBeLessThanOrEqual(10);
    const wrong = await run({ requests: 100 }, mockModel(["I cannot say."]));
    expect(wrong.reason).toMatch(/anything on the \d questions? of .* \(a larger budget asks more\), so/);
    expect((await run({ requests: 1000 }, alwaysRight())).reason).not.toContain("a larger budget");
  });

  test("a budget that the headroom check does not fit into is called too small", async () => {
    const dear = { ...plainPolicy, sampling: { samples: 5 } };
    const { verdict, reason, requests } = await run({ initial: dear, requests: 60 });
    expect({ verdict, requests }).toEqual({ verdict: "kept-initial", requests: 0 });
    expect(reason).toContain("the budget is too small");
  });

  test("golds that are missing, and too few questions, are wrong usage", async () => {
    const missing = [...sums(40), { id: "x", question: "Why?" }];
    await expect(optimize(missing, { initial: plainPolicy }, promptedModel())).rejects.toThrow("question x");
    await expect(optimize(sums(5), { initial: plainPolicy }, promptedModel())).rejects.toThrow("too few");
  });

  test("golds that cannot be read are left out and counted", async () => {
    const { planned } = await optimize(
      [...sums(60), { id: "x", question: "Why?", gold: "…" }],
      { initial: plainPolicy, requests: 100 },
      promptedModel(),
    );
    expect(planned).toMatchObject({ dropped: 1 });
    expect(planned.search + planned.test).toBe(60);
  });

  test("without labels: by agreement, and what that really earned beside it", async () => {
    const { gold, test: held } = await run({ reward: "agreement", requests: 1500 });
    expect(held).toBeDefined();
    expect(gold).toMatchObject({ questions: held!.questions });
  });

  test("a winner that agrees more and is right less is not shipped", async () => {
    // step by step it always gives the same wrong answer
    const stubborn = mockModel(({ messages, question }, sample) => {
      const [, a, b] = /(\d+)\+(\d+)/.exec(question)!;
      const sum = Number(a) + Number(b);
      const prompt = messages.at(-1)!.content;
      const same = prompt.includes("step by step");
      return `The answer is ${String(same ? 1 : sample % 2 === 0 ? sum : sum + sample)}`;
    });
    const { verdict, reason, claim, gold } = await run(
      { reward: "agreement", requests: 1500, reflection: null },
      stubborn,
    );
    expect(gold!.gain).toBeLessThan(0);
    expect({ verdict, reason, claim }).toEqual({
      verdict: "kept-initial",
      claim: 0,
      reason: "it earned more reward, but fewer right answers",
    });
  });
});

describe("bounded", () => {
  test("never more requests than planned, whatever is searched", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 16, max: 150 }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom("auto", "gradient", "halving"),
        fc.constantFrom("accuracy", "agreement"),
        async (requests, count, samples, algorithm, reward) => {
          const model = promptedModel();
          const initial = { ...plainPolicy, sampling: { samples } };
          await optimize(sums(count), { initial, requests, algorithm, reward }, model).catch(
            (error: unknown) => {
              if (!(error instanceof CotError && error.code === "usage")) throw error;
            },
          );
          expect(model.requests.reduce((sum, { samples: n }) => sum + n, 0)).toBeLessThanOrEqual(requests);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("failures are tried again within the cap on requests", async () => {
    const flaky: MockModel = mockModel(({ question }) => {
      const [, a, b] = /(\d+)\+(\d+)/.exec(question)!;
      return flaky.requests.length % 3 === 0
        ? new CotError("server", "503")
        : `The answer is ${String(Number(a) + Number(b) + (Number(a) % 3 === 0 ? 1 : 0))}`;
    });
    const account = openBudget({ maxRequests: 200 });
    const again = retry({
      retries: 5,
      sleep: () => Promise.resolve(),
      now: () => 0,
      random: () => 0,
      onNotice: () => undefined,
    });
    const model = again(budget({ account, price: undefined, onNotice: () => undefined })(flaky));
    const { stoppedBy } = await run({ requests: 200, algorithm: "halving" }, model);
    expect(flaky.requests.length).toBeLessThanOrEqual(200);
    expect(flaky.requests.length).toBeGreaterThan(100);
    expect(stoppedBy?.code ?? "budget").toBe("budget");
  });

  test("a cap on tokens shrinks the plan, and holds", async () => {
    const account = openBudget({ maxTokensTotal: 30_000 });
    const model = budget({ account, price: undefined, onNotice: () => undefined })(promptedModel());
    const { planned, stoppedBy } = await run(
      { caps: { maxTokensTotal: 30_000 }, base: { maxTokens: 20 } },
      model,
    );
    expect(account.spent.tokens).toBeLessThanOrEqual(30_000);
    expect(planned.requests).toBeLessThan(600);
    expect(stoppedBy).toBeUndefined();
  });
});

describe("a winner that is dearer than what was tried before", () => {
  /** Reasoning takes many tokens, and helps. */
  const wordy = (): Model =>
    mockModel(({ messages, question }, sample) => {
      const prompt = messages.map(({ content }) => content).join("\n");
      if (prompt.includes("<instruction>")) return "<instruction>Double-check.</instruction>";
      const [, a = "", b] = /(\d+)\+(\d+)/.exec(question)!;
      const reasons = prompt.includes("step by step");
      const right = reasons || (question.length + 7 * sample + Number(a)) % 5 === 0;
      const usage = {
        promptTokens: Math.ceil(prompt.length / 4),
        completionTokens: reasons ? 450 : 10,
        reasoningTokens: null,
        cachedTokens: null,
      };
      return { text: `The answer is ${String(Number(a) + Number(b) + (right ? 0 : 1))}`, usage };
    });

  test.each([0, 1, 2, 3, 4, 5, 6, 7])(
    "is tested on as many questions as the cap on tokens leaves, seed %i",
    async (seed) => {
      const maxTokensTotal = 100_000;
      const account = openBudget({ maxTokensTotal });
      const model = budget({ account, price: undefined, onNotice: () => undefined })(wordy());
      const { stoppedBy, test: held } = await run(
        { caps: { maxTokensTotal }, base: { maxTokens: 500 }, seed },
        model,
      );
      expect(stoppedBy).toBeUndefined();
      expect(held!.questions).toBeGreaterThan(4);
      expect(account.spent.tokens).toBeLessThanOrEqual(maxTokensTotal);
    },
  );
});

describe("resume", () => {
  const options: Partial<OptimizeRunOptions> = { requests: 400, seed: 3 };

  /** A store that ends the world at its n-th write. */
  function mortal(store: CompletionStore, writes: number): CompletionStore {
    let left = writes;
    return {
      ...store,
      put: (entries) => (left-- > 0 ? store.put(entries) : Promise.reject(new Error("killed"))),
    };
  }

  /** Replies come in another order each time. */
  function unordered(seed: number): Model {
    const random = seededRandom(seed);
    return promptedModel({
      before: async () => {
        for (let turns = Math.floor(random() * 8); turns > 0; turns--) await new Promise(setImmediate);
      },
    });
  }

  test("ends in the same policy from every kill point, whatever the order of replies, with nothing paid twice", async () => {
    const whole = promptedModel();
    const expected = formatPolicy((await run(options, whole)).policy);
    const paid = whole.requests.length;
    for (const kill of [0, 7, Math.floor(paid / 3), Math.floor((2 * paid) / 3), paid - 1]) {
      const store = memoryStore();
      const first = unordered(kill) as ReturnType<typeof promptedModel>;
      await expect(run(options, cache(mortal(store, kill))(first))).rejects.toThrow("killed");
      const second = unordered(1000 + kill) as ReturnType<typeof promptedModel>;
      expect(formatPolicy((await run(options, cache(store)(second))).policy)).toBe(expected);
      expect(second.requests.length).toBe(paid - kill);
    }
  });

  test("an interruption leaves the best so far, and says so", async () => {
    const controller = new AbortController();
    const { verdict, policy, stoppedBy } = await run({
      requests: 1500,
      signal: controller.signal,
      onEvent(event) {
        if (event.type === "chosen") controller.abort();
      },
    });
    expect(stoppedBy?.code).toBe("interrupted");
    expect(verdict).toBe("kept-initial");
    expect(policy.strategy).not.toBe("direct");
    expect(policy.provenance).toMatchObject({ verdict: "interrupted" });
  });
});
