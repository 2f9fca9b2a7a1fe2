import type { Verdict } from "../grading/equal.ts";
import type { Question } from "../questions/question.ts";
import type { JsonValue, Result, Sample, Vote } from "../reasoning/result.ts";
import { gradeValue } from "../reasoning/grade.ts";
import { groupAnswers } from "../reasoning/vote.ts";

/** A sample and what it is worth. */
export interface GradedSample {
  sample: Sample;
  verdict: Verdict;
  /** 1 for `equal`, else 0; with a reward of the user's own, what that says. */
  score: number;
}

export interface GradedQuestion {
  question: Question;
  samples: GradedSample[];
  votes: Vote[];
  tie: boolean;
  /** What most samples say; on a tie what was said first; undefined without any answer. */
  answer?: JsonValue;
  verdict: Verdict;
  /** Whether the vote is right: maj@k is its mean. */
  majority: number;
}

/** What a sample is worth where equality with a gold cannot say; null where it cannot judge either. */
export type Score = (
  sample: Sample,
  question: Question,
  group: readonly Sample[],
) => number | null | Promise<number | null>;

/** A score from which on a sample counts as right. */
const rightFrom = 0.5;

/** Grades a question's samples, and the vote over them. */
export async function gradeQuestion(
  question: Question,
  samples: readonly Sample[],
  score?: Score,
): Promise<GradedQuestion> {
  const graded: GradedSample[] = [];
  for (const sample of samples) graded.push(await gradeSample(sample, question, samples, score));
  const groups = groupAnswers(samples);
  const [first, second] = groups;
  const winner = first ? graded[first.members[0]!]! : undefined;
  return {
    question,
    samples: graded,
    votes: groups.map(({ answer, members }) => ({ answer, count: members.length })),
    tie: second !== undefined && first!.members.length === second.members.length,
    ...(first ? { answer: first.answer } : {}),
    verdict: winner?.verdict ?? "different",
    majority: winner ? Number(winner.score >= rightFrom) : 0,
  };
}

/** True where a score counts as right: what pass@k for k over 1 counts. */
export function isRight({ score }: GradedSample): boolean {
  return score >= rightFrom;
}

async function gradeSample(
  sample: Sample,
  question: Question,
  group: readonly Sample[],
  score: Score | undefined,
): Promise<GradedSample> {
  if (score) {
    const value =
      sample.error?.code === "no_answer" || !sample.error ? await score(sample, question, group) : 0;
    return { sample, verdict: verdictOf(value), score: value ?? 0 };
  }
  // an answer that cannot be read is a wrong answer
  const verdict =
    sample.answer === undefined
      ? "different"
      : gradeValue(sample.answer, question.gold ?? "", question.question);
  return { sample, verdict, score: verdict === "equal" ? 1 : 0 };
}

function verdictOf(value: number | null): Verdict {
  if (value === null) return "unknown";
  return value >= rightFrom ? "equal" : "different";
}

/**
 * A result as the samples to grade: each of its own, or, where the vote itself is what is measured, the vote as one
 * sample that cost what all of them did.
 */
export function samplesOf(result: Result, asOne: boolean): Sample[] {
  if (!asOne) return result.samples.length > 0 ? result.samples : [failed(result)];
  const shown = result.samples[result.representative];
  if (!shown || result.answer === undefined) return [failed(result)];
  const { answer, usage, cost, latencyMs } = result;
  return [{ ...shown, answer, usage, cost, latencyMs }];
}

/** A result without any sample, as one that failed. */
function failed({ usage, cost, latencyMs, samples, error }: Result): Sample {
  const { text = "", reasoning = null, reasoningFrom = "text", finishReason = null } = samples[0] ?? {};
  const sample: Sample = { index: 0, text, reasoning, reasoningFrom, finishReason, usage, cost, latencyMs };
  const reason = error ?? samples[0]?.error;
  return reason ? { ...sample, error: reason } : sample;
}
