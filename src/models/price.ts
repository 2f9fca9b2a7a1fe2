import type { Usage } from "./model.ts";

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
