import type { Result } from "../reasoning/result.ts";
import type { Range } from "./forecast.ts";

/** The ratios of replies that are there already. */
export interface Seen {
  /** @param characters of the question's messages */
  learn(result: Result, characters: number): void;
  /** Undefined until a prompt has been counted. */
  readonly charactersAToken: Range | undefined;
  /** What so many further replies will take; undefined until there are enough to tell. */
  tokensOf(replies: number): Range | undefined;
}

const enough = 10;
/** Standard errors on either side: about 95 of 100 runs are within. */
const width = 2;

export function createSeen(): Seen {
  let characters = 0;
  let promptTokens = 0;
  let replies = 0;
  let sum = 0;
  let squares = 0;
  return {
    learn({ samples, usage }, length) {
      // several samples may have shared a prompt
      if (samples.length === 1 && usage.promptTokens) {
        characters += length;
        promptTokens += usage.promptTokens;
      }
      for (const { usage: each } of samples) {
        if (each.completionTokens === null) continue;
        replies += 1;
        sum += each.completionTokens;
        squares += each.completionTokens ** 2;
      }
    },
    get charactersAToken() {
      if (promptTokens === 0) return undefined;
      return { low: characters / promptTokens, high: characters / promptTokens };
    },
    tokensOf(count) {
      if (replies < enough) return undefined;
      const mean = sum / replies;
      const variance = Math.max(0, (squares - sum * mean) / (replies - 1));
      // of a sum of new replies, around a mean that is itself a sample's
      const error = width * Math.sqrt(variance * (count + count ** 2 / replies));
      return {
        low: Math.max(0, Math.round(count * mean - error)),
        high: Math.round(count * mean + error),
      };
    },
  };
}
