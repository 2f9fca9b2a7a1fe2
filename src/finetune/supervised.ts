import { usageError } from "../errors.ts";
import type { Question } from "../questions/question.ts";
import { createNetwork } from "../transformer/network.ts";
import type { Tokenizer } from "../transformer/tokenizer.ts";
import type { Example, SupervisedEvent } from "../transformer/training/supervised.ts";
import type { CleanedOf } from "./examples/decontaminated.ts";
import type { ReadExample } from "./examples/row.ts";
import { measurer, type Measurement } from "./measure.ts";
import { fingerprint, sortOut } from "./questions.ts";
import type { FinetuneReport } from "./report.ts";
import { openRunDirectory, type RunDirectory } from "./run-directory.ts";
import { sit, type TrainingOptions } from "./sitting.ts";
import { splitQuestions } from "./split.ts";
import { parameterCount, readStart, type Start } from "./start.ts";
import { writeModel } from "./write-model.ts";

/** `steps` default to about 30 times through the data, 200 to 3,000; `peak` to 3e-3 from random weights, else 5e-4. */
export interface SupervisedOptions extends TrainingOptions {
  /** Rows as `readExamples` gives them. */
  examples: readonly ReadExample[];
  /** Rows that are only measured with; a part of `examples` where there are none. */
  test?: readonly ReadExample[];
  /** Evaluation files that the examples were cleaned of, for whoever measures the model. Default none. */
  decontaminated?: readonly CleanedOf[];
  onEvent?: (event: SupervisedTrainingEvent) => void;
}

export type SupervisedTrainingEvent =
  | SupervisedEvent
  | { type: "questions-split"; train: number; validation: number; heldOut: number; leftOut: number }
  | { type: "weights-measured"; measured: Measurement };

/** Tokens of an update, about. */
const tokensPerStep = 700;

/**
 * Trains the built-in model on given answers, and writes a model directory. Held-out questions measure it before (where
 * it had learned anything) and after.
 * @throws CotError `usage` where no row can be used; `interrupted` with the checkpoint written: the same call goes on
 */
export async function finetuneSupervised(options: SupervisedOptions): Promise<FinetuneReport> {
  const { model, seed = 1, maxTokens = 320, onEvent = () => undefined } = options;
  const start = await readStart(model, seed);
  const leftOut: Record<string, number> = {};
  const usable = readable(options.examples, start.tokenizer, leftOut);
  const { train, heldOut } = partition(usable, options.test && readable(options.test, start.tokenizer, {}));
  const steps = options.steps ?? defaultSteps(train, start.tokenizer);
  const directory = await openRunDirectory(
    options.directory,
    {
      method: "supervised",
      model,
      weights: start.fingerprint,
      examples: fingerprint(train),
      steps,
      seed,
    },
    options.fresh,
  );
  if (directory.state.report !== undefined) return directory.state.report;
  const left = Object.values(leftOut).reduce((sum, count) => sum + count, 0);
  onEvent({
    type: "questions-split",
    train: train.length,
    validation: 0,
    heldOut: heldOut.length,
    leftOut: left,
  });

  const measure = measurer(start.tokenizer, heldOut, { ...options, maxTokens }, (measured) =>
    onEvent({ type: "weights-measured", measured }),
  );
  const measureWeights = (name: string, tensors: Start["tensors"]): Promise<Measurement> =>
    measure(name, createNetwork(start.config, tensors));
  const before =
    directory.state.before ?? (start.untrained ? [] : [await measureWeights("before", start.tensors)]);
  await directory.save({ before, decontaminated: options.decontaminated ?? [] });
  const { tensors, curve, seconds } = await trainOn(train, { ...options, steps, seed }, start, directory);
  await writeModel(directory.path, start, tensors);
  const report: FinetuneReport = {
    method: "supervised",
    model,
    parameters: parameterCount(start),
    seed,
    steps,
    bestStep: steps,
    collapsed: false,
    reward: null,
    kl: 0,
    questions: { train: train.length, validation: 0, heldOut: heldOut.length },
    leftOut,
    measured: [...before, await measureWeights("trained", tensors)],
    curve,
    seconds: directory.state.seconds + seconds,
  };
  await directory.save({ report });
  return report;
}

async function trainOn(
  examples: readonly Example[],
  options: SupervisedOptions & { steps: number; seed: number },
  { config, tokenizer, tensors, untrained }: Start,
  directory: RunDirectory,
) {
  const { steps, seed, peak = untrained ? 3e-3 : 5e-4, saveEvery = 60, signal, onEvent } = options;
  const [{ openJax }, { trainSupervised }] = await Promise.all([
    import("../transformer/training/jax.ts"),
    import("../transformer/training/supervised.ts"),
  ]);
  return sit(directory, options, async ({ seconds, follow }) => {
    const trainer = await trainSupervised(await openJax(), {
      config,
      tokenizer,
      tensors: new Map([...tensors].map(([name, one]) => [name, { ...one, data: one.data.slice() }])),
      examples,
      steps,
      peak,
      seed,
      checkpoint: directory.checkpoint,
      saveEvery,
      now: seconds,
      signal,
      async onEvent(event) {
        onEvent?.(event);
        if (event.type !== "step-done") return follow(event);
        await follow(event, { step: event.step, value: event.loss }, { tokens: event.tokens });
      },
    });
    return { tensors: trainer.tensors };
  });
}

type Lesson = Example & { answer: string };

/** Rows that the model can read and say. */
function readable(
  rows: readonly ReadExample[],
  tokenizer: Tokenizer,
  leftOut: Record<string, number>,
): Lesson[] {
  const kept = sortOut(
    rows,
    (row) => {
      if ("leftOut" in row) return row.leftOut;
      const unknown = [row.question, row.text].flatMap((text) => tokenizer.unknownCharacters(text));
      return unknown.length > 0 ? "characters outside the model's vocabulary" : undefined;
    },
    leftOut,
  ) as Lesson[];
  if (kept.length > 0) return kept;
  const reasons = Object.entries(leftOut).map(([reason, count]) => `${reason}: ${count}`);
  throw usageError(
    `none of the ${rows.length} rows can be learned by the built-in model${reasons.length > 0 ? ` (${reasons.join(", ")})` : ""}`,
    "It reads English questions over whole numbers, and learns traces that the built-in teacher or the like wrote.",
  );
}

/** Rows of a question stand on one side; what is measured is the question with the row's answer as gold. */
function partition(
  rows: readonly Lesson[],
  test: readonly Lesson[] | undefined,
): { train: Lesson[]; heldOut: Question[] } {
  const asQuestion = ({ question, answer }: Lesson, i: number): Question => ({
    id: String(i + 1),
    question,
    gold: answer,
  });
  if (test !== undefined) {
    const once = new Map(test.map((row, i) => [row.question, asQuestion(row, i)]));
    return { train: [...rows], heldOut: [...once.values()].slice(0, 200) };
  }
  const parts = splitQuestions(rows.map(asQuestion));
  const heldOut = new Set(parts.heldOut.map(({ question }) => question));
  return { train: rows.filter(({ question }) => !heldOut.has(question)), heldOut: parts.heldOut };
}

function defaultSteps(rows: readonly Lesson[], tokenizer: Tokenizer): number {
  const tokens = rows.reduce(
    (sum, { question, text }) =>
      sum + tokenizer.encodeQuestion(question).length + tokenizer.encodeText(text).length,
    0,
  );
  return Math.round(Math.min(3000, Math.max(200, (30 * tokens) / tokensPerStep)));
}
