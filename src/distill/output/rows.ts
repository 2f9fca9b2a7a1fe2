import type { Usage } from "../../models/model.ts";
import type { Question } from "../../questions/question.ts";
import type { Contamination, Examined, ExaminedQuestion } from "../examine.ts";

/** A sample as a line of `ledger.jsonl`: with its verdicts, whether it was kept or not. Holds no times. */
export function ledgerRow(
  { question, part }: ExaminedQuestion,
  { sample, origin, verdicts, duplicateOf, contamination }: Examined,
): Record<string, unknown> {
  const { answer, anchor, error, seed } = sample;
  return {
    v: 1,
    id: question.id,
    sample: sample.index,
    part,
    ...asked(question),
    ...(answer === undefined ? {} : { answer, anchor: anchor ?? null }),
    reasoning: sample.reasoning,
    reasoning_from: sample.reasoningFrom,
    text: sample.text,
    finish_reason: sample.finishReason,
    ...(seed === undefined ? {} : { seed }),
    usage: usageRow(sample.usage),
    cost: sample.cost,
    model: origin.model,
    endpoint: origin.endpoint,
    prompt: origin.prompt,
    policy: origin.policy,
    verdicts,
    ...(duplicateOf === undefined ? {} : { duplicate_of: duplicateOf }),
    ...(contamination === undefined ? {} : { contamination }),
    ...(error === undefined ? {} : { error: { code: error.code, message: error.message } }),
  };
}

/** A question that was not asked, as a line of `ledger.jsonl`. */
export function leftOutRow(question: Question, contamination: Contamination): Record<string, unknown> {
  const verdicts = { accepted: false, reason: "contaminated" };
  return { v: 1, id: question.id, sample: null, ...asked(question), verdicts, contamination };
}

/**
 * A kept trace as a line of `traces.jsonl`.
 * @param rows where it stands in the exported files: line numbers by path
 * @param against the question's wrong sample that `dpo` sets against it
 */
export function traceRow(
  question: ExaminedQuestion,
  examined: Examined,
  rows: Readonly<Record<string, number>>,
  against?: number,
): Record<string, unknown> {
  return {
    ...ledgerRow(question, examined),
    pass_rate: question.passRate,
    ...(against === undefined ? {} : { against }),
    rows,
  };
}

function asked({ question, asked: withChoices, gold, context }: Question): Record<string, unknown> {
  return {
    question,
    ...(withChoices === undefined ? {} : { asked: withChoices }),
    ...(gold === undefined ? {} : { gold }),
    ...(context === undefined ? {} : { context }),
  };
}

function usageRow(usage: Usage): Record<string, number | null> {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    reasoning_tokens: usage.reasoningTokens,
    cached_tokens: usage.cachedTokens,
  };
}
