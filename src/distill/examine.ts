import type { Message } from "../models/model.ts";
import type { Question } from "../questions/question.ts";
import type { Sample } from "../reasoning/result.ts";
import { fullText } from "../reasoning/sample.ts";
import type { Lesson } from "./formats/format.ts";
import { toLesson } from "./lesson.ts";
import type { Origin } from "./origin.ts";
import { createDecontaminator, type EvaluationItem, type Hit } from "./select/decontaminate.ts";
import { comparedText, createSeen } from "./select/duplicates.ts";
import { selectTraces, type Selection } from "./select/select.ts";
import { partOf, type Part } from "./select/split.ts";
import type { Reason, Verdicts } from "./verify/verdicts.ts";
import { failing, verifySamples, type VerifyOptions } from "./verify/verify.ts";

/** A question and everything that was said to it. */
export interface Answered {
  question: Question;
  samples: readonly Sample[];
  /** Where they come from: all of them, or each. */
  origin: Origin | readonly Origin[];
}

/** A file that a student will be measured on, which its training data must not hold. */
export interface EvaluationFile {
  path: string;
  items: readonly EvaluationItem[];
}

export interface ExamineOptions {
  keep: number;
  select: Selection;
  verify?: VerifyOptions;
  decontaminate?: readonly EvaluationFile[];
  /** How the student is asked. */
  messages: (question: Question) => Message[];
}

/** One sample with all that was found out about it. */
export interface Examined {
  sample: Sample;
  origin: Origin;
  verdicts: Verdicts;
  /** The trace that this one repeats, as `id#sample`. */
  duplicateOf?: string;
  contamination?: Contamination;
}

export interface Contamination extends Hit {
  file: string;
}

export interface ExaminedQuestion {
  question: Question;
  part: Part;
  samples: Examined[];
  /** The share of its samples that were verified, 0..1: how easy it is for its teacher. */
  passRate: number;
  /** What is taught, by which of the samples, and which wrong one may stand against it. */
  lessons: { sample: number; against?: number; lesson: Lesson }[];
}

/** Remembers what it has seen: questions have to come in one order for the same outcome. */
export interface Examiner {
  /** Where a question itself stands in an evaluation file, so that asking it would be in vain. */
  contamination(question: Question): Contamination | undefined;
  /** @throws CotError where a judge's endpoint ends the run */
  examine(answered: Answered, signal?: AbortSignal): Promise<ExaminedQuestion>;
}

/** Verifies every sample, then leaves out repeated and contaminated ones, then selects. */
export function createExaminer(options: ExamineOptions): Examiner {
  const seen = createSeen();
  const files = (options.decontaminate ?? []).map(({ path, items }) => ({
    path,
    find: createDecontaminator(items),
  }));
  const contamination = (question: Question, trace: string): Contamination | undefined => {
    for (const { path, find } of files) {
      const hit = find(question.question, trace);
      if (hit) return { file: path, ...hit };
    }
    return undefined;
  };

  return {
    contamination: (question) => contamination(question, ""),
    async examine({ question, samples, origin }, signal) {
      const verdicts = await verifySamples(question, samples, options.verify, signal);
      const examined = samples.map((sample, i): Examined => ({
        sample,
        origin: "model" in origin ? origin : origin[i]!,
        verdicts: verdicts[i]!,
      }));
      const passRate = verdicts.filter(({ accepted }) => accepted).length / Math.max(1, verdicts.length);
      for (const one of examined) {
        if (!one.verdicts.accepted) continue;
        const copy = seen.check(`${question.id}#${one.sample.index}`, comparedText(question, one.sample));
        if (copy) {
          reject(one, copy.kind);
          one.duplicateOf = copy.of;
          continue;
        }
        const hit = contamination(question, fullText(one.sample));
        if (hit) {
          reject(one, "contaminated");
          one.contamination = hit;
        }
      }
      const sound = examined.filter((one) => one.verdicts.accepted);
      const kept = selectTraces(
        sound.map(({ sample }) => ({
          index: sample.index,
          text: fullText(sample),
          tokens: tokensOf(sample),
        })),
        options.select,
        options.keep,
        passRate,
      );
      for (const one of sound) if (!kept.includes(one.sample.index)) reject(one, "not-selected");
      const wrong = examined.find((one) => isCounterexample(one))?.sample;
      const messages = options.messages(question);
      return {
        question,
        part: partOf(question.question),
        samples: examined,
        passRate,
        lessons: kept.map((index) => ({
          sample: index,
          ...(wrong === undefined ? {} : { against: wrong.index }),
          lesson: toLesson(messages, sound.find(({ sample }) => sample.index === index)!.sample, wrong),
        })),
      };
    },
  };
}

function reject(one: Examined, reason: Reason): void {
  one.verdicts = { ...one.verdicts, ...failing([...one.verdicts.failed, reason]) };
}

/** What a preference pair may set against a right trace: whole and readable, but wrong. */
function isCounterexample({ sample, verdicts: { accepted, failed } }: Examined): boolean {
  const isWrong = !accepted && failed.every((reason) => reason === "wrong-answer" || reason === "wrong-step");
  return sample.reasoning !== null && isWrong;
}

/** Completion tokens; where nobody counted, characters, which order texts of one question as well. */
function tokensOf(sample: Sample): number {
  return sample.usage.completionTokens ?? fullText(sample).length;
}
