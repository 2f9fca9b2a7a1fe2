import type { Usage } from "./model.ts";
import table from "./prices.json" with { type: "json" };

/** US dollars a million tokens. */
export interface Price {
  input: number;
  output: number;
  /** Prompt tokens that the endpoint had cached; undefined: as `input`. */
  cachedInput?: number;
}

/** US dollars for so many tokens; undefined where the endpoint did not say how many. */
export function costOf(usage: Usage, price: Price): number | undefined {
  if (usage.promptTokens === null || usage.completionTokens === null) return undefined;
  const cached = Math.min(usage.cachedTokens ?? 0, usage.promptTokens);
  const dollars =
    (usage.promptTokens - cached) * price.input +
    cached * (price.cachedInput ?? price.input) +
    usage.completionTokens * price.output;
  return dollars / 1_000_000;
}

/**
 * A model's price by the dated table in the package; undefined where that does not know it.
 * @param provider a preset's name: the same model has other prices elsewhere
 */
export function priceOf(provider: string | undefined, model: string): Price | undefined {
  const prices: Record<string, Price> = table.prices;
  // a dated snapshot (`gpt-5-mini-2025-08-07`, `claude-sonnet-4-5-20250929`) costs what its family does
  const family = model.replace(/-(\d{4}-\d{2}-\d{2}|\d{8})$/, "");
  return prices[`${provider ?? ""}:${model}`] ?? prices[`${provider ?? ""}:${family}`];
}
