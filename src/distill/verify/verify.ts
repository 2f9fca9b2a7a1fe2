import { gradeAnswer } from "../../grading/equal.ts";
import { checkSteps } from "../../grading/steps.ts";
import type { Model } from "../../models/model.ts";
import type { Question } from "../../questions/question.ts";
import { gradeValue, isReadableGold } from "../../reasoning/grade.ts";
import type { JsonValue, Sample } from "../../reasoning/result.ts";
import { fullText } from "../../reasoning/sample.ts";
import { sameAnswer } from "../../reasoning/vote.ts";
import { leakedToken } from "../lint/template-tokens.ts";
import { judgeSample } from "./judge.ts";
import { mixesLanguages, repeatsItself } from "./text-filters.ts";
import { reasons, type Reason, type Verdicts } from "./verdicts.ts";

export interface VerifyOptions {
  /** Without gold and without checkable steps: the agreement that a trace needs, 0..1. Default 0.75. */
  agreement?: number;
  /** Answers from which on agreement means something. Default 4. */
  votes?: number;
  /** Tokens over which a trace is too long. Default 16,384. */
  maxTokens?: number;
  /** A model that is asked about traces which nothing else can prove. */
  judge?: Model;
}

/**
 * Rejection sampling: judges every sample of one question. The gold decides where there is one. Where there is none,
 * checked steps that end in the answer come first, since a model's errors agree with each other more often than they
 * add up; then the agreement of the vote; then, where one is named, a judge model. A wrong step rejects a trace either
 * way: the student would learn it.
 * @throws CotError where a judge's endpoint ends the run
 */
export async function verifySamples(
  question: Question,
  samples: readonly Sample[],
  options: VerifyOptions = {},
  signal?: AbortSignal,
): Promise<Verdicts[]> {
  const verdicts = samples.map((sample) => applyRules(question, sample, samples, options));
  const { judge } = options;
  if (judge === undefined) return verdicts;
  return Promise.all(
    verdicts.map(async (found, i) => {
      // whatever else is wrong with it, it is not worth a request
      if (found.failed.join() !== "unproven") return found;
      const right = await judgeSample(judge, question, samples[i]!, signal);
      return right === null ? found : { ...found, judge: right, ...failing(right ? [] : ["judged-wrong"]) };
    }),
  );
}

function applyRules(
  question: Question,
  sample: Sample,
  group: readonly Sample[],
  options: VerifyOptions,
): Verdicts {
  const { answer } = sample;
  const gold =
    question.gold === undefined || !isReadableGold(question.gold) || answer === undefined
      ? null
      : gradeValue(answer, question.gold, question.question) === "equal";
  const steps = stepVerdict(sample, question.question);
  const vote = answer === undefined ? undefined : voteOn(answer, group);
  const agreement = vote?.share ?? null;
  const proven = gold === true || steps === "passed" || (vote !== undefined && agrees(vote, options));
  const reasoning = sample.reasoning ?? "";
  // once, also where the reasoning is part of the text
  const text = fullText(sample);
  const rules: Partial<Record<Reason, boolean>> = {
    failed: sample.error !== undefined && !["no_answer", "truncated"].includes(sample.error.code),
    truncated: sample.finishReason === "length" || sample.error?.code === "truncated",
    "no-answer": answer === undefined,
    "no-reasoning": reasoning.trim() === "",
    "wrong-answer": gold === false,
    "wrong-step": steps === "wrong",
    "inconsistent-ending": gold === null && answer !== undefined && steps === "inconsistent",
    unproven: gold === null && answer !== undefined && steps === "unchecked" && !proven,
    language: mixesLanguages(text, question.question),
    repetition: repeatsItself(text),
    length: (sample.usage.completionTokens ?? 0) > (options.maxTokens ?? 16_384),
    "template-token": leakedToken(text) !== undefined,
  };
  return { gold, steps, agreement, judge: null, ...failing(reasons.filter((reason) => rules[reason])) };
}

/** What follows from the rules that a sample failed. */
export function failing(failed: Reason[]): Pick<Verdicts, "failed" | "accepted" | "reason"> {
  return { failed, accepted: failed.length === 0, reason: failed[0] ?? null };
}

/** Whether the steps of a sample's reasoning are right, and end in its answer to the question. */
export function stepVerdict(sample: Sample, question: string): Verdicts["steps"] {
  const answer = answerText(sample);
  const steps = checkSteps(sample.reasoningFrom === "text" ? sample.text : (sample.reasoning ?? sample.text));
  if (steps.length === 0) return "unchecked";
  if (steps.some(({ ok }) => !ok)) return "wrong";
  const end = steps.at(-1)!.step.split(/[=≈]/).at(-1)!;
  return answer !== undefined && gradeAnswer(answer, end, { question }) === "equal"
    ? "passed"
    : "inconsistent";
}

interface Vote {
  /** Of the answers, those that equal this one, 0..1. */
  share: number;
  answers: number;
}

/** Undefined for fewer than two answers. */
function voteOn(answer: JsonValue, group: readonly Sample[]): Vote | undefined {
  const answers = group.map((sample) => sample.answer).filter((other) => other !== undefined);
  if (answers.length < 2) return undefined;
  const equal = answers.filter((other) => sameAnswer(other, answer));
  return { share: equal.length / answers.length, answers: answers.length };
}

function agrees({ share, answers }: Vote, options: VerifyOptions): boolean {
  return answers >= (options.votes ?? 4) && share >= (options.agreement ?? 0.75);
}

/** Whether a sample passes the vote, whatever the other rules say: what the vote's precision is measured on. */
export function passesVote(
  { answer }: Sample,
  group: readonly Sample[],
  options: VerifyOptions = {},
): boolean {
  const vote = answer === undefined ? undefined : voteOn(answer, group);
  return vote !== undefined && agrees(vote, options);
}

/** A sample's answer as text. */
export function answerText({ answer }: Sample): string | undefined {
  return answer === undefined || typeof answer === "string" ? answer : JSON.stringify(answer);
}
