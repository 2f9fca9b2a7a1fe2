import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Question } from "../../src/questions/question.ts";
import { seededRandom } from "../../src/random.ts";
import { transformerConfig } from "../../src/transformer/config.ts";
import { writeSafetensors } from "../../src/transformer/safetensors.ts";
import { openTokenizer } from "../../src/transformer/tokenizer.ts";
import { initialTensors } from "../../src/transformer/training/parameters.ts";
import { tokenizerFile, words } from "../../src/transformer/vocabulary.ts";

/** A model directory with random weights, small enough to be trained in a test. */
export function writeTinyModel(directory: string): string {
  const tokenizerText = JSON.stringify(tokenizerFile(words));
  const tokenizer = openTokenizer(tokenizerText, "tokenizer.json");
  const config = transformerConfig({
    vocab_size: tokenizer.size,
    hidden_size: 8,
    intermediate_size: 12,
    num_hidden_layers: 2,
    num_attention_heads: 2,
    max_position_embeddings: 48,
    bos_token_id: tokenizer.ids.begin,
    eos_token_id: tokenizer.ids.end,
  });
  mkdirSync(directory, { recursive: true });
  const write = (name: string, data: string | Uint8Array): void => writeFileSync(join(directory, name), data);
  write("config.json", JSON.stringify(config));
  write("tokenizer.json", tokenizerText);
  write("model.safetensors", writeSafetensors(initialTensors(config, seededRandom(1)), "F16"));
  return directory;
}

/** `1 + 1` to `n + 1`, with their answers. */
export function sums(count: number): Question[] {
  return Array.from({ length: count }, (_, i) => ({
    id: String(i + 1),
    question: `${i + 1} + 1`,
    gold: String(i + 2),
  }));
}
