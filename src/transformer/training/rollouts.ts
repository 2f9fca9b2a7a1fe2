import { stableHash } from "../../random.ts";
import { decodeAll } from "../decode.ts";
import { answerMark, promptIds } from "../format.ts";
import type { Network } from "../network.ts";
import type { Tokenizer } from "../tokenizer.ts";

/** One answer of the model's own. */
export interface Rollout {
  prompt: number[];
  /** Its end included, unless it was cut off. */
  tokens: number[];
  /** Of each token, when it was drawn. */
  logProbabilities: number[];
  text: string;
  /** Whether anything stands before the answer. */
  reasons: boolean;
}

/** Draws `count` answers to each question; temperature 0 is greedy. */
export function rollOut(
  network: Network,
  tokenizer: Tokenizer,
  questions: readonly string[],
  {
    count,
    temperature,
    maxTokens,
    seed,
  }: { count: number; temperature: number; maxTokens: number; seed: string },
): Rollout[][] {
  const { end } = tokenizer.ids;
  const prompts = questions.map((question) => promptIds(tokenizer, question, "reason"));
  const requests = prompts.flatMap((prompt, question) =>
    Array.from({ length: count }, (_, sample) => ({
      prompt,
      temperature,
      maxTokens,
      seed: stableHash(`${seed}:${question}:${sample}`),
      stop: [end],
    })),
  );
  const decoded = decodeAll(network, requests);
  return prompts.map((prompt, question) =>
    decoded.slice(question * count, (question + 1) * count).map(({ tokens, logProbabilities }) => {
      const text = tokenizer.decode(tokens);
      return { prompt, tokens, logProbabilities, text, reasons: text.indexOf(answerMark) > 0 };
    }),
  );
}
