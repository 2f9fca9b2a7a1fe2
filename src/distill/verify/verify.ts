import { gradeAnswer } from "../../grading/equal.ts";
import { checkSteps } from "../../grading/steps.ts";
import type { Question } from "../../questions/question.ts";
import type { Sample } from "../../reasoning/result.ts";
import { leakedToken } from "../lint/template-tokens.ts";
import { mixesLanguages, repeatsItself } from "./text-filters.ts";
import type { Reason, Verdicts } from "./verdicts.ts";

export interface VerifyOptions {
  /** Without gold and without checkable steps: the agreement that a trace needs, 0..1. Default 0.75. */
  agreement?: number;
  /** Tokens over which a trace is too long. Default 16,384. */
  maxTokens?: number;
}

/**
 * Rejection sampling: judges every sample of one question. The gold decides where there is one. Where there is none,
 * checked steps that end in the answer come first, since a model's errors agree with each other more often than they
 * add up; then the agreement of the vote. A wrong step rejects a trace either way: the student would learn it.
 */
export function verifySamples(
  question: Question,
  samples: readonly Sample[],
  options: VerifyOptions = {},
): Verdicts[] {
  return samples.map((sample) => verifySample(question, sample, samples, options));
}

function verifySample(
  question: Question,
  sample: Sample,
  group: readonly Sample[],
  options: VerifyOptions,
): Verdicts {
  const answer = answerText(sample);
  const gold =
    question.gold === undefined || answer === undefined
      ? null
      : gradeAnswer(answer, question.gold) === "equal";
  const steps = stepVerdict(sample, answer);
  const agreement = answer === undefined ? null : shareOf(answer, group);
  const reason = ((): Reason | null => {
    if (sample.finishReason === "length") return "truncated";
    if (sample.error && sample.error.code !== "no_answer") return "failed";
    if (answer === undefined) return "no-answer";
    if (sample.reasoning === null || sample.reasoning.trim() === "") return "no-reasoning";
    if (gold === false) return "wrong-answer";
    if (steps === "wrong") return "wrong-step";
    if (gold === null && steps !== "passed") {
      if (steps === "inconsistent") return "inconsistent-ending";
      if (agreement === null || agreement < (options.agreement ?? 0.75)) return "unproven";
    }
    const text = `${sample.reasoning}\n${sample.text}`;
    if (mixesLanguages(text, question.question)) return "language";
    if (repeatsItself(text)) return "repetition";
    if ((sample.usage.completionTokens ?? 0) > (options.maxTokens ?? 16_384)) return "length";
    if (leakedToken(text) !== undefined) return "template-token";
    return null;
  })();
  return { gold, steps, agreement, judge: null, accepted: reason === null, reason };
}

function stepVerdict(sample: Sample, answer: string | undefined): Verdicts["steps"] {
  const steps = checkSteps(sample.reasoning ?? sample.text);
  if (steps.length === 0) return "unchecked";
  if (steps.some(({ ok }) => !ok)) return "wrong";
  const end = steps.at(-1)!.step.split(/[=≈]/).at(-1)!;
  return answer !== undefined && gradeAnswer(answer, end) === "equal" ? "passed" : "inconsistent";
}

/** The share of the answers in a group that equal this one; null for fewer than two. */
function shareOf(answer: string, group: readonly Sample[]): number | null {
  const answers = group.map(answerText).filter((other) => other !== undefined);
  if (answers.length < 2) return null;
  return answers.filter((other) => gradeAnswer(other, answer) === "equal").length / answers.length;
}

/** A sample's answer as text. */
export function answerText({ answer }: Sample): string | undefined {
  return answer === undefined || typeof answer === "string" ? answer : JSON.stringify(answer);
}
