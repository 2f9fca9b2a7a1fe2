import type { Anchor } from "../grading/extract.ts";
import type { Step } from "../grading/steps.ts";
import type { ReasoningSource, Usage } from "../models/model.ts";
import type { Question } from "../questions/question.ts";
import type { ErrorCode } from "../errors.ts";

/** One completion, taken apart. */
export interface Sample {
  /** Index among the question's samples. */
  index: number;
  /** The final answer, text unless there is a schema; undefined where there is none. */
  answer?: JsonValue;
  anchor?: Anchor;
  /** From wherever the model put it; null where it gave none. */
  reasoning: string | null;
  reasoningFrom: ReasoningSource;
  /** The model's text, without reasoning that came apart from it. */
  text: string;
  finishReason: string | null;
  seed?: number;
  usage: Usage;
  latencyMs: number;
  /** US dollars, null where unknown. */
  cost: number | null;
  /** With `--check`. */
  checks?: Step[];
  /** What refining replaced; not printed. */
  before?: { answer?: JsonValue; reasoning: string | null; text: string };
  /** Why there is no usable answer. */
  error?: Failure;
}

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** Why a question or a sample has no answer. */
export interface Failure {
  code: ErrorCode;
  message: string;
  hint?: string;
  /** HTTP status, where an endpoint answered; not printed. */
  status?: number;
  retryable: boolean;
}

export interface Vote {
  answer: JsonValue;
  count: number;
}

/** One question's result: the vote over its samples. `output/formats` alone turns it into JSON with snake_case names. */
export interface Result {
  question: Question;
  answer?: JsonValue;
  anchor?: Anchor;
  reasoning: string | null;
  /** The winner's share of the samples that have an answer, 0..1; null without an answer. */
  agreement: number | null;
  /** Sorted by count, then first seen. */
  votes: Vote[];
  tie: boolean;
  samples: Sample[];
  /** Index into `samples` of the representative trace, -1 without an answer. */
  representative: number;
  checks?: Step[];
  refined?: { rounds: number; changed: boolean; from: JsonValue | null };
  model: string;
  endpoint: string;
  /** The template's name or the file's path. */
  prompt: string;
  /** The policy file's path. */
  policy: string | null;
  /** Summed over every request that this result took. */
  usage: Usage;
  cost: number | null;
  latencyMs: number;
  /** Where the question has a gold: true, false, or null where it cannot be told. */
  correct?: boolean | null;
  error?: Failure;
}

/** A sample with its question, where it came from, and what was found out about it. */
export interface Trace {
  question: Question;
  sample: Sample;
  model: string;
  endpoint: string;
  prompt: string;
  policy: string | null;
  verdicts: Record<string, boolean | number | string | null>;
}
