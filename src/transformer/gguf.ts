import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseConfig, type TransformerConfig } from "./config.ts";
import { specialTokens } from "./format.ts";
import { ggufBytes, type GgufTensor, type GgufValue } from "./gguf-file.ts";
import { readSafetensors, toFloat16, type Tensor, type Tensors } from "./safetensors.ts";
import { characterMerges, type TokenizerFile } from "./tokenizer.ts";

/**
 * A model directory as one GGUF file, for llama.cpp and what is built on it: architecture `llama`, matrices in half
 * precision, gains in single. GGUF has no normaliser: questions have to come in lower case, with × and ÷ for the signs
 * and no space before a number.
 * @throws CotError `usage` where the directory holds no model that we run
 */
export async function writeGguf(directory: string): Promise<Uint8Array> {
  const path = (name: string) => join(directory, name);
  const config = parseConfig(await readFile(path("config.json"), "utf8"), path("config.json"));
  const tokenizer = JSON.parse(await readFile(path("tokenizer.json"), "utf8")) as TokenizerFile;
  const weights = await readFile(path("model.safetensors"));
  return encodeGguf(config, tokenizer, readSafetensors(weights, path("model.safetensors")));
}

function encodeGguf(config: TransformerConfig, tokenizer: TokenizerFile, tensors: Tensors): Uint8Array {
  const metadata = { ...architecture(config), ...vocabulary(config, tokenizer) };
  return ggufBytes(
    metadata,
    [...tensors].map(([name, tensor]) => convertTensor(name, tensor, config)),
  );
}

function architecture(config: TransformerConfig): Record<string, GgufValue> {
  const uint32 = (value: number): GgufValue => ({ type: "uint32", value });
  const float32 = (value: number): GgufValue => ({ type: "float32", value });
  return {
    "general.architecture": { type: "string", value: "llama" },
    "general.name": { type: "string", value: "cot" },
    "general.file_type": uint32(1),
    "llama.context_length": uint32(config.max_position_embeddings),
    "llama.embedding_length": uint32(config.hidden_size),
    "llama.block_count": uint32(config.num_hidden_layers),
    "llama.feed_forward_length": uint32(config.intermediate_size),
    "llama.attention.head_count": uint32(config.num_attention_heads),
    "llama.attention.head_count_kv": uint32(config.num_key_value_heads),
    "llama.attention.layer_norm_rms_epsilon": float32(config.rms_norm_eps),
    "llama.rope.dimension_count": uint32(config.hidden_size / config.num_attention_heads),
    "llama.rope.freq_base": float32(config.rope_theta),
    "llama.vocab_size": uint32(config.vocab_size),
  };
}

/** llama.cpp's kinds of tokens. */
const tokenType = { normal: 1, control: 3, userDefined: 4, unused: 5 };

/** `gpt2` is llama.cpp's name for byte-level BPE; its `llama-bpe` takes a word of the vocabulary whole, as ours does. */
function vocabulary(config: TransformerConfig, tokenizer: TokenizerFile): Record<string, GgufValue> {
  const tokens = Array.from({ length: config.vocab_size }, (_, id) => `<|unused-${id}|>`);
  const types = new Array<number>(config.vocab_size).fill(tokenType.unused);
  for (const [token, id] of Object.entries(tokenizer.model.vocab)) {
    tokens[id] = token;
    types[id] = tokenType.normal;
  }
  for (const { id, content, special } of tokenizer.added_tokens) {
    tokens[id] = content;
    types[id] = special ? tokenType.control : tokenType.userDefined;
  }
  const bool = (value: boolean): GgufValue => ({ type: "bool", value });
  return {
    "tokenizer.ggml.model": { type: "string", value: "gpt2" },
    "tokenizer.ggml.pre": { type: "string", value: "llama-bpe" },
    "tokenizer.ggml.tokens": { type: "strings", values: tokens },
    "tokenizer.ggml.token_type": { type: "int32s", values: types },
    "tokenizer.ggml.merges": { type: "strings", values: characterMerges(tokenizer) },
    "tokenizer.ggml.bos_token_id": { type: "uint32", value: config.bos_token_id },
    "tokenizer.ggml.eos_token_id": { type: "uint32", value: config.eos_token_id },
    "tokenizer.ggml.add_bos_token": bool(true),
    "tokenizer.ggml.add_eos_token": bool(false),
    "tokenizer.chat_template": {
      type: "string",
      value: `{{ bos_token }}{{ messages[-1]['content'] | lower }}${specialTokens.reason}`,
    },
  };
}

const names: [pattern: RegExp, name: string][] = [
  [/^model\.embed_tokens\./, "token_embd."],
  [/^model\.norm\./, "output_norm."],
  [/^model\.layers\.(\d+)\.input_layernorm\./, "blk.$1.attn_norm."],
  [/^model\.layers\.(\d+)\.self_attn\.([qkv])_proj\./, "blk.$1.attn_$2."],
  [/^model\.layers\.(\d+)\.self_attn\.o_proj\./, "blk.$1.attn_output."],
  [/^model\.layers\.(\d+)\.post_attention_layernorm\./, "blk.$1.ffn_norm."],
  [/^model\.layers\.(\d+)\.mlp\.(gate|up|down)_proj\./, "blk.$1.ffn_$2."],
];

function convertTensor(name: string, { shape, data }: Tensor, config: TransformerConfig): GgufTensor {
  const [pattern, replacement] = names.find(([each]) => each.test(name))!;
  const rotated = /\.self_attn\.[qk]_proj\./.test(name);
  const values = rotated ? interleave(data, config) : data;
  return {
    name: name.replace(pattern, replacement),
    shape,
    data: shape.length === 1 ? values : toFloat16(values),
  };
}

/** llama.cpp rotates neighbouring rows of a head, we rotate row i with row i + half: each head's rows change places. */
function interleave(data: Float32Array, config: TransformerConfig): Float32Array {
  const width = config.hidden_size;
  const headWidth = width / config.num_attention_heads;
  const half = headWidth / 2;
  const result = new Float32Array(data.length);
  for (let row = 0; row < width; row++) {
    const within = row % headWidth;
    const to = row - within + 2 * (within % half) + Math.floor(within / half);
    result.set(data.subarray(row * width, (row + 1) * width), to * width);
  }
  return result;
}
