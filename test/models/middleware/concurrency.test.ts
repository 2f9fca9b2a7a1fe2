import { describe, expect, test } from "vitest";

import { autoConcurrency } from "../../../src/models/middleware/concurrency.ts";
import { simulate, type Endpoint, type Outcome } from "./simulated-endpoint.ts";

/** Answers a second after the first ten, as a share of what the endpoint can give. */
function goodput({ answered }: Outcome, perSecond: number): number {
  const settled = answered.slice(10, -1);
  return settled.reduce((sum, count) => sum + count, 0) / settled.length / perSecond;
}

const waste = ({ refused, sent }: Outcome): number => refused / sent;

function run(endpoint: Endpoint, seconds = 60): Outcome {
  return simulate(autoConcurrency(), endpoint, seconds);
}

// mutants: halving instead of a tenth (goodput falls to 80 %), a forgotten level (waste rises over 2 %)
describe("an endpoint that takes so many at once", () => {
  test.each([2, 4, 8, 16, 20, 50, 100, 300])("%i", (cap) => {
    const outcome = run({ latencyMs: 200, maxConcurrent: () => cap });
    expect(goodput(outcome, cap / 0.2)).toBeGreaterThan(0.95);
    expect(waste(outcome)).toBeLessThan(0.02);
    expect(outcome.limit).toBeLessThan(cap + 2);
  });

  test("takes fewer from the twentieth second on", () => {
    const outcome = run({ latencyMs: 200, maxConcurrent: (now) => (now < 20_000 ? 100 : 50) }, 120);
    expect(waste(outcome)).toBeLessThan(0.02);
    const settled = outcome.answered.slice(30, -1);
    expect(settled.reduce((sum, count) => sum + count, 0) / settled.length / 250).toBeGreaterThan(0.85);
  });

  test("takes more from the twentieth second on", () => {
    const outcome = run({ latencyMs: 200, maxConcurrent: (now) => (now < 20_000 ? 50 : 100) }, 120);
    expect(waste(outcome)).toBeLessThan(0.02);
    expect(outcome.answered.at(-2)! / 500).toBeGreaterThan(0.9);
  });
});

// mutant: without a pace, an endpoint that counts by the minute is asked in bursts and refuses a third
describe("an endpoint that takes so many a minute", () => {
  test.each([10, 50, 100, 200, 500])("%i a second", (perSecond) => {
    const outcome = run({ latencyMs: 200, perSecond: () => perSecond });
    expect(goodput(outcome, perSecond)).toBeGreaterThan(0.95);
    expect(waste(outcome)).toBeLessThan(0.02);
  });

  // what it had saved up for a burst is no rate: the first refusals put that right
  test.each([45, 50, 55])("%i a second, found within a few refusals", (perSecond) => {
    const { refused } = run({ latencyMs: 200, perSecond: () => perSecond }, 4);
    expect(refused).toBeLessThan(perSecond * 0.5);
  });

  test("20 a second, over two minutes", () => {
    const outcome = run({ latencyMs: 200, perSecond: () => 20 }, 120);
    expect(goodput(outcome, 20)).toBeGreaterThan(0.95);
    expect(waste(outcome)).toBeLessThan(0.02);
  });
});

// mutant: a law that waits for refusals queues a thousand requests at an endpoint that refuses none
describe("an endpoint that lets wait in silence", () => {
  test.each([1, 4, 16, 64])("%i slots", (slots) => {
    const outcome = run({ latencyMs: 200, slots });
    expect(goodput(outcome, slots / 0.2)).toBeGreaterThan(0.95);
    expect(outcome.limit).toBeLessThanOrEqual(Math.max(slots * 2, 2));
  });
});

// mutant: a level that was judged in a bad moment is kept for half a minute
test.each([200, 700, 1_200])("an endpoint that is slow for a second, after %i ms", (from) => {
  const slowness = (now: number): number => (now >= from && now < from + 1_000 ? 3 : 1);
  const outcome = run({ latencyMs: 200, maxConcurrent: () => 32, slowness });
  expect(goodput(outcome, 32 / 0.2)).toBeGreaterThan(0.95);
  expect(waste(outcome)).toBeLessThan(0.02);
});

test("an endpoint without a limit is asked as much as we may", () => {
  expect(run({ latencyMs: 200 }, 20).limit).toBe(1_024);
});

test("refusals at random do not bring it to its knees", () => {
  const outcome = run({ latencyMs: 200, noise: 0.05 });
  expect(outcome.limit).toBeGreaterThanOrEqual(8);
  expect(outcome.sent).toBeGreaterThan(3_000);
});
