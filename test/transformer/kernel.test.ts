import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/random.ts";
import { createKernel, roundUp } from "../../src/transformer/kernel.ts";

const shape = fc.record({
  batch: fc.integer({ min: 0, max: 5 }),
  rows: fc.integer({ min: 1, max: 13 }),
  columns: fc.integer({ min: 1, max: 9 }).map((fours) => 4 * fours),
  gap: fc.integer({ min: 0, max: 5 }),
});

describe.each([
  ["SIMD", true],
  ["plain loops", false],
])("the kernel in %s", (_, simd) => {
  it("gives every row's dot product with every other, whatever the strides", () => {
    fc.assert(
      fc.property(shape, fc.integer(), ({ batch, rows, columns, gap }, seed) => {
        const kernel = createKernel(simd);
        const stride = columns + gap;
        const outStride = roundUp(rows, 4) + gap;
        const x = kernel.reserve((batch + 1) * stride);
        const w = kernel.reserve(roundUp(rows, 4) * stride);
        const out = kernel.reserve((batch + 1) * outStride);
        const random = seededRandom(seed);
        for (let i = 0; i < out; i++) kernel.floats[i] = random() - 0.5;
        kernel.multiply(out, outStride, x, stride, batch, w, stride, rows, columns);
        for (let item = 0; item < batch; item++)
          for (let row = 0; row < rows; row++) {
            let expected = 0;
            for (let k = 0; k < columns; k++)
              expected += kernel.floats[x + item * stride + k]! * kernel.floats[w + row * stride + k]!;
            expect(kernel.floats[out + item * outStride + row]).toBeCloseTo(expected, 5);
          }
        const after = out + batch * outStride;
        expect(kernel.floats.subarray(after, after + outStride).every((value) => value === 0)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps what is there when memory grows, and gives zeroed places that do not overlap", () => {
    const kernel = createKernel(simd);
    const first = kernel.reserve(3);
    kernel.floats.fill(7, first, first + 3);
    const second = kernel.reserve(100_000);
    expect(second % 4).toBe(0);
    expect([...kernel.floats.subarray(first, first + 3)]).toEqual([7, 7, 7]);
    expect(kernel.floats.subarray(second, second + 100_000).every((value) => value === 0)).toBe(true);
    expect(second).toBeGreaterThanOrEqual(first + 3);
  });
});
