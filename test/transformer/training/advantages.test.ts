import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupAdvantages, tokenWeight } from "../../../src/transformer/training/advantages.ts";

describe("group advantages", () => {
  it("have mean 0 and deviation 1 over what could be judged", () => {
    const rewards = fc.array(fc.option(fc.double({ min: -5, max: 5, noNaN: true })), { minLength: 2 });
    fc.assert(
      fc.property(rewards, (group) => {
        const advantages = groupAdvantages(group);
        if (advantages === undefined) return;
        const judged = advantages.filter((_, i) => group[i] !== null);
        const mean = judged.reduce((sum, each) => sum + each, 0) / judged.length;
        const variance = judged.reduce((sum, each) => sum + each ** 2, 0) / judged.length;
        expect(mean).toBeCloseTo(0, 6);
        expect(variance).toBeCloseTo(1, 6);
        expect(advantages.every((each, i) => group[i] !== null || each === 0)).toBe(true);
      }),
    );
  });

  it("of one right answer in four are far above those of the wrong ones", () => {
    expect(groupAdvantages([1, 0, 0, 0])!.map((each) => each.toFixed(3))).toEqual([
      "1.732",
      "-0.577",
      "-0.577",
      "-0.577",
    ]);
  });

  it.each([[[1, 1, 1]], [[0, 0]], [[0.7, null, 0.7]], [[null, null]], [[]]])("of %j are none", (rewards) => {
    expect(groupAdvantages(rewards)).toBeUndefined();
  });
});

describe("a token's weight", () => {
  const clip = 0.2;
  const clipped = (advantage: number, ratio: number) =>
    Math.min(advantage * ratio, advantage * Math.min(1 + clip, Math.max(1 - clip, ratio)));
  const k3 = (logOverReference: number) => Math.exp(logOverReference) - logOverReference - 1;

  it.each([
    [1, 1],
    [1, 1.19],
    [1, 1.21],
    [1, 0.5],
    [-2, 0.79],
    [-2, 0.9],
    [-2, 3],
  ])("of advantage %d at ratio %d is the slope of the clipped objective", (advantage, ratio) => {
    const at = (shift: number) => clipped(advantage, ratio * Math.exp(shift));
    const slope = (at(1e-5) - at(-1e-5)) / 2e-5;
    expect(tokenWeight(advantage, ratio, clip, 0)).toBeCloseTo(slope, 4);
  });

  it.each([-1, 0, 0.5, 2])(
    "pulls back to the reference as its divergence does (log ratio %d)",
    (logRatio) => {
      const cost = (shift: number) => -0.3 * k3(logRatio - shift);
      const slope = (cost(1e-5) - cost(-1e-5)) / 2e-5;
      expect(tokenWeight(0, 1, clip, 0.3, Math.exp(logRatio))).toBeCloseTo(slope, 4);
    },
  );
});
