import type { Network } from "../transformer/network.ts";
import type { Tokenizer } from "../transformer/tokenizer.ts";

/**
 * The same weights without the way out: straight after the question an answer cannot come, so that something else,
 * steps, has to. What is right then was there before any training.
 */
export function madeToReason(network: Network, { ids }: Tokenizer): Network {
  return {
    ...network,
    forward(rows, wanted) {
      const logits = network.forward(rows, wanted);
      wanted.forEach((row, i) => {
        if (rows[row]!.token === ids.reason) logits[i]![ids.answer] = -1e9;
      });
      return logits;
    },
  };
}
