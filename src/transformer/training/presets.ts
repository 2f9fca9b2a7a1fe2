import type { Sizes } from "../config.ts";
import type { MixtureName } from "./problems/index.ts";
import type { AnswerMixture } from "./stream.ts";

export interface Preset {
  sizes: Omit<Sizes, "vocab_size" | "bos_token_id" | "eos_token_id">;
  mixture: MixtureName;
  answers: AnswerMixture;
  /** Tokens of a full run. */
  tokens: number;
  peak: number;
  decay: number;
}

const mainSizes = {
  hidden_size: 96,
  intermediate_size: 256,
  num_hidden_layers: 5,
  num_attention_heads: 4,
  max_position_embeddings: 512,
};

/** The architecture of `base` and `small`. */
const smallSizes = {
  hidden_size: 48,
  intermediate_size: 128,
  num_hidden_layers: 4,
  num_attention_heads: 3,
  max_position_embeddings: 512,
};

/** What `npm run pretrain` can make from nothing. */
export const presets: Record<"main" | "base" | "direct", Preset> = {
  main: {
    sizes: mainSizes,
    mixture: "main",
    answers: { direct: 0.1, reasoned: 1, openings: 0 },
    tokens: 12_000_000,
    peak: 3e-3,
    decay: 0.6,
  },
  /** Where reinforcement learning and distillation start: it reasons now and then, and is stopped early. */
  base: {
    sizes: smallSizes,
    mixture: "base",
    answers: { direct: 0.1, reasoned: 1, openings: 0 },
    tokens: 1_000_000,
    peak: 3e-3,
    decay: 0.6,
  },
  /** The baseline: main's architecture and problems, answers without reasoning. */
  direct: {
    sizes: mainSizes,
    mixture: "main",
    answers: { direct: 1, reasoned: 0, openings: 0 },
    tokens: 3_000_000,
    peak: 3e-3,
    decay: 0.6,
  },
};
