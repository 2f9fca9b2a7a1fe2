import { setImmediate } from "node:timers/promises";
import { usageError } from "../errors.ts";
import type { Question } from "../questions/question.ts";
import { needsGold } from "../rewards/parse.ts";
import { createNetwork } from "../transformer/network.ts";
import type { GrpoEvent } from "../transformer/training/grpo.ts";
import { madeToReason } from "./made-to-reason.ts";
import { measureNetwork, type Measurement, type MeasureOptions } from "./measure.ts";
import type { CurvePoint, FinetuneReport } from "./report.ts";
import { fingerprint, sortOut } from "./questions.ts";
import { textReward, unusable } from "./reward.ts";
import { openRunDirectory, type RunDirectory } from "./run-directory.ts";
import { splitQuestions, type Parts } from "./split.ts";
import { stoppedBy } from "./stopped-by.ts";
import { askedText } from "./text-sample.ts";
import { parameterCount, readStart, type Start } from "./start.ts";
import { writeModel } from "./write-model.ts";

export interface ReinforcementOptions {
  /** `base`, `main`, or a model directory. */
  model: string;
  questions: readonly Question[];
  /** What the weights are measured on; a part of `questions` unless given. */
  heldOut?: readonly Question[];
  /** As `--reward` takes it; default `accuracy`. */
  reward?: string;
  /** Where the trained model goes; a run that was stopped goes on. */
  directory: string;
  /** Default 120. */
  steps?: number;
  /** What the divergence from the first weights costs; default 0, off. */
  kl?: number;
  seed?: number;
  /** Forget an earlier run in the directory. */
  fresh?: boolean;
  questionsPerStep?: number;
  rolloutsPerQuestion?: number;
  /** The highest learning rate. */
  peak?: number;
  /** Longest answer, in tokens. */
  maxTokens?: number;
  validateEvery?: number;
  /** Seconds between checkpoints. */
  saveEvery?: number;
  /** Of held-out questions, at temperature 1; default 8. */
  samples?: number;
  /** A clock, in milliseconds. */
  now?: () => number;
  signal?: AbortSignal;
  onEvent?: (event: ReinforcementEvent) => void;
}

export type ReinforcementEvent =
  | GrpoEvent
  | { type: "questions-split"; train: number; validation: number; heldOut: number; leftOut: number }
  | { type: "weights-measured"; measured: Measurement };

/**
 * Trains the built-in model on the reward of its own answers (GRPO), and writes a model directory with the best
 * weights. Held-out questions measure the weights before, before and made to reason, and after.
 * @throws CotError `usage` where too little can be used, or the start gives no signal; `interrupted` with the
 * checkpoint written: the same call goes on
 */
export async function finetuneReinforcement(options: ReinforcementOptions): Promise<FinetuneReport> {
  const { model, reward = "accuracy", steps = 120, kl = 0, seed = 1, maxTokens = 160, signal } = options;
  const { now = () => performance.now(), onEvent = () => undefined } = options;
  const start = await readStart(model, seed);
  if (start.untrained)
    throw usageError(
      "builtin:small has no weights yet, and random ones earn nothing to learn from",
      "Train it with --method supervised first, or start from builtin:base.",
    );
  const leftOut: Record<string, number> = {};
  const usable = sortOut(options.questions, (each) => unusable(each, reward, start.tokenizer), leftOut);
  const parts = splitQuestions(usable, options.heldOut);
  const settings = {
    method: "reinforcement",
    model,
    weights: start.fingerprint,
    questions: fingerprint([options.questions, options.heldOut ?? null]),
    reward,
    steps,
    kl,
    seed,
  };
  const directory = await openRunDirectory(options.directory, settings, options.fresh);
  if (directory.state.report !== undefined) return directory.state.report;
  onEvent({
    type: "questions-split",
    train: parts.train.length,
    validation: parts.validation.length,
    heldOut: parts.heldOut.length,
    leftOut: options.questions.length - usable.length,
  });

  const measuring: MeasureOptions = {
    maxTokens,
    signal,
    ...(options.samples && { samples: options.samples }),
  };
  const tell = (measured: Measurement): void => onEvent({ type: "weights-measured", measured });
  const before = directory.state.before ?? (await measureBefore(start, parts, measuring, tell));
  await directory.save({ before });

  const outcome = await train(options, start, parts, directory);
  await writeModel(directory.path, start, outcome.tensors);
  const trained = createNetwork(start.config, outcome.tensors);
  const after = await measureNetwork("trained", trained, start.tokenizer, parts.heldOut, measuring);
  tell(after);
  const report: FinetuneReport = {
    method: "reinforcement",
    model,
    parameters: parameterCount(start),
    seed,
    steps,
    bestStep: outcome.step,
    collapsed: outcome.collapsed,
    reward,
    kl,
    questions: {
      train: parts.train.length,
      validation: parts.validation.length,
      heldOut: parts.heldOut.length,
    },
    leftOut,
    measured: [...before, after],
    curve: outcome.curve,
    seconds: directory.state.seconds + outcome.seconds,
  };
  await directory.save({ report });
  return report;

  async function train(
    { questionsPerStep, rolloutsPerQuestion, peak, validateEvery, saveEvery = 60 }: ReinforcementOptions,
    { config, tokenizer, tensors }: Start,
    { train: questions, validation }: Parts,
    { checkpoint, log, rewindLog, state, save }: RunDirectory,
  ) {
    const [{ openJax }, { trainGrpo }] = await Promise.all([
      import("../transformer/training/jax.ts"),
      import("../transformer/training/grpo.ts"),
    ]);
    const judge = textReward(reward, tokenizer, signal);
    const began = now();
    const seconds = (): number => (now() - began) / 1000;
    let curve: CurvePoint[] = [];
    const asked = (part: readonly Question[]) =>
      part.map((source) => ({ source, question: askedText(source) }));
    try {
      const outcome = await trainGrpo(await openJax(), {
        config,
        tokenizer,
        tensors,
        questions: asked(questions),
        validation: asked(validation),
        // drawn, because greedy answers are soon all right; more where an answer is judged by the others alone
        validationSamples: needsGold(reward) ? 4 : 8,
        reward: ({ source }, texts) => judge(source, texts),
        steps,
        kl,
        seed,
        maxTokens,
        ...(questionsPerStep && { questionsPerStep }),
        ...(rolloutsPerQuestion && { rolloutsPerQuestion }),
        ...(peak && { peak }),
        ...(validateEvery && { validateEvery }),
        checkpoint,
        saveEvery,
        now: seconds,
        signal,
        async onEvent(event) {
          if (event.type === "run-start") curve = await rewindLog(event.resumedAt);
          if (event.type === "step-done") {
            const { step, reward: value, reasons, length, kl: divergence } = event;
            const point: CurvePoint = { step, value, reasons, length, kl: divergence };
            curve.push(point);
            await log({ type: "step", step, point, seconds: seconds(), without_spread: event.withoutSpread });
          }
          if (event.type === "validation-done") {
            const { step, best, reward: value, reasons, length } = event;
            await log({ type: "validation", step, reward: value, reasons, length, best });
          }
          onEvent(event);
          // a step blocks the thread: let signals and streams through
          await setImmediate();
        },
      });
      return { ...outcome, curve, seconds: seconds() };
    } catch (error) {
      await save({ seconds: state.seconds + seconds() });
      throw stoppedBy(error, signal);
    }
  }
}

/** The same weights twice: as they are, and made to reason; training has to beat both. */
async function measureBefore(
  { config, tokenizer, tensors }: Start,
  { heldOut }: Parts,
  measuring: MeasureOptions,
  tell: (measured: Measurement) => void,
): Promise<Measurement[]> {
  const network = createNetwork(config, tensors);
  const plain = await measureNetwork("before", network, tokenizer, heldOut, measuring);
  tell(plain);
  const forced = madeToReason(network, tokenizer);
  const reasoned = await measureNetwork("before, made to reason", forced, tokenizer, heldOut, measuring);
  tell(reasoned);
  return [plain, reasoned];
}
