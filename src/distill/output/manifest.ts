import type { TraceStyle } from "../formats/format.ts";
import type { FormatName } from "../formats/index.ts";
import type { Origin } from "../origin.ts";
import type { Selection } from "../select/select.ts";
import type { Part } from "../select/split.ts";
import type { Reason } from "../verify/verdicts.ts";

/** `manifest.json`: what is in a distilled data set, and how it came to be. Holds no times, so that runs compare. */
export interface Manifest {
  v: 1;
  /** Where traces were found that come from several, all of them. */
  teacher: Origin;
  settings: {
    /** How the teacher was asked: draws of one question, at most; null, down to `set`, where nobody was asked. */
    samples: number | null;
    adaptive: boolean | null;
    temperature: number | null;
    maxTokens: number | null;
    effort: string | null;
    seed: number | null;
    /** Further fields of its requests. */
    set: Record<string, unknown> | null;
    /** What teacher and student read before the question. */
    system: string | null;
    keep: number;
    select: Selection;
    traceStyle: TraceStyle;
    /** The model that was asked about traces which nothing else could prove. */
    judge: string | null;
  };
  counts: {
    /** Asked, or read. */
    questions: number;
    /** Not asked, because they stand in an evaluation file. */
    questionsLeftOut: number;
    samples: number;
    /** Verified; duplicates and what was not selected included. */
    accepted: number;
    kept: number;
    keptQuestions: number;
    /** Samples by the first rule that they failed. */
    rejected: Partial<Record<Reason, number>>;
    /** Questions by their share of accepted samples: none, under half, half or more, all. */
    passRates: { never: number; seldom: number; often: number; always: number };
    /** Precision of the rules that need no gold, on the questions that have one. */
    precision: Record<"steps" | "agreement", { accepted: number; right: number } | null>;
  };
  usage: { promptTokens: number; completionTokens: number; cost: number | null };
  decontaminated: { path: string; sha256: string; items: number; hits: number }[];
  exports: { format: FormatName; readers: string; files: ExportedFile[] }[];
  /** SHA-256 of the questions' file, of the prompt's or policy's where there is one, and of the files beside this one. */
  hashes: Record<string, string>;
  licenceNote: string;
}

export interface ExportedFile {
  part: Part;
  /** Relative to the data set's folder. */
  path: string;
  rows: number;
  sha256: string;
}

/** What a person has to know before they train on a model's output. */
export function licenceNote(model: string, endpoint: string): string {
  return endpoint === "builtin"
    ? "The traces were written by cot's built-in model, which is under the MIT licence, as are they."
    : `The traces were written by ${model} at ${endpoint}. Whether they may be used to train another model, and under which terms they may be shared, is for that provider's terms and that model's licence to say; the questions have a licence of their own.`;
}
