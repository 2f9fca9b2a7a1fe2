import { tensorShapes, type TransformerConfig } from "./config.ts";
import type { Kernel } from "./kernel.ts";

/** Where a layer's weights are in the kernel's memory. */
interface Layer {
  attentionGain: number;
  /** q, k and v below each other: `[3 · width, width]` */
  qkv: number;
  output: number;
  feedForwardGain: number;
  /** gate and up below each other: `[2 · inner, width]` */
  gateUp: number;
  down: number;
}

/** Makes room for every tensor. Those that are multiplied with the same input stand one behind the other. */
export function reserveWeights(config: TransformerConfig, kernel: Kernel) {
  const shapes = tensorShapes(config);
  const places = new Map<string, number>();
  function reserve(...names: string[]): number {
    const sizes = names.map((name) => shapes.get(name)!.reduce((product, size) => product * size));
    // the kernel reads rows in fours
    const room = 3 * config.hidden_size;
    const start = kernel.reserve(sizes.reduce((sum, size) => sum + size, room));
    let at = start;
    names.forEach((name, i) => {
      places.set(name, at);
      at += sizes[i]!;
    });
    return start;
  }
  const layers: Layer[] = [];
  for (let index = 0; index < config.num_hidden_layers; index++) {
    const name = (part: string) => `model.layers.${index}.${part}.weight`;
    const attention = (part: string) => name(`self_attn.${part}_proj`);
    const feedForward = (part: string) => name(`mlp.${part}_proj`);
    layers.push({
      attentionGain: reserve(name("input_layernorm")),
      qkv: reserve(attention("q"), attention("k"), attention("v")),
      output: reserve(attention("o")),
      feedForwardGain: reserve(name("post_attention_layernorm")),
      gateUp: reserve(feedForward("gate"), feedForward("up")),
      down: reserve(feedForward("down")),
    });
  }
  const embedding = reserve("model.embed_tokens.weight");
  return { places, layers, embedding, finalGain: reserve("model.norm.weight") };
}

/** RoPE's table (arXiv:2104.09864): `[positions, half]` each. */
export function rotations(positions: number, half: number, base: number) {
  const cosines = new Float32Array(positions * half);
  const sines = new Float32Array(positions * half);
  for (let i = 0; i < half; i++) {
    const frequency = base ** (-i / half);
    for (let position = 0; position < positions; position++) {
      const angle = position * frequency;
      cosines[position * half + i] = Math.cos(angle);
      sines[position * half + i] = Math.sin(angle);
    }
  }
  return { cosines, sines };
}
