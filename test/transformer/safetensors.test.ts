import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fromFloat16,
  readMetadata,
  readSafetensors,
  toFloat16,
  writeSafetensors,
  type Tensors,
} from "../../src/transformer/safetensors.ts";

describe("half precision", () => {
  it("reads and writes all 65,536 halves back to themselves", () => {
    const halves = Uint16Array.from({ length: 65_536 }, (_, i) => i);
    const back = toFloat16(fromFloat16(halves));
    for (let half = 0; half < 65_536; half++) {
      const isNaNPattern = (half & 0x7c00) === 0x7c00 && (half & 0x3ff) !== 0;
      if (!isNaNPattern) expect(back[half]).toBe(half);
    }
  });

  it.each([
    [1, 0x3c00],
    [-2, 0xc000],
    [65_504, 0x7bff],
    [65_520, 0x7c00],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [Infinity, 0x7c00],
  ])("rounds %d to nearest, ties to even", (value, half) => {
    expect(toFloat16(Float32Array.of(value))[0]).toBe(half);
  });

  it("is never further away than half a step", () => {
    fc.assert(
      fc.property(fc.float({ min: -60_000, max: 60_000, noNaN: true }), (value) => {
        const [rounded] = fromFloat16(toFloat16(Float32Array.of(value)));
        const step = Math.max(2 ** -24, 2 ** (Math.floor(Math.log2(Math.abs(value))) - 10));
        expect(Math.abs(rounded! - value)).toBeLessThanOrEqual(step / 2);
      }),
    );
  });
});

describe("a safetensors file", () => {
  const tensors: Tensors = new Map([
    ["a", { shape: [2, 3], data: Float32Array.of(1, 2, 3, -4, 0.5, 6) }],
    ["ünï", { shape: [1], data: Float32Array.of(1 / 3) }],
  ]);

  it("comes back as it was, in single precision", () => {
    expect(readSafetensors(writeSafetensors(tensors, "F32"), "x")).toEqual(tensors);
  });

  it("comes back rounded, in half precision, from any offset in a buffer", () => {
    const bytes = writeSafetensors(tensors, "F16");
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    const read = readSafetensors(shifted.subarray(1), "x");
    expect(read.get("a")).toEqual(tensors.get("a"));
    expect(read.get("ünï")!.data[0]).toBeCloseTo(1 / 3, 3);
  });

  it("keeps texts beside the tensors", () => {
    expect(readMetadata(writeSafetensors(tensors, "F32", { state: "{}" }), "x")["state"]).toBe("{}");
  });

  it.each([
    ["cut off", (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 1), /cut off/],
    ["empty", () => new Uint8Array(0), /0 bytes/],
    ["text", () => new TextEncoder().encode("version https://git-lfs"), /cut off/],
    ["a damaged header", (bytes: Uint8Array) => bytes.with(8, 0x78), /not JSON/],
  ])("%s is refused, naming the file", (_, damage, message) => {
    const bytes = damage(writeSafetensors(tensors, "F32"));
    expect(() => readSafetensors(bytes, "model.safetensors")).toThrow(message);
    expect(() => readSafetensors(bytes, "model.safetensors")).toThrow("model.safetensors");
  });
});
