import type { Usage } from "../models/model.ts";

export const noUsage: Usage = {
  promptTokens: null,
  completionTokens: null,
  reasoningTokens: null,
  cachedTokens: null,
};

/** Token counts summed; a count is null only where nobody gave it. */
export function sumUsage(usages: readonly Usage[]): Usage {
  const total = { ...noUsage };
  for (const usage of usages) {
    for (const key of ["promptTokens", "completionTokens", "reasoningTokens", "cachedTokens"] as const) {
      const tokens = usage[key];
      if (tokens !== null) total[key] = (total[key] ?? 0) + tokens;
    }
    if (usage.estimated) total.estimated = true;
  }
  return total;
}

/** US dollars summed; null where any part is unknown, because a sum that leaves something out misleads. */
export function sumCost(costs: readonly (number | null)[]): number | null {
  let total = 0;
  for (const cost of costs) {
    if (cost === null) return null;
    total += cost;
  }
  return total;
}
