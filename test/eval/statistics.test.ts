import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  clusteredEstimate,
  pairedDifferences,
  pairedEstimate,
  passAtK,
  signTest,
  signTestOf,
  wilsonInterval,
} from "../../src/eval/statistics.ts";

describe("clustered standard error", () => {
  test("by hand: questions at 1, 1/2, 0, 1/2", () => {
    // mean 1/2; squares 1/4 + 0 + 1/4 + 0 = 1/2; sqrt(4/3 × 1/2) / 4
    const { mean, stderr, ci95 } = clusteredEstimate([
      [1, 1],
      [1, 0],
      [0, 0],
      [0, 1],
    ]);
    expect(mean).toBe(0.5);
    expect(stderr).toBeCloseTo(Math.sqrt(2 / 3) / 4, 12);
    expect(ci95[0]).toBeCloseTo(0.5 - 1.96 * 0.2041241452, 9);
    expect(ci95[1]).toBeCloseTo(0.5 + 1.96 * 0.2041241452, 9);
  });

  test("is Miller's sum over pairs within a cluster, times C/(C−1), where clusters are equally large", () => {
    const bit = fc.constantFrom<number>(0, 1);
    const scores = fc.array(fc.tuple(bit, bit, bit), {
      minLength: 2,
      maxLength: 20,
    });
    fc.assert(
      fc.property(scores, (clusters: number[][]) => {
        const all = clusters.flat();
        const center = all.reduce((sum, value) => sum + value, 0) / all.length;
        let sum = 0;
        for (const cluster of clusters)
          for (const i of cluster) for (const j of cluster) sum += (i - center) * (j - center);
        const miller = Math.sqrt(sum) / all.length;
        const expected = miller * Math.sqrt(clusters.length / (clusters.length - 1));
        expect(clusteredEstimate(clusters).stderr).toBeCloseTo(expected, 10);
      }),
    );
  });

  test("with one sample a question it is the standard error of the mean", () => {
    // 3 of 4: sample variance 1/4, over 4
    expect(clusteredEstimate([[1], [1], [1], [0]]).stderr).toBeCloseTo(0.25, 12);
  });

  test("one question has no error that could be told", () => {
    expect(clusteredEstimate([[1, 0]]).stderr).toBeNaN();
  });
});

describe("paired", () => {
  const a = [[0], [0], [1], [0]];
  const b = [[1], [0], [1], [1]];
  test("by hand: differences 1, 0, 0, 1", () => {
    const { mean, stderr } = pairedEstimate(a, b);
    expect(mean).toBe(0.5);
    expect(stderr).toBeCloseTo(Math.sqrt(4 / 3) / 4, 12);
  });

  test("is less than the unpaired error where the two go together", () => {
    const hard = [[0], [0], [0], [1], [1], [1]];
    const better = [[0], [0], [1], [1], [1], [1]];
    const unpaired = Math.hypot(clusteredEstimate(hard).stderr, clusteredEstimate(better).stderr);
    expect(pairedEstimate(hard, better).stderr).toBeLessThan(unpaired);
  });

  test("other questions are refused", () => {
    expect(() => pairedDifferences(a, b.slice(1))).toThrow(RangeError);
  });
});

describe("sign test", () => {
  test.each([
    // 2 × (1 + 10) / 1024
    [9, 1, 0.021484375],
    [1, 9, 0.021484375],
    // 2 × (1 + 5) / 32
    [4, 1, 0.375],
    [5, 0, 0.0625],
    [6, 0, 0.03125],
    [3, 3, 1],
    [0, 0, 1],
  ])("%i wins and %i losses: p = %d", (wins, losses, p) => {
    expect(signTest(wins, losses)).toBeCloseTo(p, 12);
  });

  test("McNemar's exact test: 12 against 2 discordant pairs, p = 0.012939453125", () => {
    expect(signTest(12, 2)).toBeCloseTo((2 * (1 + 14 + 91)) / 16384, 12);
  });

  test("a thousand to none does not underflow into nonsense", () => {
    expect(signTest(2000, 0)).toBe(0);
    expect(signTest(600, 500)).toBeGreaterThan(0.001);
    expect(signTest(600, 500)).toBeLessThan(0.01);
  });

  test("questions without a difference are left out", () => {
    expect(signTestOf([1, 0, 0, 0.5, 0.1, 0.2, 0.1 + 0.2 - 0.3, 0.01])).toBeCloseTo(0.0625, 12);
  });
});

describe("pass@k", () => {
  test.each([
    { n: 5, c: 2, k: 1, value: 2 / 5 },
    // 1 − C(3,2)/C(5,2)
    { n: 5, c: 2, k: 2, value: 1 - 3 / 10 },
    { n: 5, c: 2, k: 4, value: 1 },
    { n: 4, c: 0, k: 4, value: 0 },
    { n: 10, c: 3, k: 5, value: 1 - 21 / 252 },
  ])("of $n with $c right, pass@$k is $value", ({ n, c, k, value }) => {
    expect(passAtK(n, c, k)).toBeCloseTo(value, 12);
  });

  test("is the share of draws with a right one among them", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.nat(10), fc.integer({ min: 1, max: 10 }), (n, c, k) => {
        fc.pre(c <= n && k <= n);
        let draws = 0;
        let hits = 0;
        for (let mask = 0; mask < 1 << n; mask++) {
          if (mask.toString(2).replaceAll("0", "").length !== k) continue;
          draws++;
          if (mask & ((1 << c) - 1)) hits++;
        }
        expect(passAtK(n, c, k)).toBeCloseTo(hits / draws, 10);
      }),
    );
  });

  test("k over n is refused", () => {
    expect(() => passAtK(2, 1, 3)).toThrow(RangeError);
  });
});

describe("Wilson's interval", () => {
  test("published values: 0 of 10, 5 of 10, 81 of 263 (Newcombe 1998)", () => {
    const [low, high] = wilsonInterval(81, 263, 1.959964);
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
    expect(wilsonInterval(0, 10, 1.959964)[0]).toBe(0);
    expect(wilsonInterval(0, 10, 1.959964)[1]).toBeCloseTo(0.2775, 4);
    expect(wilsonInterval(5, 10, 1.959964)[0]).toBeCloseTo(0.2366, 4);
  });

  test("nothing tried, nothing known", () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
  });
});
