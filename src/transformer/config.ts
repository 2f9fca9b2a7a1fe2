import { usageError } from "../errors.ts";

/** The sizes of a network, named and written as in Hugging Face's `config.json` of a `LlamaForCausalLM`. */
export interface TransformerConfig {
  architectures: ["LlamaForCausalLM"];
  model_type: "llama";
  vocab_size: number;
  hidden_size: number;
  intermediate_size: number;
  num_hidden_layers: number;
  num_attention_heads: number;
  num_key_value_heads: number;
  max_position_embeddings: number;
  rms_norm_eps: number;
  rope_theta: number;
  hidden_act: "silu";
  attention_bias: false;
  mlp_bias: false;
  tie_word_embeddings: true;
  bos_token_id: number;
  eos_token_id: number;
  torch_dtype: "float16";
}

export type Sizes = Pick<
  TransformerConfig,
  | "vocab_size"
  | "hidden_size"
  | "intermediate_size"
  | "num_hidden_layers"
  | "num_attention_heads"
  | "max_position_embeddings"
  | "bos_token_id"
  | "eos_token_id"
>;

/** A whole configuration from the sizes that differ between our models. */
export function transformerConfig(sizes: Sizes): TransformerConfig {
  return {
    architectures: ["LlamaForCausalLM"],
    model_type: "llama",
    ...sizes,
    num_key_value_heads: sizes.num_attention_heads,
    rms_norm_eps: 1e-5,
    rope_theta: 10_000,
    hidden_act: "silu",
    attention_bias: false,
    mlp_bias: false,
    tie_word_embeddings: true,
    torch_dtype: "float16",
  };
}

const counts = [
  "vocab_size",
  "hidden_size",
  "intermediate_size",
  "num_hidden_layers",
  "num_attention_heads",
  "num_key_value_heads",
  "max_position_embeddings",
] as const;

const fixed = { model_type: "llama", tie_word_embeddings: true, hidden_act: "silu" } as const;

/**
 * Reads the text of a `config.json`.
 * @param source where it came from, for the message
 * @throws CotError `usage` where it is no Llama of the kind that we run
 */
export function parseConfig(text: string, source: string): TransformerConfig {
  let config: Record<string, unknown>;
  try {
    config = Object(JSON.parse(text)) as Record<string, unknown>;
  } catch (error) {
    throw usageError(`${source} is not JSON: ${(error as Error).message}`);
  }
  for (const [name, value] of Object.entries(fixed)) {
    if (config[name] !== value)
      throw usageError(
        `${source}: ${name} is ${JSON.stringify(config[name])}, only ${JSON.stringify(value)} can be run`,
      );
  }
  for (const name of counts) {
    const value = config[name];
    if (!Number.isInteger(value) || (value as number) < 1)
      throw usageError(`${source}: ${name} is ${JSON.stringify(value)}, not a whole number above 0`);
  }
  const whole = config as unknown as TransformerConfig;
  const headWidth = whole.hidden_size / whole.num_attention_heads;
  if (headWidth % 2 !== 0)
    throw usageError(
      `${source}: hidden_size ${whole.hidden_size} over num_attention_heads ${whole.num_attention_heads} is not an even width`,
    );
  if (whole.num_key_value_heads !== whole.num_attention_heads)
    throw usageError(
      `${source}: num_key_value_heads differs from num_attention_heads; grouped heads cannot be run`,
    );
  return whole;
}

/** Every tensor of a network by its Hugging Face name, with its shape: `[out, in]` for projections. */
export function tensorShapes(config: TransformerConfig): Map<string, number[]> {
  const { hidden_size: width, intermediate_size: inner, vocab_size: vocabulary } = config;
  const shapes = new Map<string, number[]>([["model.embed_tokens.weight", [vocabulary, width]]]);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const prefix = `model.layers.${layer}.`;
    shapes.set(`${prefix}input_layernorm.weight`, [width]);
    for (const name of ["q_proj", "k_proj", "v_proj", "o_proj"])
      shapes.set(`${prefix}self_attn.${name}.weight`, [width, width]);
    shapes.set(`${prefix}post_attention_layernorm.weight`, [width]);
    shapes.set(`${prefix}mlp.gate_proj.weight`, [inner, width]);
    shapes.set(`${prefix}mlp.up_proj.weight`, [inner, width]);
    shapes.set(`${prefix}mlp.down_proj.weight`, [width, inner]);
  }
  return shapes.set("model.norm.weight", [width]);
}
