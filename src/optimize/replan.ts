import type { Caps } from "../models/middleware/budget.ts";
import type { Rollout } from "./rollouts.ts";

/** Held back for the reply in flight: a cap is kept by reserving the most that a request could take. */
const cappedMaxTokens = 8192;
/** Later requests are dearer: demonstrations and reflection make them longer. */
const growth = 1.25;

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
  const tokens = rollouts.reduce(
    (sum, { result: { usage } }) => sum + (usage.promptTokens ?? 0) + (usage.completionTokens ?? 0),
    0,
  );
  const cost = rollouts.reduce((sum, { result }) => sum + (result.cost ?? 0), 0);
  const reserved = maxTokens / Math.max(1, tokens);
  const fits = (cap: number | undefined, spent: number): number => {
    if (cap === undefined || spent === 0) return Infinity;
    return Math.floor(((cap - spent - reserved * spent) / (growth * spent)) * taken) + taken;
  };
  return Math.max(0, Math.min(requests, fits(maxTokensTotal, tokens), fits(maxCost, cost)));
}
