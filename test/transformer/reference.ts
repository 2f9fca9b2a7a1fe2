import { seededRandom } from "../../src/random.ts";
import { tensorShapes, transformerConfig, type Sizes } from "../../src/transformer/config.ts";
import type { TransformerConfig } from "../../src/transformer/config.ts";
import type { Tensors } from "../../src/transformer/safetensors.ts";

/** A configuration small enough for tests; any size can be set. */
export function tinyConfig(sizes: Partial<Sizes> = {}): TransformerConfig {
  return transformerConfig({
    vocab_size: 29,
    hidden_size: 24,
    intermediate_size: 36,
    num_hidden_layers: 2,
    num_attention_heads: 2,
    max_position_embeddings: 64,
    bos_token_id: 1,
    eos_token_id: 0,
    ...sizes,
  });
}

/** Random weights: gains around 1, matrices of the given standard deviation. */
export function randomTensors(config: TransformerConfig, seed: number, deviation = 0.3): Tensors {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()) * deviation;
  const tensors: Tensors = new Map();
  for (const [name, shape] of tensorShapes(config)) {
    const size = shape.reduce((product, length) => product * length);
    const offset = name.includes("norm") ? 1 : 0;
    tensors.set(name, { shape, data: Float32Array.from({ length: size }, () => offset + normal()) });
  }
  return tensors;
}

type Vector = number[];
const dot = (a: Vector, b: Vector) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const plus = (a: Vector, b: Vector) => a.map((value, i) => value + b[i]!);

/**
 * The same network written for reading: whole sequence at once, doubles, no cache.
 * @returns the logits after every token
 */
export function referenceLogits(
  config: TransformerConfig,
  tensors: Tensors,
  tokens: readonly number[],
  pairs: "halves" | "neighbours" = "halves",
): Vector[] {
  const matrix = (name: string): Vector[] => {
    const { shape, data } = tensors.get(`model.${name}.weight`)!;
    const columns = shape[1]!;
    return Array.from({ length: shape[0]! }, (_, row) => [
      ...data.subarray(row * columns, (row + 1) * columns),
    ]);
  };
  const gain = (name: string): Vector => [...tensors.get(`model.${name}.weight`)!.data];
  const project = (rows: Vector[], x: Vector) => rows.map((row) => dot(row, x));
  const normalize = (x: Vector, g: Vector) => {
    const root = Math.sqrt(dot(x, x) / x.length + config.rms_norm_eps);
    return x.map((value, i) => (value / root) * g[i]!);
  };
  const heads = config.num_attention_heads;
  const headWidth = config.hidden_size / heads;
  const half = headWidth / 2;
  /** Each value with the one it is rotated with: half a head away in Llama's files, its neighbour in llama.cpp's. */
  const rotate = (x: Vector, position: number) =>
    x.map((value, i) => {
      const within = i % headWidth;
      const first = pairs === "halves" ? within < half : within % 2 === 0;
      const pair = pairs === "halves" ? within % half : Math.floor(within / 2);
      const distance = pairs === "halves" ? half : 1;
      const angle = position * config.rope_theta ** (-pair / half);
      const other = x[first ? i + distance : i - distance]!;
      return value * Math.cos(angle) + (first ? -other : other) * Math.sin(angle);
    });

  const embedding = matrix("embed_tokens");
  let hidden = tokens.map((token) => embedding[token]!);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const name = (part: string) => `layers.${layer}.${part}`;
    const [q, k, v, o] = ["q", "k", "v", "o"].map((part) => matrix(name(`self_attn.${part}_proj`)));
    const normed = hidden.map((x) => normalize(x, gain(name("input_layernorm"))));
    const queries = normed.map((x, position) => rotate(project(q!, x), position));
    const keys = normed.map((x, position) => rotate(project(k!, x), position));
    const values = normed.map((x) => project(v!, x));
    const attended = queries.map((query, position) => {
      const out: Vector = [];
      for (let head = 0; head < heads; head++) {
        const part = (x: Vector) => x.slice(head * headWidth, (head + 1) * headWidth);
        const exponents = keys
          .slice(0, position + 1)
          .map((key) => Math.exp(dot(part(query), part(key)) / Math.sqrt(headWidth)));
        const total = exponents.reduce((sum, value) => sum + value, 0);
        for (let i = 0; i < headWidth; i++)
          out.push(exponents.reduce((s, e, t) => s + (e / total) * part(values[t]!)[i]!, 0));
      }
      return project(o!, out);
    });
    hidden = hidden.map((x, position) => plus(x, attended[position]!));
    const [gate, up, down] = ["gate", "up", "down"].map((part) => matrix(name(`mlp.${part}_proj`)));
    hidden = hidden.map((x) => {
      const input = normalize(x, gain(name("post_attention_layernorm")));
      const opened = project(gate!, input).map((value) => value / (1 + Math.exp(-value)));
      const raised = project(up!, input);
      return plus(
        x,
        project(
          down!,
          opened.map((value, i) => value * raised[i]!),
        ),
      );
    });
  }
  return hidden.map((x) => project(embedding, normalize(x, gain("norm"))));
}
