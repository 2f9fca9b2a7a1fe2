import type { Examined, ExaminedQuestion } from "../../src/distill/examine.ts";
import type { Reason, Verdicts } from "../../src/distill/verify/verdicts.ts";
import { noUsage } from "../../src/reasoning/usage.ts";
import { sampleOf } from "./sample.ts";

export function verdictsOf(reason: Reason | null, more: Partial<Verdicts> = {}): Verdicts {
  const failed = reason === null ? [] : [reason];
  return {
    gold: null,
    steps: "unchecked",
    agreement: null,
    judge: null,
    failed,
    accepted: !reason,
    reason,
    ...more,
  };
}

/** A question with one sample a verdict, each of ten tokens and a cent; the accepted ones are taught. */
export function examinedOf(id: string, ...verdicts: readonly Verdicts[]): ExaminedQuestion {
  const samples = verdicts.map((each, index): Examined => {
    const usage = { ...noUsage, promptTokens: 5, completionTokens: 10 };
    const origin = { model: "t", endpoint: "host", prompt: "step-by-step", policy: null };
    return { sample: sampleOf("1 + 1 = 2", "2", { index, usage, cost: 0.01 }), origin, verdicts: each };
  });
  const lesson = { prompt: "1 + 1?", reasoning: "1 + 1 = 2", answer: "Answer: 2" };
  return {
    question: { id, question: "1 + 1?" },
    part: "train",
    samples,
    passRate: samples.filter((one) => one.verdicts.accepted).length / samples.length,
    lessons: samples
      .filter((one) => one.verdicts.accepted)
      .map(({ sample }) => ({ sample: sample.index, lesson })),
  };
}
