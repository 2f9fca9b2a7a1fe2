import { assembleMultiply } from "./kernel-code.ts";

/**
 * The one heavy operation of decoding, `out = x · wᵀ`, over one block of memory that holds weights, caches and
 * scratch: projections, attention scores and their weighted sums are all rows of dot products. In WebAssembly SIMD
 * where there is such a thing, else in plain loops.
 */
export interface Kernel {
  /** All of the memory as floats. Reserving replaces it: read it anew after `reserve`. */
  readonly floats: Float32Array;
  /** @returns the index of the first of `count` new zeroed floats, a multiple of 4 */
  reserve(count: number): number;
  multiply: Multiply;
}

/**
 * For every row b of x and r of w: `out[b·outStride + r] = Σ x[b·xStride + k] · w[r·wStride + k]`.
 * Offsets and strides are in floats. `columns` is a multiple of 4, and so is the number of rows written: where `rows`
 * is not, it is rounded up, so `out` and `w` need room for it (what is read there does not matter).
 */
type Multiply = (
  out: number,
  outStride: number,
  x: number,
  xStride: number,
  batch: number,
  w: number,
  wStride: number,
  rows: number,
  columns: number,
) => void;

export const roundUp = (count: number, multiple: number): number => Math.ceil(count / multiple) * multiple;

/** @param simd false for plain loops even where SIMD is there */
export function createKernel(simd = true): Kernel {
  const module = simd ? compileMultiply() : undefined;
  return module === undefined ? plainKernel() : simdKernel(engine!, module);
}

/** The part of WebAssembly that is used here; Node's types do not have it. */
interface Engine {
  Module: new (bytes: Uint8Array) => object;
  Memory: new (pages: { initial: number }) => { buffer: ArrayBuffer; grow(pages: number): number };
  Instance: new (module: object, imports: object) => { exports: { multiply: Multiply } };
}

const engine = (globalThis as { WebAssembly?: Engine }).WebAssembly;

const pageFloats = 16_384;

function simdKernel({ Memory, Instance }: Engine, module: object): Kernel {
  const memory = new Memory({ initial: 0 });
  const { multiply } = new Instance(module, { env: { memory } }).exports;
  let used = 0;
  let floats = new Float32Array(memory.buffer);
  return {
    get floats() {
      return floats;
    },
    reserve(count) {
      const start = used;
      used += roundUp(count, 4);
      if (used > floats.length) {
        // at least doubled: growing is dear, and pages that are not touched cost nothing
        memory.grow(Math.ceil(Math.max(used - floats.length, floats.length) / pageFloats));
        floats = new Float32Array(memory.buffer);
      }
      return start;
    },
    multiply(out, outStride, x, xStride, batch, w, wStride, rows, columns) {
      multiply(4 * out, 4 * outStride, 4 * x, 4 * xStride, batch, 4 * w, 4 * wStride, rows, 4 * columns);
    },
  };
}

function plainKernel(): Kernel {
  let used = 0;
  let floats = new Float32Array(pageFloats);
  return {
    get floats() {
      return floats;
    },
    reserve(count) {
      const start = used;
      used += roundUp(count, 4);
      if (used > floats.length) {
        const larger = new Float32Array(Math.max(used, 2 * floats.length));
        larger.set(floats);
        floats = larger;
      }
      return start;
    },
    multiply(out, outStride, x, xStride, batch, w, wStride, rows, columns) {
      const memory = floats;
      for (let row = 0; row < roundUp(rows, 4); row++) {
        const weights = w + row * wStride;
        for (let item = 0; item < batch; item++) {
          const input = x + item * xStride;
          let sum = 0;
          for (let k = 0; k < columns; k++) sum += memory[input + k]! * memory[weights + k]!;
          memory[out + item * outStride + row] = sum;
        }
      }
    },
  };
}

let compiled: object | null | undefined;

/** The module, or undefined where this machine has no WebAssembly with SIMD. */
function compileMultiply(): object | undefined {
  if (compiled === undefined) {
    try {
      compiled = engine === undefined ? null : new engine.Module(assembleMultiply());
    } catch {
      // no SIMD on this machine: the module is not valid there
      compiled = null;
    }
  }
  return compiled ?? undefined;
}
