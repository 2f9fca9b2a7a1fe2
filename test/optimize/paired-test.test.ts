import { expect, test } from "vitest";
import { pairedTest } from "../../src/optimize/paired-test.ts";

/** Right or wrong on so many questions: the winner alone right, the initial policy alone right, both. */
const outcome = (won: number, lost: number, both = 0) =>
  pairedTest([
    ...Array.from({ length: won }, () => [[0], [1]] as const),
    ...Array.from({ length: lost }, () => [[1], [0]] as const),
    ...Array.from({ length: both }, () => [[1], [1]] as const),
  ]);

test("means, gain and the exact test", () => {
  const { initial, winner, gain, p, questions } = outcome(6, 1, 13);
  expect({ initial, winner, questions }).toEqual({ initial: 0.7, winner: 0.95, questions: 20 });
  expect(gain).toBeCloseTo(0.25, 12);
  // two-sided binomial, 1 of 7
  expect(p).toBeCloseTo(0.125, 12);
});

test("the interval is Bonett and Price's: one discordant pair more each way", () => {
  const { ci95 } = outcome(6, 1, 13);
  const [p12, p21] = [7 / 22, 2 / 22];
  const half = 1.96 * Math.sqrt((p12 + p21 - (p12 - p21) ** 2) / 22);
  expect(ci95[0]).toBeCloseTo(p12 - p21 - half, 12);
  expect(ci95[1]).toBeCloseTo(p12 - p21 + half, 12);
});

test("few questions that all agree are no certainty, and nobody gains more than everything", () => {
  const six = outcome(6, 0);
  expect(six.ci95[0]).toBeGreaterThan(0.2);
  expect(six.ci95[0]).toBeLessThan(0.4);
  expect(six.ci95[1]).toBe(1);
  const one = outcome(1, 0);
  expect(one.ci95[0]).toBeLessThan(0);
  expect(one.ci95[1]).toBe(1);
  expect(outcome(0, 0, 5).ci95[1]).toBe(0);
});

test("rewards on another scale have an interval on that scale", () => {
  const { ci95 } = pairedTest(Array.from({ length: 6 }, () => [[2], [12]] as const));
  expect(ci95[0]).toBeCloseTo(10 * outcome(6, 0).ci95[0], 12);
  expect(ci95[1]).toBe(10);
});
