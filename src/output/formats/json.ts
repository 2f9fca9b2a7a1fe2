import type { Step } from "../../grading/steps.ts";
import type { Usage } from "../../models/model.ts";
import type { Failure, Result, Sample } from "../../reasoning/result.ts";

/** Names that a result uses for itself: an input field of such a name goes under `input`. */
const ownNames = new Set(
  (
    "v id question answer anchor reasoning agreement votes tie samples checks refined model endpoint prompt policy " +
    "usage cost latency_ms gold correct error input"
  ).split(" "),
);

/** A result as JSON, version 1: snake_case, as in the API. */
export function resultToJson(result: Result): Record<string, unknown> {
  const { question } = result;
  return {
    v: 1,
    id: question.id,
    question: question.question,
    ...(result.answer === undefined ? {} : { answer: result.answer, anchor: result.anchor ?? null }),
    reasoning: result.reasoning,
    agreement: result.agreement,
    votes: result.votes,
    tie: result.tie,
    samples: result.samples.map(sampleToJson),
    ...(result.checks === undefined ? {} : { checks: result.checks.map(stepToJson) }),
    ...(result.refined === undefined ? {} : { refined: result.refined }),
    model: result.model,
    endpoint: result.endpoint,
    prompt: result.prompt,
    policy: result.policy,
    usage: usageToJson(result.usage),
    cost: result.cost,
    latency_ms: Math.round(result.latencyMs),
    ...(question.gold === undefined ? {} : { gold: question.gold, correct: result.correct ?? null }),
    ...(result.error === undefined ? {} : { error: failureToJson(result.error) }),
    ...carried(question.meta ?? {}),
  };
}

function sampleToJson(sample: Sample): Record<string, unknown> {
  return {
    ...(sample.answer === undefined ? {} : { answer: sample.answer, anchor: sample.anchor ?? null }),
    reasoning: sample.reasoning,
    reasoning_from: sample.reasoningFrom,
    text: sample.text,
    finish_reason: sample.finishReason,
    ...(sample.seed === undefined ? {} : { seed: sample.seed }),
    usage: usageToJson(sample.usage),
    latency_ms: Math.round(sample.latencyMs),
    ...(sample.checks === undefined ? {} : { checks: sample.checks.map(stepToJson) }),
    ...(sample.error === undefined ? {} : { error: failureToJson(sample.error) }),
  };
}

/** Tokens; `estimated` only where they are. */
function usageToJson(usage: Usage): Record<string, unknown> {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    reasoning_tokens: usage.reasoningTokens,
    cached_tokens: usage.cachedTokens,
    ...(usage.estimated === true ? { estimated: true } : {}),
  };
}

function stepToJson({ step, ok, expected }: Step): Record<string, unknown> {
  return { step, ok, ...(expected === undefined ? {} : { expected }) };
}

function failureToJson({ code, message, retryable }: Failure): Record<string, unknown> {
  return { code, message, retryable };
}

/** The input's other fields: under their own names, or, where a result has that name, under `input`. */
function carried(meta: Record<string, unknown>): Record<string, unknown> {
  const fields = Object.entries(meta);
  const own = fields.filter(([name]) => !ownNames.has(name));
  const taken = fields.filter(([name]) => ownNames.has(name));
  return {
    ...Object.fromEntries(own),
    ...(taken.length === 0 ? {} : { input: Object.fromEntries(taken) }),
  };
}
