import { transformerConfig } from "../../src/transformer/config.ts";
import type { LoadedModel, RefusalThresholds } from "../../src/transformer/load.ts";
import type { CachePlace, Network } from "../../src/transformer/network.ts";
import { openTokenizer, type Tokenizer } from "../../src/transformer/tokenizer.ts";
import { tokenizerFile, words } from "../../src/transformer/vocabulary.ts";

export const tokenizer = openTokenizer(JSON.stringify(tokenizerFile(words)), "tokenizer.json");

/** The next token's distribution: the rest of the probability is spread over all others. */
export type Script = (known: readonly number[]) => { token: number; probability: number };

/** A model whose network is a function of the tokens so far, with the real tokenizer, decoder and sampler around it. */
export function scriptedModel(
  script: Script,
  thresholds: RefusalThresholds = { outside: 0.5, certainty: 0 },
): LoadedModel & { passes: () => number } {
  const config = transformerConfig({
    vocab_size: tokenizer.size,
    hidden_size: 8,
    intermediate_size: 8,
    num_hidden_layers: 1,
    num_attention_heads: 1,
    max_position_embeddings: 256,
    bos_token_id: tokenizer.ids.begin,
    eos_token_id: tokenizer.ids.end,
  });
  const memories = new Map<CachePlace, number[]>();
  let passes = 0;
  const network: Network = {
    config,
    maxPositions: config.max_position_embeddings,
    setWeights: () => undefined,
    takePlace() {
      const place = { keys: 0, values: 0 };
      memories.set(place, []);
      return place;
    },
    givePlace: (place) => void memories.delete(place),
    copyCache: (from, to, length) => void memories.set(to, memories.get(from)!.slice(0, length)),
    forward(rows, wanted) {
      passes++;
      const known = rows.map(({ sequence, position, token }) => {
        const memory = memories.get(sequence)!;
        memory[position] = token;
        return memory.slice(0, position + 1);
      });
      return wanted.map((row) => {
        const { token, probability } = script(known[row]!);
        const rest = Math.log((1 - probability) / (tokenizer.size - 1));
        const logits = new Float32Array(tokenizer.size).fill(rest);
        logits[token] = Math.log(probability);
        return logits;
      });
    },
  };
  return { config, tokenizer, network, thresholds, passes: () => passes };
}

/** Answers every question, asked in the given mode, with the same text, token by token. */
export function answering(text: string, probability = 0.9999, ids: Tokenizer["ids"] = tokenizer.ids): Script {
  const tokens = [...tokenizer.encodeText(text), ids.end];
  return (known) => {
    const start = Math.max(known.lastIndexOf(ids.reason), known.lastIndexOf(ids.direct)) + 1;
    return { token: tokens[known.length - start] ?? ids.end, probability };
  };
}
