import { usageError, type CotError } from "../errors.ts";
import type { Question } from "../questions/question.ts";
import { needsGold } from "../rewards/parse.ts";
import { createNetwork } from "../transformer/network.ts";
import type { GrpoEvent } from "../transformer/training/grpo.ts";
import { madeToReason } from "./made-to-reason.ts";
import { measurer, type Measurement, type Measurer } from "./measure.ts";
import type { FinetuneReport } from "./report.ts";
import { fingerprint, sortOut } from "./questions.ts";
import { textReward, unusable } from "./reward.ts";
import { openRunDirectory, type RunDirectory } from "./run-directory.ts";
import { sit, type TrainingOptions } from "./sitting.ts";
import { splitQuestions, type Parts } from "./split.ts";
import { askedText } from "./text-sample.ts";
import { parameterCount, readStart, type Start } from "./start.ts";
import { writeModel } from "./write-model.ts";

/** Starts from trained weights; `steps` default to 120. */
export interface ReinforcementOptions extends TrainingOptions {
  questions: readonly Question[];
  /** What the weights are measured on; a part of `questions` unless given. */
  heldOut?: readonly Question[];
  /** As `--reward` takes it; default `accuracy`. */
  reward?: string;
  /** What the divergence from the first weights costs; default 0, off. */
  kl?: number;
  questionsPerStep?: number;
  rolloutsPerQuestion?: number;
  validateEvery?: number;
  onEvent?: (event: ReinforcementEvent) => void;
}

export type ReinforcementEvent =
  | GrpoEvent
  | { type: "questions-split"; train: number; validation: number; heldOut: number; leftOut: number }
  | { type: "weights-measured"; measured: Measurement }
  /** The first time only: what the command fails on cannot be judged. */
  | { type: "reward-failed"; error: CotError };

/**
 * Trains the built-in model on the reward of its own answers (GRPO), and writes a model directory with the best
 * weights. Held-out questions measure the weights before, before and made to reason, and after.
 * @throws CotError `usage` where too little can be used, or the start gives no signal; `interrupted` with the
 * checkpoint written: the same call goes on
 */
export async function finetuneReinforcement(options: ReinforcementOptions): Promise<FinetuneReport> {
  const { model, reward = "accuracy", steps = 120, kl = 0, seed = 1, maxTokens = 160 } = options;
  const { onEvent = () => undefined } = options;
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

  const measure = measurer(start.tokenizer, parts.heldOut, { ...options, maxTokens }, (measured) =>
    onEvent({ type: "weights-measured", measured }),
  );
  const before = directory.state.before ?? (await measureBefore(start, measure));
  await directory.save({ before });

  const settled = { ...options, reward, steps, kl, seed, maxTokens };
  const outcome = await train(settled, start, parts, directory);
  await writeModel(directory.path, start, outcome.tensors);
  const after = await measure("trained", createNetwork(start.config, outcome.tensors));
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
}

type Settled = ReinforcementOptions &
  Required<Pick<ReinforcementOptions, "reward" | "steps" | "kl" | "seed" | "maxTokens">>;

async function train(
  options: Settled,
  { config, tokenizer, tensors }: Start,
  { train: questions, validation }: Parts,
  directory: RunDirectory,
) {
  const { reward, steps, kl, seed, maxTokens, saveEvery = 60, signal, onEvent } = options;
  const { questionsPerStep, rolloutsPerQuestion, peak, validateEvery } = options;
  const [{ openJax }, { trainGrpo }] = await Promise.all([
    import("../transformer/training/jax.ts"),
    import("../transformer/training/grpo.ts"),
  ]);
  const failed = (error: CotError): void => onEvent?.({ type: "reward-failed", error });
  const judge = textReward(reward, tokenizer, failed, signal);
  const asked = (part: readonly Question[]) =>
    part.map((source) => ({ source, question: askedText(source) }));
  return sit(directory, options, async ({ seconds, follow }) =>
    trainGrpo(await openJax(), {
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
      checkpoint: directory.checkpoint,
      saveEvery,
      now: seconds,
      signal,
      async onEvent(event) {
        onEvent?.(event);
        if (event.type === "validation-done") {
          const { step, best, reward: value, reasons, length } = event;
          await directory.log({ type: "validation", step, reward: value, reasons, length, best });
        }
        if (event.type !== "step-done") return follow(event);
        const { step, reward: value, reasons, length, kl: divergence, withoutSpread } = event;
        const point = { step, value, reasons, length, kl: divergence };
        await follow(event, point, { without_spread: withoutSpread });
      },
    }),
  );
}

/** The same weights twice: as they are, and made to reason; training has to beat both. */
async function measureBefore(
  { config, tokenizer, tensors }: Start,
  measure: Measurer,
): Promise<Measurement[]> {
  const network = createNetwork(config, tensors);
  const plain = await measure("before", network);
  return [plain, await measure("before, made to reason", madeToReason(network, tokenizer))];
}
