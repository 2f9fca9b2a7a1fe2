import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchRows, packRows, positions, type Sequence } from "../../../src/transformer/training/pack.ts";

const sequences = fc.array(
  fc
    .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 30 }))
    .map(([prompt, completion]): Sequence => ({
      prompt: Array.from({ length: prompt }, (_, i) => 100 + i),
      completion: Array.from({ length: completion }, (_, i) => 200 + i),
    })),
  { maxLength: 60 },
);

describe("rows", () => {
  it("hold every sequence that fits, once, and never more than their length", () => {
    fc.assert(
      fc.property(sequences, (all) => {
        const rows = packRows(all, 32);
        for (const row of rows) {
          expect(row.length).toBeGreaterThan(0);
          expect(row.reduce((sum, each) => sum + positions(each), 0)).toBeLessThanOrEqual(32);
        }
        expect(new Set(rows.flat())).toEqual(new Set(all.filter((each) => positions(each) <= 32)));
        expect(rows.flat()).toHaveLength(all.filter((each) => positions(each) <= 32).length);
      }),
    );
  });

  it("never leave two that would fit in one", () => {
    fc.assert(
      fc.property(sequences, (all) => {
        const used = packRows(all, 64).map((row) => row.reduce((sum, each) => sum + positions(each), 0));
        used.sort((a, b) => a - b);
        if (used.length > 1) expect(used[0]! + used[1]!).toBeGreaterThan(64);
      }),
    );
  });
});

describe("a batch", () => {
  const first: Sequence = { prompt: [1, 2, 3], completion: [4, 5] };
  const second: Sequence = { prompt: [6], completion: [7, 8], weight: [0.5, -2] };

  it("asks for the next token, counts completions alone, and numbers the problems of a row", () => {
    const batch = batchRows([[first, second], [first]], 3, 8);
    const row = (values: ArrayLike<number>, index: number) =>
      Array.from(values).slice(index * 8, index * 8 + 8);
    expect(row(batch.tokens, 0)).toEqual([1, 2, 3, 4, 6, 7, 0, 0]);
    expect(row(batch.targets, 0)).toEqual([2, 3, 4, 5, 7, 8, 0, 0]);
    expect(row(batch.weights, 0)).toEqual([0, 0, 1, 1, 0.5, -2, 0, 0]);
    expect(row(batch.segments, 0)).toEqual([1, 1, 1, 1, 2, 2, 0, 0]);
    expect(row(batch.tokens, 1)).toEqual([1, 2, 3, 4, 0, 0, 0, 0]);
    expect(row(batch.segments, 2)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });
});
