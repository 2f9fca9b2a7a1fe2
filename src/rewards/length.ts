import { fullText } from "../reasoning/sample.ts";
import type { Reward } from "./reward.ts";

/** Completion tokens that are worth one half. */
const half = 1000;

/** A short sample is worth more: 1 at no tokens, 1/2 at a thousand, towards 0. Four characters stand for a token where they were not counted. */
export const length: Reward = (sample) => {
  const tokens = sample.usage.completionTokens ?? fullText(sample).length / 4;
  return half / (half + tokens);
};
