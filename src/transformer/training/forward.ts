import type { TransformerConfig } from "../config.ts";
import type { Jax, JaxArray } from "./jax.ts";

/** Tensors by their Hugging Face names. */
export type Parameters = Record<string, JaxArray>;

/** Far below any score, and finite: a row of nothing but masked scores stays a number. */
const masked = -1e9;

/** Of every position's target, `[B, T]`. */
export interface TargetScores {
  [name: string]: JaxArray;
  logProbabilities: JaxArray;
  /** 1 where no other token is more probable, else 0. */
  best: JaxArray;
}

/**
 * How probable the targets are: token t of a row sees the tokens up to itself with the same segment number. Several
 * problems share a row so; the rotary positions need not restart, because they act by distance alone. Arrays are
 * consumed, as everywhere in jax-js; `.ref` keeps one.
 * @param x the tokens' embeddings, `[B, T, W]`: looked up outside, because the gradient of a lookup is slow here
 * @param targets int32 `[B, T]`
 * @param segments int32 `[B, T]`
 */
export function scoreTargets(
  { numpy: np, nn }: Jax,
  config: TransformerConfig,
  parameters: Parameters,
  x: JaxArray,
  targets: JaxArray,
  segments: JaxArray,
): TargetScores {
  const [B, T, W] = x.shape as [number, number, number];
  const H = config.num_attention_heads;
  const D = W / H;
  const V = config.vocab_size;
  const weight = (name: string) => parameters[name]!.ref;
  const linear = (input: JaxArray, name: string) => np.matmul(input, np.matrixTranspose(weight(name)));
  const norm = (input: JaxArray, name: string) => {
    const variance = np.mean(np.square(input.ref), -1, { keepdims: true });
    return input.mul(np.reciprocal(np.sqrt(variance.add(config.rms_norm_eps)))).mul(weight(name));
  };

  const rotary = rotaryTables(T, D, config.rope_theta);
  const cos = np.array(rotary.cos).reshape([T, 1, D]);
  const sin = np.array(rotary.sin).reshape([T, 1, D]);
  const swapHalves = np.array(rotary.swapHalves);
  const heads = (input: JaxArray) => input.reshape([B, T, H, D]);
  const rotate = (input: JaxArray) =>
    input.ref.mul(cos.ref).add(np.matmul(input, swapHalves.ref).mul(sin.ref));

  const position = np.arange(T);
  const causal = np.lessEqual(position.ref.reshape([1, T]), position.reshape([T, 1])).reshape([1, 1, T, T]);
  const together = np.equal(segments.ref.reshape([B, 1, T, 1]), segments.reshape([B, 1, 1, T]));
  const bias = np.where(np.logicalAnd(causal, together), 0, masked);

  const attention = (input: JaxArray, prefix: string) => {
    const q = np.transpose(rotate(heads(linear(input.ref, `${prefix}q_proj.weight`))), [0, 2, 1, 3]);
    const k = np.transpose(rotate(heads(linear(input.ref, `${prefix}k_proj.weight`))), [0, 2, 3, 1]);
    const v = np.transpose(heads(linear(input, `${prefix}v_proj.weight`)), [0, 2, 1, 3]);
    const scores = np
      .matmul(q, k)
      .mul(1 / Math.sqrt(D))
      .add(bias.ref);
    const mixed = np.matmul(nn.softmax(scores, -1), v);
    return linear(np.transpose(mixed, [0, 2, 1, 3]).reshape([B, T, W]), `${prefix}o_proj.weight`);
  };
  const feedForward = (input: JaxArray, prefix: string) => {
    const gate = nn.silu(linear(input.ref, `${prefix}gate_proj.weight`));
    return linear(gate.mul(linear(input, `${prefix}up_proj.weight`)), `${prefix}down_proj.weight`);
  };

  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const prefix = `model.layers.${layer}.`;
    x = x.ref.add(attention(norm(x, `${prefix}input_layernorm.weight`), `${prefix}self_attn.`));
    x = x.ref.add(feedForward(norm(x, `${prefix}post_attention_layernorm.weight`), `${prefix}mlp.`));
  }
  const logits = linear(norm(x, "model.norm.weight"), "model.embed_tokens.weight");
  for (const array of [bias, cos, sin, swapHalves]) array.dispose();

  const isTarget = np.equal(np.arange(V).reshape([1, 1, V]), targets.reshape([B, T, 1]));
  const targetLogits = np.where(isTarget, logits.ref, 0).sum(-1);
  const best = np.greaterEqual(targetLogits.ref, np.max(logits.ref, -1)).astype(np.float32);
  return { logProbabilities: targetLogits.sub(nn.logsumexp(logits, -1)), best };
}

/**
 * cos and sin of position × frequency, `[T, D]`, as in Su et al., RoFormer (2021), with halves instead of pairs; and the
 * matrix `[D, D]` that takes (a, b) to (-b, a).
 */
function rotaryTables(T: number, D: number, theta: number): Record<"cos" | "sin" | "swapHalves", number[][]> {
  const half = D / 2;
  const dimensions = Array.from({ length: D }, (_, i) => i);
  const angles = Array.from({ length: T }, (_, t) =>
    dimensions.map((i) => t * theta ** ((-2 * (i % half)) / D)),
  );
  return {
    cos: angles.map((row) => row.map(Math.cos)),
    sin: angles.map((row) => row.map(Math.sin)),
    swapHalves: dimensions.map((from) =>
      dimensions.map((to) => (from === to + half ? -1 : from === to - half ? 1 : 0)),
    ),
  };
}
