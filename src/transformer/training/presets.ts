import type { Sizes } from "../config.ts";
import type { MixtureName } from "./problems/index.ts";
import type { AnswerMixture } from "./stream.ts";

/** One schedule of learning rates over one mixture of problems. */
export interface Phase {
  mixture: MixtureName;
  /** Tokens, padding not counted. */
  tokens: number;
  /** The highest learning rate. */
  peak: number;
  /** The share of the phase, at its end, in which the rate falls to 0. */
  decay: number;
  openings: AnswerMixture["openings"];
}

export interface Preset {
  sizes: Omit<Sizes, "vocab_size" | "bos_token_id" | "eos_token_id">;
  answers: Omit<AnswerMixture, "openings">;
  /** Each goes on from the weights of the one before. */
  phases: readonly Phase[];
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
  /** Sums first; what is learned last is to read. */
  main: {
    sizes: mainSizes,
    answers: { direct: 0.1, reasoned: 1 },
    phases: [
      { mixture: "main", openings: 0, tokens: 12_000_000, peak: 3e-3, decay: 0.6 },
      { mixture: "words", openings: 0.6, tokens: 20_000_000, peak: 2.5e-3, decay: 0.9 },
    ],
  },
  /** Where reinforcement learning and distillation start: it reasons now and then, and is stopped early. */
  base: {
    sizes: smallSizes,
    answers: { direct: 0.1, reasoned: 1 },
    phases: [{ mixture: "base", openings: 0, tokens: 4_200_000, peak: 3e-3, decay: 0.6 }],
  },
  /** The baseline: main's architecture and problems, answers without reasoning. */
  direct: {
    sizes: mainSizes,
    answers: { direct: 1, reasoned: 0 },
    phases: [{ mixture: "main", openings: 0, tokens: 3_000_000, peak: 3e-3, decay: 0.6 }],
  },
};
