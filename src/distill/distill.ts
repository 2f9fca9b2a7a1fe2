import { resumeFrom } from "../batch/resume.ts";
import { runBatch, type RunEvent } from "../batch/run.ts";
import type { CotError } from "../errors.ts";
import type { Model } from "../models/model.ts";
import type { CompletionStore } from "../models/store.ts";
import type { Question } from "../questions/question.ts";
import type { AskOptions } from "../reasoning/options.ts";
import type { Result } from "../reasoning/result.ts";
import { drawingTemperature, drawSamples } from "./draw.ts";
import {
  createExaminer,
  type Answered,
  type Contamination,
  type EvaluationFile,
  type ExaminedQuestion,
} from "./examine.ts";
import { mergeOrigins, type Origin } from "./origin.ts";
import type { TraceStyle } from "./formats/format.ts";
import type { FormatName } from "./formats/names.ts";
import { openDataSet } from "./output/data-set.ts";
import { checkStyle } from "./output/export.ts";
import { licenceNote, type Manifest } from "./output/manifest.ts";
import type { Selection } from "./select/select.ts";
import { createTally, type Tally } from "./tally.ts";
import type { VerifyOptions } from "./verify/verify.ts";

export interface DistillOptions extends AskOptions {
  /** Draws of one question, at most. Default 8. */
  samples?: number;
  /** Traces of one question that are kept. Default 2. */
  keep?: number;
  /** Stop drawing once `keep` traces are verified. Default true. */
  adaptive?: boolean;
  /** Default `shortest`. */
  select?: Selection;
  /** Default `messages`. */
  formats?: readonly FormatName[];
  /** Default `think`. */
  traceStyle?: TraceStyle;
  verify?: VerifyOptions;
  decontaminate?: readonly (EvaluationFile & { sha256: string })[];
  /** SHA-256 of input files by name, for the manifest. */
  hashes?: Record<string, string>;
}

/** Where traces come from: a teacher that is asked, through a store that keeps what it said, or what there is. */
export type TraceSource =
  | {
      questions: AsyncIterable<Question> | Iterable<Question>;
      teacher: Model;
      store: CompletionStore;
      /** False where the store is empty. Default true. */
      mayHold?: boolean;
      /** Questions in progress at once. Default 16. */
      concurrency?: number | (() => number);
      maxFailures?: number;
      retryFailed?: boolean;
    }
  | { answered: AsyncIterable<Answered> | Iterable<Answered> };

export interface DistillHooks {
  signal?: AbortSignal;
  secondSignal?: AbortSignal;
  onEvent?: (event: DistillEvent) => void;
}

export type DistillEvent =
  | (RunEvent & { replayed?: boolean })
  /** A question was left out, because it stands in an evaluation file. */
  | { type: "question-contaminated"; question: Question; contamination: Contamination }
  /** A question's samples were verified and selected, in the order of the questions. */
  | { type: "question-examined"; examined: ExaminedQuestion };

export interface Distilled {
  /** As written to `manifest.json`; undefined where the run was stopped before there was anything to write. */
  manifest?: Manifest;
  counts: Manifest["counts"];
  /** Where questions and traces met an evaluation file. */
  contaminated: { id: string; contamination: Contamination }[];
  /** Questions that the endpoint failed. */
  failed: number;
  /** What stopped the run before its end. */
  stoppedBy?: CotError;
}

/**
 * Collects a teacher's reasoning, keeps what can be verified, and writes it into a folder as training data: rejection
 * sampling (STaR, Zelikman et al. 2022; DeepSeek-R1, 2025), with every sample and verdict in a ledger. A budget that is
 * spent ends with the data so far; any other stop leaves the folder's data as it was, and the store as it is now, so
 * that the same call goes on.
 * @throws CotError: `usage` where formats and style do not fit, `output`; and bugs
 */
export async function distill(
  folder: string,
  source: TraceSource,
  options: DistillOptions,
  hooks: DistillHooks = {},
): Promise<Distilled> {
  const { keep = 2, select = "shortest", formats = ["messages"], traceStyle = "think" } = options;
  checkStyle(formats, traceStyle);
  const examiner = createExaminer({ ...options, keep, select });
  const tally = createTally(options.verify);
  const dataSet = await openDataSet(folder, { formats, style: traceStyle });
  const origins = new Map<string, Origin>();
  const contaminated: Distilled["contaminated"] = [];

  /** Written at the end: they are found while earlier questions are still being asked. */
  const leftOut: { question: Question; contamination: Contamination }[] = [];

  const leaveOut = (question: Question, contamination: Contamination): void => {
    tally.leftOut();
    contaminated.push({ id: question.id, contamination });
    leftOut.push({ question, contamination });
    hooks.onEvent?.({ type: "question-contaminated", question, contamination });
  };
  const take = async (answered: Answered): Promise<void> => {
    const examined = await examiner.examine(answered, hooks.signal);
    for (const { contamination } of examined.samples) {
      if (contamination) contaminated.push({ id: answered.question.id, contamination });
    }
    tally.add(examined);
    await dataSet.add(examined);
    hooks.onEvent?.({ type: "question-examined", examined });
  };

  async function* noteOrigins(all: AsyncIterable<Answered> | Iterable<Answered>): AsyncGenerator<Answered> {
    for await (const answered of all) {
      for (const one of [answered.origin].flat()) origins.set(JSON.stringify(one), one);
      yield answered;
    }
  }

  try {
    const collecting: Collecting = { contamination: examiner.contamination, leaveOut, take };
    const { failed, stoppedBy } =
      "teacher" in source
        ? await askTeacher(source, options, hooks, collecting)
        : await readAnswered(noteOrigins(source.answered), collecting);
    const outcome = {
      counts: tally.counts,
      contaminated,
      failed,
      ...(stoppedBy === undefined ? {} : { stoppedBy }),
    };
    const origin = "teacher" in source ? originOf(source.teacher, options) : mergeOrigins(origins.values());
    if (origin === undefined || (stoppedBy !== undefined && stoppedBy.code !== "budget")) {
      await dataSet.discard();
      return outcome;
    }
    for (const { question, contamination } of leftOut) await dataSet.leftOut(question, contamination);
    const asking = "teacher" in source ? askingSettings(source.teacher, options) : notAsked;
    const described = describe(origin, asking, tally, contaminated, options);
    return { ...outcome, manifest: await dataSet.finish(described, options.hashes ?? {}) };
  } catch (error) {
    await dataSet.discard();
    throw error;
  }
}

interface Collecting {
  contamination(question: Question): Contamination | undefined;
  leaveOut(question: Question, contamination: Contamination): void;
  take(answered: Answered): Promise<void>;
}

interface Collected {
  failed: number;
  stoppedBy?: CotError;
}

async function readAnswered(
  all: AsyncIterable<Answered> | Iterable<Answered>,
  { contamination, leaveOut, take }: Collecting,
): Promise<Collected> {
  for await (const answered of all) {
    const found = contamination(answered.question);
    if (found) leaveOut(answered.question, found);
    else await take(answered);
  }
  return { failed: 0 };
}

async function askTeacher(
  source: Extract<TraceSource, { teacher: Model }>,
  options: DistillOptions,
  hooks: DistillHooks,
  { contamination, leaveOut, take }: Collecting,
): Promise<Collected> {
  const { samples = 8, keep = 2, adaptive = true } = options;
  let failed = 0;
  async function* askable(): AsyncGenerator<Question> {
    for await (const question of source.questions) {
      const found = contamination(question);
      if (found) leaveOut(question, found);
      else yield question;
    }
  }
  const { askOne, isReplay } = resumeFrom(
    source.store,
    source.teacher,
    (question, model, signal) =>
      drawSamples(question, { ...options, samples, keep, adaptive }, model, signal),
    { retryFailed: source.retryFailed ?? false, mayHold: source.mayHold ?? true },
  );
  const write = async (result: Result): Promise<void> => {
    if (isBroken(result)) failed += 1;
    const { question, model, endpoint, prompt, policy } = result;
    await take({ question, samples: result.samples, origin: { model, endpoint, prompt, policy } });
  };
  const summary = await runBatch(askable(), askOne, write, {
    concurrency: source.concurrency ?? 16,
    isReplay,
    ...(source.maxFailures === undefined ? {} : { maxFailures: source.maxFailures }),
    ...(hooks.signal === undefined ? {} : { signal: hooks.signal }),
    ...(hooks.secondSignal === undefined ? {} : { secondSignal: hooks.secondSignal }),
    onEvent: (event) =>
      hooks.onEvent?.(
        event.type === "question-done" ? { ...event, replayed: isReplay(event.result) } : event,
      ),
  });
  return { failed, ...(summary.stoppedBy === undefined ? {} : { stoppedBy: summary.stoppedBy }) };
}

function originOf({ id, endpoint }: Model, { prompt, policy }: DistillOptions): Origin {
  return { model: id, endpoint, prompt, policy: policy ?? null };
}

/** True where the endpoint failed a question; one that was answered badly has been answered. */
function isBroken({ samples, error }: Result): boolean {
  if (!error) return false;
  const answered = ["no_answer", "truncated", "schema", "outside"];
  return samples.every((sample) => sample.error && !answered.includes(sample.error.code));
}

type AskingSettings = Pick<
  Manifest["settings"],
  "samples" | "adaptive" | "temperature" | "maxTokens" | "effort" | "seed" | "set"
>;

const notAsked: AskingSettings = {
  samples: null,
  adaptive: null,
  temperature: null,
  maxTokens: null,
  effort: null,
  seed: null,
  set: null,
};

/** How a teacher was asked. */
function askingSettings(teacher: Model, options: DistillOptions): AskingSettings {
  const { samples = 8, adaptive = true, maxTokens, effort, seed, set } = options;
  return {
    samples,
    adaptive,
    temperature: drawingTemperature({ ...options, samples }, teacher).temperature ?? null,
    maxTokens: maxTokens ?? null,
    effort: effort ?? null,
    seed: seed ?? null,
    set: set ?? null,
  };
}

function describe(
  origin: Origin,
  asking: AskingSettings,
  { counts, usage }: Tally,
  contaminated: Distilled["contaminated"],
  options: DistillOptions,
): Omit<Manifest, "v" | "exports" | "hashes"> {
  return {
    teacher: origin,
    settings: {
      ...asking,
      keep: options.keep ?? 2,
      select: options.select ?? "shortest",
      traceStyle: options.traceStyle ?? "think",
      system: systemOf(options),
      judge: options.verify?.judge?.id ?? null,
    },
    counts,
    usage,
    decontaminated: (options.decontaminate ?? []).map(({ path, sha256, items }) => ({
      path,
      sha256,
      items: items.length,
      hits: contaminated.filter(({ contamination }) => contamination.file === path).length,
    })),
    licenceNote: licenceNote(origin.model, origin.endpoint),
  };
}

/** The system message, which is the same for every question. */
function systemOf({ messages }: DistillOptions): string | null {
  return messages({ id: "", question: "" }).find(({ role }) => role === "system")?.content ?? null;
}
