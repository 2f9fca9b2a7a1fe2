import { seededRandom, stableHash } from "../../random.ts";
import type { TransformerConfig } from "../config.ts";
import type { Tokenizer } from "../tokenizer.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { measureSequences, type Measured } from "./heldout.ts";
import type { Jax } from "./jax.ts";
import type { Sequence } from "./pack.ts";
import { initialTensors } from "./parameters.ts";
import { generateProblem, type MixtureName } from "./problems/index.ts";
import { learningRate } from "./schedule.ts";
import { problemSequence, streamBlock, type AnswerMixture } from "./stream.ts";
import { createTrainer, type Trainer } from "./trainer.ts";

export interface PretrainOptions {
  config: TransformerConfig;
  tokenizer: Tokenizer;
  mixture: MixtureName;
  answers: AnswerMixture;
  seed: number;
  /** Tokens to train on, padding not counted. */
  tokens: number;
  /** The highest learning rate. */
  peak: number;
  /** The share of the run, at its end, in which the rate falls to 0. */
  decay: number;
  /** Written every few minutes and at the end; where it exists already, the run goes on from it. */
  checkpoint: string;
  /** Families to measure on held-out problems. */
  families: readonly string[];
  heldOutPerFamily: number;
  /** Seconds between checkpoints, and between measurements. */
  saveEvery: number;
  measureEvery: number;
  /** A clock, in seconds. */
  now: () => number;
  onEvent: (event: PretrainEvent) => void | Promise<void>;
}

export type PretrainEvent =
  | { type: "run-start"; steps: number; tokensPerStep: number; tooLong: number; resumedAt: number }
  | {
      type: "step-done";
      step: number;
      tokens: number;
      loss: number;
      gradientNorm: number;
      learningRate: number;
    }
  | { type: "held-out-measured"; step: number; families: Record<string, Measured> }
  | { type: "checkpoint-written"; step: number; trainer: Trainer };

/** Where the stream is. */
interface Position {
  step: number;
  tokens: number;
  block: number;
  stepInBlock: number;
}

/** Trains on the endless stream of problems of the training split, from nothing or from where it stopped. */
export async function pretrain(jax: Jax, options: PretrainOptions): Promise<Trainer> {
  const { config, tokenizer, mixture, answers, seed, onEvent, now } = options;
  const block = (index: number) =>
    streamBlock(seed, index, (random) =>
      problemSequence(tokenizer, generateProblem(random, { mixture, split: "train" }), random, answers),
    );

  const resumed = await readCheckpoint<Position>(options.checkpoint).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  });
  const tensors = resumed?.tensors ?? initialTensors(config, seededRandom(stableHash(`weights:${seed}`)));
  const trainer = createTrainer(jax, config, tensors, resumed?.adam);
  const at: Position = resumed?.state ?? { step: 0, tokens: 0, block: 0, stepInBlock: 0 };

  const first = block(0);
  const tokensPerStep = first.tokens / first.steps.length;
  const steps = Math.round(options.tokens / tokensPerStep);
  await onEvent({ type: "run-start", steps, tokensPerStep, tooLong: first.tooLong, resumedAt: at.step });

  const heldOut = heldOutSequences(options);
  const measure = async () => {
    const families: Record<string, Measured> = {};
    for (const [family, sequences] of heldOut) families[family] = measureSequences(trainer, sequences);
    await onEvent({ type: "held-out-measured", step: at.step, families });
  };
  const save = async () => {
    await writeCheckpoint(options.checkpoint, { tensors, adam: trainer.adam, state: at });
    await onEvent({ type: "checkpoint-written", step: at.step, trainer });
  };

  let saved = now();
  let measured = now();
  let current = block(at.block);
  while (at.step < steps) {
    if (at.stepInBlock === current.steps.length) {
      at.block++;
      at.stepInBlock = 0;
      current = block(at.block);
    }
    const batches = current.steps[at.stepInBlock]!;
    const rate = learningRate(at.step, { peak: options.peak, steps, warmup: 100, decay: options.decay });
    const { loss, gradientNorm } = trainer.step(batches, rate);
    at.stepInBlock++;
    at.step++;
    for (const { segments } of batches) for (const segment of segments) if (segment > 0) at.tokens++;
    await onEvent({
      type: "step-done",
      step: at.step,
      tokens: at.tokens,
      loss,
      gradientNorm,
      learningRate: rate,
    });
    if (now() - saved >= options.saveEvery) {
      await save();
      saved = now();
    }
    if (now() - measured >= options.measureEvery) {
      await measure();
      measured = now();
    }
  }
  await measure();
  await save();
  return trainer;
}

/** The same held-out problems at every measurement, asked as the model is asked. */
function heldOutSequences({ tokenizer, families, mixture, answers, heldOutPerFamily }: PretrainOptions) {
  const random = seededRandom(stableHash("held-out"));
  // measured as it is asked: the way of asking that most of the training has
  const asked: AnswerMixture = {
    direct: answers.direct === 1 ? 1 : 0,
    reasoned: answers.reasoned < 0.5 ? 0 : 1,
  };
  return new Map<string, Sequence[]>(
    families.map((family) => [
      family,
      Array.from({ length: heldOutPerFamily }, () =>
        problemSequence(
          tokenizer,
          generateProblem(random, { mixture, split: "heldout", families: [family] }),
          random,
          asked,
        ),
      ),
    ]),
  );
}
