import type { Rollout } from "../../src/optimize/rollouts.ts";
import type { Policy } from "../../src/prompts/policy.ts";
import type { Question } from "../../src/questions/question.ts";
import { stableHash } from "../../src/random.ts";
import { mockModel, type MockModel, type MockOptions } from "../support/mock-model.ts";
import { resultOf, sampleOf } from "../support/result.ts";

export const plainPolicy: Policy = { version: 1, strategy: "direct", demonstrations: [], sampling: {} };

/** Sums whose right answer is known. */
export function sums(count: number): Question[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `q${String(i)}`,
    question: `What is ${String(i)}+${String(2 * i)}?`,
    gold: String(3 * i),
  }));
}

/** What a prompt is worth to the model below: reasoning and checking help, bare answers are mostly wrong. */
function chance(prompt: string): number {
  return 0.15 + (prompt.includes("step by step") ? 0.35 : 0) + (prompt.includes("Double-check") ? 0.3 : 0);
}

/**
 * A deterministic model: the same request gives the same answer to the same sample, right as often as its prompt is
 * worth. Asked to reflect, it proposes to double-check.
 */
export function promptedModel(options: MockOptions = {}): MockModel {
  return mockModel(({ messages, question }, sample) => {
    const prompt = messages.map(({ content }) => content).join("\n");
    if (prompt.includes("<instruction>")) {
      return `Thinking.\n<instruction>Double-check whatever is found, proposal ${String(sample)}.</instruction>`;
    }
    const [, a, b] = /(\d+)\+(\d+)/.exec(question) ?? [];
    const sum = Number(a) + Number(b);
    const luck = stableHash(`${prompt}\0${String(sample)}`) / 2 ** 32;
    const text = `${a!}+${b!}=${String(sum)}\nThe answer is ${String(luck < chance(prompt) ? sum : sum + 1 + (sample % 7))}`;
    const usage = {
      promptTokens: Math.ceil(prompt.length / 4),
      completionTokens: 12,
      reasoningTokens: null,
      cachedTokens: null,
    };
    return { text, usage };
  }, options);
}

/** A rollout with everything that tests seldom care about filled in. */
export function rolloutOf(fields: Partial<Rollout> & { text?: string } = {}): Rollout {
  const question = fields.question ?? { id: "q1", question: "What is 17×24?", gold: "408" };
  const samples = [sampleOf({ ...(fields.text === undefined ? {} : { text: fields.text }) })];
  return {
    phase: "search",
    setting: [0, 0, 0, 0, 0, 0],
    question,
    result: resultOf({ question, samples, correct: true }),
    reward: 1,
    parts: { accuracy: 1 },
    ...fields,
  };
}
