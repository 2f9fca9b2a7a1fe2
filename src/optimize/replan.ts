import type { Caps } from "../models/middleware/budget.ts";
import type { Rollout } from "./rollouts.ts";

/** Sent under a cap where there is no `--max-tokens`. */
const cappedMaxTokens = 8192;
/** A cap is kept by reserving the most that a request could take: its samples, and no tokenizer makes more of a prompt. */
const samplesInFlight = 3;
const promptReserve = 8;
/** Later requests are dearer: demonstrations make prompts several times as long. */
const growth = { prompt: 3, completion: 1.25 };

/**
 * How many requests fit into the caps on tokens and cost, by what those so far have taken.
 * @param requests planned so far, the most that is given
 */
export function withinCaps(
  rollouts: readonly Rollout[],
  requests: number,
  { maxTokensTotal, maxCost }: Pick<Caps, "maxTokensTotal" | "maxCost">,
  maxTokens = cappedMaxTokens,
): number {
  const taken = rollouts.reduce((sum, { result }) => sum + result.samples.length, 0);
  if (taken === 0) return requests;
  const total = (field: "promptTokens" | "completionTokens"): number =>
    rollouts.reduce((sum, { result }) => sum + (result.usage[field] ?? 0), 0);
  const [prompt, completion] = [total("promptTokens"), total("completionTokens")];
  const tokens = prompt + completion;
  const dearer = (growth.prompt * prompt + growth.completion * completion) / tokens;
  const cost = rollouts.reduce((sum, { result }) => sum + (result.cost ?? 0), 0);
  const reserve = samplesInFlight * maxTokens + (promptReserve * prompt) / taken;
  const fits = (cap: number | undefined, spent: number): number => {
    if (cap === undefined || spent === 0) return Infinity;
    return Math.floor(((cap - spent - (reserve / tokens) * spent) / (dearer * spent)) * taken) + taken;
  };
  return Math.max(0, Math.min(requests, fits(maxTokensTotal, tokens), fits(maxCost, cost)));
}
