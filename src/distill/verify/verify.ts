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
  /** Answers from which on agreement means something. Default 4. */
  votes?: number;
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
  const steps = stepVerdict(sample);
  const vote = answer === undefined ? undefined : voteOn(answer, group);
  const agreement = vote?.share ?? null;
  const reason = ((): Reason | null => {
    if (sample.finishReason === "length") return "truncated";
    if (sample.error && sample.error.code !== "no_answer") return "failed";
    if (answer === undefined) return "no-answer";
    if (sample.reasoning === null || sample.reasoning.trim() === "") return "no-reasoning";
    if (gold === false) return "wrong-answer";
    if (steps === "wrong") return "wrong-step";
    if (gold === null && steps !== "passed") {
      if (steps === "inconsistent") return "inconsistent-ending";
      if (!vote || !agrees(vote, options)) return "unproven";
    }
    const text = `${sample.reasoning}\n${sample.text}`;
    if (mixesLanguages(text, question.question)) return "language";
    if (repeatsItself(text)) return "repetition";
    if ((sample.usage.completionTokens ?? 0) > (options.maxTokens ?? 16_384)) return "length";
    if (leakedToken(text) !== undefined) return "template-token";
    return null;
  })();
  return { gold, steps, agreement, accepted: reason === null, reason };
}

/** Whether the steps of a sample's reasoning are right, and end in its answer. */
export function stepVerdict(sample: Sample): Verdicts["steps"] {
  const answer = answerText(sample);
  const steps = checkSteps(sample.reasoning ?? sample.text);
  if (steps.length === 0) return "unchecked";
  if (steps.some(({ ok }) => !ok)) return "wrong";
  const end = steps.at(-1)!.step.split(/[=≈]/).at(-1)!;
  return answer !== undefined && gradeAnswer(answer, end) === "equal" ? "passed" : "inconsistent";
}

interface Vote {
  /** Of the answers, those that equal this one, 0..1. */
  share: number;
  answers: number;
}

/** Undefined for fewer than two answers. */
function voteOn(answer: string, group: readonly Sample[]): Vote | undefined {
  const answers = group.map(answerText).filter((other) => other !== undefined);
  if (answers.length < 2) return undefined;
  const equal = answers.filter((other) => gradeAnswer(other, answer) === "equal");
  return { share: equal.length / answers.length, answers: answers.length };
}

function agrees({ share, answers }: Vote, options: VerifyOptions): boolean {
  return answers >= (options.votes ?? 4) && share >= (options.agreement ?? 0.75);
}

/** Whether a sample passes the vote, whatever the other rules say: what the vote's precision is measured on. */
export function passesVote(sample: Sample, group: readonly Sample[], options: VerifyOptions = {}): boolean {
  const answer = answerText(sample);
  const vote = answer === undefined ? undefined : voteOn(answer, group);
  return vote !== undefined && agrees(vote, options);
}

/** A sample's answer as text. */
export function answerText({ answer }: Sample): string | undefined {
  return answer === undefined || typeof answer === "string" ? answer : JSON.stringify(answer);
}
