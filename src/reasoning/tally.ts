import type { Usage } from "../models/model.ts";
import { stopsQuestion } from "./failure.ts";
import { gradeValue } from "./grade.ts";
import type { Asking } from "./options.ts";
import type { Failure, JsonValue, Result, Sample } from "./result.ts";
import { sumCost, sumUsage } from "./usage.ts";
import { groupAnswers, sameAnswer } from "./vote.ts";

/**
 * The vote over a question's samples. On a tie the answer seen first wins, and `tie` says so. Without any answer, or
 * where sampling was stopped, the result carries the error and no answer.
 */
export function toResult({ question, options, model }: Asking, samples: Sample[], latencyMs: number): Result {
  const groups = groupAnswers(samples);
  const result: Result = {
    question,
    reasoning: null,
    agreement: null,
    ...countVotes(samples),
    samples,
    representative: -1,
    model: model.id,
    endpoint: model.endpoint,
    prompt: options.prompt,
    policy: options.policy ?? null,
    usage: sumUsage(samples.map((sample) => sample.usage)),
    cost: sumCost(samples.map((sample) => sample.cost)),
    latencyMs,
  };
  const stopped = samples.find((sample) => sample.error && stopsQuestion(sample.error));
  const winner = stopped ? undefined : groups[0];
  if (winner) return withAnswer(result, representativeOf(winner.members, samples));
  const error = stopped?.error ?? samples.find((sample) => sample.error)?.error;
  if (error) result.error = error;
  const [first] = samples;
  if (samples.length === 1 && first) {
    result.reasoning = first.reasoning;
    if (first.checks) result.checks = first.checks;
  }
  return result;
}

/** The result with the answer of the sample at a position: its trace, its share of the votes, and whether it is right. */
export function withAnswer(result: Result, position: number): Result {
  const sample = result.samples[position]!;
  const answer = sample.answer!;
  const vote = result.votes.find((candidate) => sameAnswer(answer, candidate.answer));
  const answered = result.votes.reduce((sum, { count }) => sum + count, 0);
  const next: Result = {
    ...result,
    // a group is shown in the form seen first
    answer: vote?.answer ?? answer,
    reasoning: sample.reasoning,
    agreement: (vote?.count ?? 1) / Math.max(1, answered),
    representative: position,
  };
  delete next.error;
  if (sample.anchor) next.anchor = sample.anchor;
  if (sample.checks) next.checks = sample.checks;
  const { gold, question } = result.question;
  if (gold !== undefined) next.correct = isCorrect(next.answer!, gold, question);
  return next;
}

/** The result with a question's samples counted anew after one of them was replaced, which now gives the answer. */
export function retally(result: Result, replacement: Sample): Result {
  const position = result.representative;
  const samples = result.samples.map((sample, i) => (i === position ? replacement : sample));
  return withAnswer({ ...result, samples, ...countVotes(samples) }, position);
}

/** The result with the tokens, dollars and milliseconds of one more request. */
export function addSpent(result: Result, usage: Usage, cost: number | null, latencyMs: number): Result {
  return {
    ...result,
    usage: sumUsage([result.usage, usage]),
    cost: sumCost([result.cost, cost]),
    latencyMs: result.latencyMs + latencyMs,
  };
}

/** The result of a question that could not be finished: its samples stay, its answer does not. */
export function withFailure(result: Result, error: Failure): Result {
  const next: Result = { ...result, error, agreement: null, representative: -1, reasoning: null };
  delete next.answer;
  delete next.anchor;
  delete next.checks;
  delete next.correct;
  return next;
}

function countVotes(samples: readonly Sample[]): Pick<Result, "votes" | "tie"> {
  const groups = groupAnswers(samples);
  return {
    votes: groups.map(({ answer, members }) => ({ answer, count: members.length })),
    tie: groups.length > 1 && groups[0]!.members.length === groups[1]!.members.length,
  };
}

/** True, false, or null where it cannot be told. */
function isCorrect(answer: JsonValue, gold: string, question: string): boolean | null {
  const verdict = gradeValue(answer, gold, question);
  return verdict === "unknown" ? null : verdict === "equal";
}

/** Of equal answers the trace to show: the first without a wrong step, else the first. */
function representativeOf(members: readonly number[], samples: readonly Sample[]): number {
  return members.find((member) => !samples[member]!.checks?.some((check) => !check.ok)) ?? members[0]!;
}
