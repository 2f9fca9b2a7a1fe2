import type { Effort } from "../models/effort.ts";
import type { Message, Model, ModelEvent } from "../models/model.ts";
import type { Question } from "../questions/question.ts";
import type { Step } from "../grading/steps.ts";
import type { JsonValue, Sample } from "./result.ts";
import type { AnswerSchema } from "./schema.ts";

/** How a question is asked: everything resolved, nothing looked up. */
export interface AskOptions {
  /** The messages that an endpoint is sent for a question (`prompts` makes them). */
  messages: (question: Question) => Message[];
  /** Awaited once before a question's messages are made: what they need from the model's endpoint. */
  prepare?: (question: Question, model: Model, signal?: AbortSignal) => Promise<void>;
  /** The template's name, `custom` for a file, or a policy's `strategy`. */
  strategy: string;
  /** The template's name or the file's path, for the result. */
  prompt: string;
  /** The policy file's path, for the result. */
  policy?: string | null;
  /** How many samples at most; 1 or more. Default 1. */
  samples?: number;
  temperature?: number;
  maxTokens?: number;
  effort?: Effort;
  /** Sample i is asked with `seed + i`, each in a request of its own. */
  seed?: number;
  /** Any request field, as given; wins over everything else. */
  set?: Record<string, unknown>;
  /** Evaluate every equation in the reasoning. */
  check?: boolean;
  /** Rounds of correction at most; 0, the default, for none. */
  refineRounds?: number;
  /** Who finds the winner: equality of answers (default), or the model itself. */
  vote?: "equal" | "model";
  /** Stop sampling once the leader wins with this probability, 0..1 (adaptive consistency). */
  confidence?: number;
  /** The share of the samples that the winner must have: sampling goes on until this, too, is settled. */
  minAgreement?: number;
  /** True takes every sample, also those that cannot change the vote. */
  everySample?: boolean;
  /** The shape that the answer must have. */
  schema?: AnswerSchema;
}

/** What happens while a question is asked, for the eye. */
export type AskEvent =
  | Exclude<ModelEvent, { type: "finish" }>
  /** A sample is complete, answered or not. */
  | { type: "sample-done"; sample: Sample }
  /** A round of refining starts: from this wrong step, or, without one, by verifying the answer. */
  | { type: "refine-start"; round: number; wrong?: Step }
  /** Refining is over, whether or not it changed the answer. */
  | { type: "refine-done"; changed: boolean; from: JsonValue };

export interface AskHooks {
  signal?: AbortSignal;
  onEvent?: (event: AskEvent) => void;
  /**
   * Whether deltas go before somebody's eyes as they arrive, so that a reply which breaks half-way is reported with what
   * had arrived, rather than asked for again. Default: true with `onEvent`.
   */
  live?: boolean;
  /** Told the characters of each piece of a reply as it arrives, shown or not. */
  onArrival?: (characters: number) => void;
}

/** One question as it is being asked: what every part of reasoning works on. */
export interface Asking {
  question: Question;
  options: AskOptions;
  model: Model;
  hooks: AskHooks;
}
