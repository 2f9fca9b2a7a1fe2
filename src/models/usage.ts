import { asRecord } from "./json.ts";
import type { Usage } from "./model.ts";

export const unknownUsage: Usage = {
  promptTokens: null,
  completionTokens: null,
  reasoningTokens: null,
  cachedTokens: null,
};

/** Reads the usage of a chat completion or of a response; undefined where there is none. */
export function readUsage(value: unknown): { usage: Usage; cost?: number } | undefined {
  const fields = asRecord(value);
  const prompt = count(fields["prompt_tokens"] ?? fields["input_tokens"]);
  let completion = count(fields["completion_tokens"] ?? fields["output_tokens"]);
  if (prompt === null && completion === null) return undefined;
  const total = count(fields["total_tokens"]);
  // Gemini and xAI count reasoning in the total only
  if (total !== null && prompt !== null && completion !== null && total > prompt + completion) {
    completion = total - prompt;
  }
  const completionDetails = asRecord(fields["completion_tokens_details"] ?? fields["output_tokens_details"]);
  const promptDetails = asRecord(fields["prompt_tokens_details"] ?? fields["input_tokens_details"]);
  const usage: Usage = {
    promptTokens: prompt,
    completionTokens: completion,
    reasoningTokens: count(completionDetails["reasoning_tokens"] ?? fields["reasoning_tokens"]),
    // DeepSeek has its own name for it
    cachedTokens: count(promptDetails["cached_tokens"] ?? fields["prompt_cache_hit_tokens"]),
  };
  const { cost } = fields;
  return typeof cost === "number" && cost >= 0 ? { usage, cost } : { usage };
}

/** Divides a request's usage among its completions by weight, in whole tokens that sum to the whole. */
export function shareUsage(usage: Usage, weights: number[]): Usage[] {
  const prompt = shares(
    usage.promptTokens,
    weights.map(() => 1),
  );
  const completion = shares(usage.completionTokens, weights);
  const reasoning = shares(usage.reasoningTokens, weights);
  const cached = shares(
    usage.cachedTokens,
    weights.map(() => 1),
  );
  return weights.map((_, i) => ({
    ...usage,
    promptTokens: prompt[i]!,
    completionTokens: completion[i]!,
    reasoningTokens: reasoning[i]!,
    cachedTokens: cached[i]!,
  }));
}

/** Cuts the cumulated share at whole numbers, so that nothing is lost or invented. */
function shares(total: number | null, weights: number[]): (number | null)[] {
  if (total === null) return weights.map(() => null);
  const sum = weights.reduce((a, b) => a + b, 0);
  let weight = 0;
  let given = 0;
  return weights.map((own, i) => {
    weight += own;
    const upTo = i === weights.length - 1 ? total : Math.round(sum === 0 ? 0 : (total * weight) / sum);
    const share = upTo - given;
    given = upTo;
    return share;
  });
}

function count(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? Math.round(value) : null;
}
