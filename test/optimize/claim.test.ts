import { describe, expect, test } from "vitest";
import { mean, signTestOf } from "../../src/eval/statistics.ts";
import { claimedGain } from "../../src/optimize/claim.ts";
import { seededRandom } from "../../src/random.ts";

/** Differences of reward on so many questions: right or wrong, `gain` more often right than before. */
function differences(gain: number, questions: number, random: () => number): number[] {
  return Array.from({ length: questions }, () => {
    const before = random() < 0.5 ? 1 : 0;
    return (random() < 0.5 + gain ? 1 : 0) - before;
  });
}

/** What many tests of the same true gain claim too much, on average; a test that ships nothing claims nothing. */
function overclaim(gain: number, { questions = 100, runs = 3000 } = {}): number {
  const random = seededRandom(7);
  const errors = Array.from({ length: runs }, () => {
    const observed = differences(gain, questions, random);
    if (mean(observed) <= 0) return 0;
    return claimedGain(observed, signTestOf(observed) < 0.05) - gain;
  });
  return mean(errors);
}

describe("the claim", () => {
  test.each([-0.15, -0.1, -0.05, -0.02, 0, 0.02, 0.05, 0.1, 0.2])(
    "is not too high on average where the true gain is %f",
    (gain) => {
      expect(overclaim(gain)).toBeLessThan(0.001);
    },
  );

  test("is the true gain on average where the test is sure to prove it", () => {
    expect(Math.abs(overclaim(0.3))).toBeLessThan(0.01);
    expect(Math.abs(overclaim(0.45))).toBeLessThan(0.005);
  });

  test("of what is proven lies between the lower end of the interval and what was observed", () => {
    const wins = (won: number, lost: number): number[] => [
      ...Array.from({ length: won }, () => 1),
      ...Array.from({ length: lost }, () => -1),
      ...Array.from({ length: 60 - won - lost }, () => 0),
    ];
    const barely = claimedGain(wins(15, 4), true);
    expect(barely).toBeGreaterThan(0);
    expect(barely).toBeLessThan(0.7 * (11 / 60));
    expect(claimedGain(wins(40, 2), true)).toBeCloseTo(38 / 60, 2);
  });

  test("of what is not proven is no gain, but how bad it may be", () => {
    expect(claimedGain([1, 1, 1, -1, 0, 0, 0, 0], false)).toBeLessThan(-0.1);
    // five of five prove nothing, however alike
    expect(claimedGain([1, 1, 1, 1, 1], false)).toBe(0);
    expect(claimedGain([1], false)).toBeLessThan(-0.9);
  });
});
