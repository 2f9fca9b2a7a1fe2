import type { AskOptions } from "../../src/reasoning/options.ts";
import type { Question } from "../../src/questions/question.ts";
import type { Sample } from "../../src/reasoning/result.ts";

export const options: AskOptions = {
  messages: (question) => [{ role: "user", content: question.question }],
  strategy: "step-by-step",
  prompt: "step-by-step",
};

export const question: Question = { id: "1", question: "What is 17×24?", gold: "408" };

export function sample(answer: string | undefined, fields: Partial<Sample> = {}): Sample {
  return {
    index: 0,
    ...(answer === undefined ? {} : { answer }),
    reasoning: null,
    reasoningFrom: "text",
    text: answer ?? "",
    finishReason: "stop",
    usage: { promptTokens: 1, completionTokens: 1, reasoningTokens: null, cachedTokens: null },
    latencyMs: 1,
    cost: null,
    ...fields,
  };
}
