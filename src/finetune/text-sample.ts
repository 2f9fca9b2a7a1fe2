import { extractAnswer } from "../grading/extract.ts";
import type { Question } from "../questions/question.ts";
import { reasoningInText } from "../reasoning/sample.ts";
import type { Sample } from "../reasoning/result.ts";

/** A text of the built-in model as a sample, for the rewards. @param tokens how long it is */
export function textSample(text: string, { question }: Question, tokens: number, index = 0): Sample {
  const found = extractAnswer(text, { question });
  return {
    index,
    ...found,
    reasoning: reasoningInText(text, found),
    reasoningFrom: "text",
    text,
    finishReason: "stop",
    usage: { promptTokens: null, completionTokens: tokens, reasoningTokens: null, cachedTokens: null },
    latencyMs: 0,
    cost: 0,
  };
}

/** What the built-in model reads: its context, then the question. */
export function askedText({ context, question }: Question): string {
  return context === undefined ? question : `${context} ${question}`;
}
