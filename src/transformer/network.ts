import { exponential } from "./exponential.ts";
import { usageError } from "../errors.ts";
import type { TransformerConfig } from "./config.ts";
import { tensorShapes } from "./config.ts";
import { createKernel, roundUp, type Kernel } from "./kernel.ts";
import { reserveWeights, rotations } from "./layout.ts";
import type { Tensors } from "./safetensors.ts";

/** One token of one sequence, to be computed. Rows of one sequence stand in the order of their positions. */
export interface Row {
  sequence: CachePlace;
  position: number;
  token: number;
}

/** Where a sequence keeps its keys and values, as indices into the kernel's memory. */
export interface CachePlace {
  keys: number;
  values: number;
}

/** Rows of one `forward` at most: the scratch memory is made for so many. */
export const maxRows = 64;

/** A network laid out for decoding. */
export interface Network {
  readonly config: TransformerConfig;
  /** Positions that a sequence may have. */
  readonly maxPositions: number;
  /** Puts other weights in place of the present ones; sequences under way keep their caches. */
  setWeights(tensors: Tensors): void;
  /** Room for one more sequence, until it is given back. */
  takePlace(): CachePlace;
  givePlace(place: CachePlace): void;
  /** Gives one sequence the first `length` positions of another. */
  copyCache(from: CachePlace, to: CachePlace, length: number): void;
  /**
   * Computes up to `maxRows` rows, appending to their sequences' caches.
   * @param wanted indices of the rows whose logits are asked for
   * @returns the logits of the i-th wanted row at i; views that the next call overwrites
   */
  forward(rows: readonly Row[], wanted: readonly number[]): Float32Array[];
}

/**
 * Lays out the weights of a Llama (RMSNorm, rotary positions in halves, SwiGLU, tied embedding) in a kernel's memory.
 * @param tensors by their Hugging Face names, as `tensorShapes` lists them
 * @throws CotError `usage` where a tensor is missing or has another shape
 */
export function createNetwork(
  config: TransformerConfig,
  tensors: Tensors,
  kernel: Kernel = createKernel(),
): Network {
  const width = config.hidden_size;
  const inner = config.intermediate_size;
  const heads = config.num_attention_heads;
  const headWidth = width / heads;
  const half = headWidth / 2;
  const epsilon = config.rms_norm_eps;
  const scale = 1 / Math.sqrt(headWidth);
  const vocabulary = config.vocab_size;
  const logitStride = roundUp(vocabulary, 4);
  const maxPositions = roundUp(config.max_position_embeddings, 4);
  if (headWidth % 4 !== 0 || inner % 4 !== 0)
    throw usageError(
      `a head's width (${headWidth}) and intermediate_size (${inner}) have to be multiples of 4`,
    );

  const weights = reserveWeights(config, kernel);
  setWeights(tensors);
  const { cosines, sines } = rotations(maxPositions, half, config.rope_theta);

  const hidden = kernel.reserve(maxRows * width);
  const normed = kernel.reserve(maxRows * width);
  const projected = kernel.reserve(maxRows * Math.max(3 * width, 2 * inner));
  // one head's results are rounded up to four: the last row needs the room
  const mixed = kernel.reserve(maxRows * width + 4);
  const added = kernel.reserve(maxRows * width);
  const scores = kernel.reserve(maxPositions);
  const logits = kernel.reserve(maxRows * logitStride);
  // a column a position; not a power of two, whose rows would fight for the same lines of the processor's cache
  const valueStride = maxPositions + 4;
  const layerSize = valueStride * width;
  const cacheSize = config.num_hidden_layers * layerSize;
  const freePlaces: CachePlace[] = [];

  function setWeights(from: Tensors): void {
    for (const [name, shape] of tensorShapes(config)) {
      const tensor = from.get(name);
      if (tensor === undefined) throw usageError(`the weights have no tensor ${name}`);
      if (tensor.shape.join() !== shape.join())
        throw usageError(
          `the tensor ${name} has the shape [${tensor.shape.join(", ")}], not [${shape.join(", ")}]`,
        );
      kernel.floats.set(tensor.data, weights.places.get(name));
    }
  }

  function normalize(from: number, gain: number, to: number): void {
    const { floats } = kernel;
    let squares = 0;
    for (let i = 0; i < width; i++) squares += floats[from + i]! * floats[from + i]!;
    const factor = 1 / Math.sqrt(squares / width + epsilon);
    for (let i = 0; i < width; i++) floats[to + i] = floats[from + i]! * factor * floats[gain + i]!;
  }

  function rotate(at: number, position: number): void {
    const { floats } = kernel;
    for (let head = 0; head < heads; head++) {
      const first = at + head * headWidth;
      for (let i = 0; i < half; i++) {
        const cosine = cosines[position * half + i]!;
        const sine = sines[position * half + i]!;
        const a = floats[first + i]!;
        const b = floats[first + half + i]!;
        floats[first + i] = a * cosine - b * sine;
        floats[first + half + i] = b * cosine + a * sine;
      }
    }
  }

  /** Turns the first `length` scores into weights; those up to the next multiple of 4 into 0. */
  function softmax(length: number): void {
    const { floats } = kernel;
    const end = scores + length;
    let highest = -Infinity;
    for (let i = scores; i < end; i++) highest = Math.max(highest, floats[i]!);
    let sum = 0;
    for (let i = scores; i < end; i++) {
      const share = exponential((floats[i]! - highest) * scale);
      floats[i] = share;
      sum += share;
    }
    for (let i = scores; i < end; i++) floats[i]! *= 1 / sum;
    floats.fill(0, end, scores + roundUp(length, 4));
  }

  /** Rotates one row's query and key, and stores its key as a row and its value as a column. */
  function remember({ sequence, position }: Row, layer: number, row: number): void {
    const { floats } = kernel;
    const query = projected + row * 3 * width;
    rotate(query, position);
    rotate(query + width, position);
    const keys = sequence.keys + layer * layerSize + position * width;
    floats.copyWithin(keys, query + width, query + 2 * width);
    const values = sequence.values + layer * layerSize + position;
    const value = query + 2 * width;
    for (let i = 0; i < width; i++) {
      const column = values + i * valueStride;
      // the kernel reads four positions at a time: what an earlier sequence left there may not be finite
      if (position % 4 === 0) floats.fill(0, column, column + 4);
      floats[column] = floats[value + i]!;
    }
  }

  function attend({ sequence, position }: Row, layer: number, row: number): void {
    const length = position + 1;
    for (let head = 0; head < heads; head++) {
      const offset = head * headWidth;
      const query = projected + row * 3 * width + offset;
      const keys = sequence.keys + layer * layerSize + offset;
      kernel.multiply(scores, 0, query, 0, 1, keys, width, length, headWidth);
      softmax(length);
      const values = sequence.values + layer * layerSize + offset * valueStride;
      const columns = roundUp(length, 4);
      const out = mixed + row * width + offset;
      kernel.multiply(out, 0, scores, 0, 1, values, valueStride, headWidth, columns);
    }
  }

  /** SwiGLU, in place: the gated values of a row stand where its gate stood. */
  function gate(row: number): void {
    const { floats } = kernel;
    const at = projected + row * 2 * inner;
    for (let i = 0; i < inner; i++) {
      const value = floats[at + i]!;
      floats[at + i] = (value / (1 + exponential(-value))) * floats[at + inner + i]!;
    }
  }

  function addToHidden(count: number): void {
    const { floats } = kernel;
    for (let i = 0; i < count * width; i++) floats[hidden + i]! += floats[added + i]!;
  }

  let views: Float32Array[] = [];
  /** A view for each row, made anew only when the memory is another: views are dear. */
  function logitViews(): Float32Array[] {
    const { floats } = kernel;
    if (views[0]?.buffer !== floats.buffer)
      views = Array.from({ length: maxRows }, (_, i) => {
        const start = logits + i * logitStride;
        return floats.subarray(start, start + vocabulary);
      });
    return views;
  }

  return {
    config,
    maxPositions,
    setWeights,
    takePlace() {
      return freePlaces.pop() ?? { keys: kernel.reserve(cacheSize), values: kernel.reserve(cacheSize) };
    },
    givePlace(place) {
      freePlaces.push(place);
    },
    copyCache(from, to, length) {
      const { floats } = kernel;
      for (let layer = 0; layer < config.num_hidden_layers; layer++) {
        const offset = layer * layerSize;
        floats.copyWithin(to.keys + offset, from.keys + offset, from.keys + offset + length * width);
      }
      for (let offset = 0; offset < cacheSize; offset += valueStride)
        floats.copyWithin(
          to.values + offset,
          from.values + offset,
          from.values + offset + roundUp(length, 4),
        );
    },
    forward(rows, wanted) {
      const count = rows.length;
      rows.forEach(({ token }, row) => {
        const embedding = weights.embedding + token * width;
        kernel.floats.copyWithin(hidden + row * width, embedding, embedding + width);
      });
      weights.layers.forEach((layer, index) => {
        for (let row = 0; row < count; row++)
          normalize(hidden + row * width, layer.attentionGain, normed + row * width);
        kernel.multiply(projected, 3 * width, normed, width, count, layer.qkv, width, 3 * width, width);
        rows.forEach((row, i) => remember(row, index, i));
        rows.forEach((row, i) => attend(row, index, i));
        kernel.multiply(added, width, mixed, width, count, layer.output, width, width, width);
        addToHidden(count);
        for (let row = 0; row < count; row++)
          normalize(hidden + row * width, layer.feedForwardGain, normed + row * width);
        kernel.multiply(projected, 2 * inner, normed, width, count, layer.gateUp, width, 2 * inner, width);
        for (let row = 0; row < count; row++) gate(row);
        kernel.multiply(added, width, projected, 2 * inner, count, layer.down, inner, width, inner);
        addToHidden(count);
      });
      wanted.forEach((row, i) => normalize(hidden + row * width, weights.finalGain, normed + i * width));
      kernel.multiply(
        logits,
        logitStride,
        normed,
        width,
        wanted.length,
        weights.embedding,
        width,
        vocabulary,
        width,
      );
      return logitViews().slice(0, wanted.length);
    },
  };
}
