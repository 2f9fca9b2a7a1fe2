import { transformerConfig } from "../../../src/transformer/config.ts";

/** A network small enough to be trained in a test. */
export const tinyConfig = transformerConfig({
  vocab_size: 12,
  hidden_size: 8,
  intermediate_size: 12,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  max_position_embeddings: 16,
  bos_token_id: 1,
  eos_token_id: 0,
});
