import type { PartialText } from "../errors.ts";
import { extractAnswer, type Extracted } from "../grading/extract.ts";
import { checkSteps } from "../grading/steps.ts";
import type { Completion, Model } from "../models/model.ts";
import type { Asking } from "./options.ts";
import type { Failure, Sample } from "./result.ts";
import { noUsage } from "./usage.ts";

/** A completion taken apart: its reasoning, its answer, its price and, with `check`, its equations. */
export function toSample(completion: Completion, { question, options, model }: Asking): Sample {
  const { text, reasoning, finishReason } = completion;
  const cut = cuts[finishReason ?? ""];
  const found = extractAnswer(text, {
    question: question.asked ?? question.question,
    truncated: cut !== undefined,
  });
  const sample: Sample = {
    index: completion.sample,
    reasoning: reasoning ?? (options.strategy === "direct" ? null : reasoningInText(text, found)),
    reasoningFrom: completion.reasoningFrom,
    text,
    finishReason,
    usage: completion.usage,
    latencyMs: completion.latencyMs,
    cost: costOf(completion, model),
  };
  if (completion.seed !== undefined) sample.seed = completion.seed;
  if (found) Object.assign(sample, found);
  // a model judges texts as they are: equality is not asked to find an answer in them
  else if (options.vote === "model" && !cut && text.trim() !== "") sample.answer = text.trim();
  else sample.error = cut ?? noAnswerFailure;
  if (options.check) sample.checks = checkSteps(fullText(sample));
  return sample;
}

/** A sample whose request failed: the error, and what had arrived of it. */
export function failedSample(index: number, error: Failure, partial?: PartialText): Sample {
  return {
    index,
    reasoning: partial?.reasoning || null,
    reasoningFrom: partial?.reasoning ? "reasoning" : "text",
    text: partial?.text ?? "",
    finishReason: null,
    usage: noUsage,
    latencyMs: 0,
    cost: partial ? null : 0,
    error,
  };
}

/** All that a model wrote for a sample: what came apart from the text, then the text. */
export function fullText(sample: Pick<Sample, "reasoning" | "reasoningFrom" | "text">): string {
  const { reasoning, reasoningFrom, text } = sample;
  return reasoning === null || reasoningFrom === "text" ? text : `${reasoning}\n\n${text}`;
}

/** Whether a sample states its answer in a form that cannot be missed, rather than leaving a lone last line. */
export function statesAnswer({ answer, anchor }: Pick<Sample, "answer" | "anchor">): boolean {
  return answer !== undefined && anchor !== undefined && anchor !== "last-line";
}

/**
 * What a text says before the line that states the answer. A long line reasons itself, and so does an equation that
 * stands alone: then it is the whole.
 * @param found the answer and where its statement starts; by default on the last line
 * @returns null where nothing stands before it
 */
export function reasoningInText(
  text: string,
  found: Pick<Extracted, "answer" | "at"> | undefined,
): string | null {
  const whole = text.trim();
  if (found === undefined) return whole || null;
  const { answer, at = text.trimEnd().length } = found;
  const before = text.slice(0, text.lastIndexOf("\n", at - 1) + 1);
  const [line = ""] = text.slice(before.length).trimStart().split("\n", 1);
  if (line.length > answer.length + longestPreamble) return whole;
  return before.trim() || (line.replace(answer, "").includes("=") ? whole : null);
}

/** "**Therefore, the final answer is: $\boxed{…}$.**" and shorter. */
const longestPreamble = 60;

/** By the finish reason: why a reply has no answer. */
const cuts: Readonly<Record<string, Failure>> = {
  length: {
    code: "truncated",
    message: "the token limit cut the reply off before its answer",
    hint: "raise it with --max-tokens",
    retryable: false,
  },
  content_filter: {
    code: "no_answer",
    message: "the endpoint's content filter cut the reply off",
    hint: "ask in other words, or another model",
    retryable: false,
  },
  refusal: {
    code: "no_answer",
    message: "the model refused to answer",
    hint: "ask in other words, or another model",
    retryable: false,
  },
};

const noAnswerFailure: Failure = {
  code: "no_answer",
  message: "no final answer can be found in the reply",
  hint: "look at the reply with --json, or ask with another prompt (-p)",
  retryable: false,
};

/** US dollars; null where unknown. The built-in model costs nothing. */
export function costOf({ cost }: Completion, { endpoint }: Pick<Model, "endpoint">): number | null {
  return endpoint === "builtin" ? 0 : (cost ?? null);
}
