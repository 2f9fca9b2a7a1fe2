import { expect, test } from "vitest";

import { reasoningAbsence } from "../../../src/distill/pilot/absence.ts";
import { expectedDraws, forecastDistillation } from "../../../src/distill/pilot/forecast.ts";
import { seededRandom } from "../../../src/random.ts";
import { noUsage } from "../../../src/reasoning/usage.ts";
import { sampleOf } from "../sample.ts";

const plan = { questions: 100, samples: 8, keep: 2, adaptive: true };

test.each([0, 0.5])("draws of a question: as many as a simulation takes, repeating %d of them", (repeats) => {
  const random = seededRandom(7);
  let made = 0;
  const rounds = 20_000;
  for (let i = 0; i < rounds; i++) {
    for (let draws = 0, found = 0; draws < plan.samples && found < plan.keep; draws++, made++) {
      if (random() < 0.6 && (found === 0 || random() >= repeats)) found += 1;
    }
  }
  expect(expectedDraws(0.6, plan, repeats)).toBeCloseTo(made / rounds, 1);
});

test("draws of a question at the ends: always right, always wrong, always the same, all of them", () => {
  expect(expectedDraws(1, plan, 0)).toBe(2);
  expect(expectedDraws(0, plan, 0)).toBe(8);
  expect(expectedDraws(1, plan, 1)).toBe(8);
  expect(expectedDraws(0.6, { ...plan, adaptive: false }, 0)).toBe(8);
});

test("a teacher that repeats itself brings one trace a question, and is asked for more in vain", () => {
  const samples = Array.from({ length: 16 }, () => sampleOf("x", "1"));
  const seen = forecastDistillation({ samples, accepted: 16, repeats: 1 }, plan);
  expect(seen.traces.expected).toBe(100);
  expect(seen.drawsPerQuestion.expected).toBe(8);
});

test("tokens and money of the whole, from the samples' own", () => {
  const usage = { ...noUsage, promptTokens: 10, completionTokens: 90 };
  const samples = Array.from({ length: 16 }, () => sampleOf("x", "1", { usage, cost: 0.01 }));
  const seen = forecastDistillation({ samples, accepted: 16, elapsedMs: 1_600 }, plan);
  expect(seen.tokens).toEqual({ mean: 90, p90: 90 });
  expect(seen.totalTokens!.expected).toBe(2 * 100 * 100);
  expect(seen.cost!.expected).toBeCloseTo(2 * 100 * 0.01);
  expect(seen.timeMs!.expected).toBe(2 * 100 * 100);
  expect(seen.acceptance.ci95[0]).toBeCloseTo(0.806, 2);
  expect(seen.totalTokens!.high).toBeGreaterThan(seen.totalTokens!.expected);
  const judged = { tokens: 1_600, cost: null };
  const withJudge = forecastDistillation({ samples, accepted: 16, judged }, plan);
  expect(withJudge.totalTokens!.expected).toBe(2 * 100 * 200);
  expect(withJudge.cost).toBeNull();
  const unpriced = forecastDistillation({ samples: [sampleOf("x", "1")], accepted: 1 }, plan);
  expect([unpriced.cost, unpriced.tokens, unpriced.timeMs]).toEqual([null, null, null]);
});

test("a teacher without reasoning, with the reason", () => {
  const counted = (completionTokens: number, reasoningTokens: number | null = null) => ({
    ...noUsage,
    completionTokens,
    reasoningTokens,
  });
  const bare = { reasoning: null };
  const cases = [
    [sampleOf("408", "408", { ...bare, usage: counted(300, 290) }), "hidden"],
    [sampleOf("408", "408", { reasoning: "**Adding**", reasoningFrom: "summary" }), "summarised"],
    [sampleOf("408", "408", { ...bare, usage: counted(900) }), "lost"],
    [sampleOf("408", "408", { ...bare, usage: counted(2) }), "none"],
    [sampleOf("17×4 = 68, and so on to the end of it: 408", "408", { usage: counted(16) }), undefined],
    [
      sampleOf("408", "408", { reasoning: "17×4 = 68", reasoningFrom: "reasoning", usage: counted(30, 20) }),
      undefined,
    ],
  ] as const;
  for (const [sample, reason] of cases) expect(reasoningAbsence([sample, sample])).toBe(reason);
  expect(reasoningAbsence([])).toBeUndefined();
});
