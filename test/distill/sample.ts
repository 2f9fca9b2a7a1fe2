import type { Sample } from "../../src/reasoning/result.ts";
import { noUsage } from "../../src/reasoning/usage.ts";

/** A sample as a model that reasons in its text gives it; fields of `more` win. */
export function sampleOf(text: string, answer?: string, more: Partial<Sample> = {}): Sample {
  return {
    index: 0,
    reasoning: text,
    reasoningFrom: "text",
    text,
    finishReason: "stop",
    usage: noUsage,
    latencyMs: 0,
    cost: null,
    ...(answer === undefined ? {} : { answer }),
    ...more,
  };
}
