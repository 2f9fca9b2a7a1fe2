import { runBatch, type RunEvent } from "../batch/run.ts";
import type { CotError } from "../errors.ts";
import type { Model } from "../models/model.ts";
import type { Question } from "../questions/question.ts";
import { ask } from "../reasoning/ask.ts";
import { isReadableGold } from "../reasoning/grade.ts";
import type { AskOptions } from "../reasoning/options.ts";
import type { Result } from "../reasoning/result.ts";
import { gradeQuestion, samplesOf, type GradedQuestion, type Score } from "./graded.ts";

export interface EvaluateOptions extends AskOptions {
  /** What the setting is called in tables. */
  name: string;
  /** Measure the vote over the samples as one answer (a policy of self-consistency), not each sample. */
  asOne?: boolean;
  /** In place of equality with the gold. */
  score?: Score;
  /** Questions in progress at once. Default 16: the limiter of requests stands behind it. */
  concurrency?: number | (() => number);
  maxFailures?: number;
  /** Leave out questions whose gold cannot be read. Default: where equality with it is what is graded. */
  needsGold?: boolean;
  /** Keep the texts of the samples, for a page that shows them; they are most of the memory. */
  keepTexts?: boolean;
}

export interface EvaluateHooks {
  signal?: AbortSignal;
  secondSignal?: AbortSignal;
  onEvent?: (event: RunEvent) => void;
  /** Each question as it is graded, in the order of the questions. */
  onGraded?: (graded: GradedQuestion) => void | Promise<void>;
}

/** One setting, measured. */
export interface Evaluation {
  name: string;
  questions: GradedQuestion[];
  /** Questions left out because their gold cannot be read. */
  dropped: number;
  /** What stopped the run before its end. */
  stoppedBy?: CotError;
}

/**
 * Asks every question, takes all of its samples, and grades them. A question that failed for good counts as wrong; one
 * that was not asked, because the run was stopped, does not count.
 * @throws CotError `usage`, and bugs
 */
export async function evaluate(
  questions: AsyncIterable<Question> | Iterable<Question>,
  options: EvaluateOptions,
  model: Model,
  hooks: EvaluateHooks = {},
): Promise<Evaluation> {
  const { name, asOne = false, score, keepTexts = false } = options;
  const { needsGold = score === undefined } = options;
  const evaluation: Evaluation = { name, questions: [], dropped: 0 };
  const grade = async (result: Result): Promise<void> => {
    const graded = await gradeQuestion(result.question, samplesOf(result, asOne), score);
    await hooks.onGraded?.(graded);
    evaluation.questions.push(keepTexts ? graded : withoutTexts(graded));
  };
  async function* readable(): AsyncGenerator<Question> {
    for await (const question of questions) {
      if (needsGold && question.gold !== undefined && !isReadableGold(question.gold)) evaluation.dropped++;
      else yield question;
    }
  }
  const summary = await runBatch(
    readable(),
    (question, signal) => ask(question, { ...options, check: true, everySample: true }, model, { signal }),
    grade,
    {
      concurrency: options.concurrency ?? 16,
      ...(options.maxFailures === undefined ? {} : { maxFailures: options.maxFailures }),
      ...(hooks.signal ? { signal: hooks.signal } : {}),
      ...(hooks.secondSignal ? { secondSignal: hooks.secondSignal } : {}),
      ...(hooks.onEvent ? { onEvent: hooks.onEvent } : {}),
    },
  );
  if (summary.stoppedBy) evaluation.stoppedBy = summary.stoppedBy;
  return evaluation;
}

/** What measuring needs, without the texts. The first character of a text stays, to tell it from none. */
function withoutTexts(graded: GradedQuestion): GradedQuestion {
  const samples = graded.samples.map(({ sample, ...rest }) => ({
    ...rest,
    sample: { ...sample, text: sample.text.slice(0, 1), reasoning: null },
  }));
  return { ...graded, samples };
}
