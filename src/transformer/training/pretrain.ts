import { seededRandom, stableHash, type Random } from "../../random.ts";
import type { TransformerConfig } from "../config.ts";
import type { Tensors } from "../safetensors.ts";
import { refusalReason } from "../refusal.ts";
import type { Tokenizer } from "../tokenizer.ts";
import { measureSequences, type Measured } from "./heldout.ts";
import type { Jax } from "./jax.ts";
import { findCheckpoint, runSteps, type LoopEvent, type Position } from "./loop.ts";
import type { Sequence } from "./pack.ts";
import { initialTensors } from "./parameters.ts";
import { generateProblem, type MixtureName } from "./problems/index.ts";
import { problemSequence, streamBlock, type AnswerMixture } from "./stream.ts";
import { createTrainer, type Trainer } from "./trainer.ts";

export interface PretrainOptions {
  config: TransformerConfig;
  tokenizer: Tokenizer;
  mixture: MixtureName;
  answers: AnswerMixture;
  seed: number;
  /** Where to start, if not from random weights. */
  start?: Tensors;
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
  signal?: AbortSignal;
  onEvent: (event: PretrainEvent) => void | Promise<void>;
}

export type PretrainEvent =
  | { type: "run-start"; steps: number; tokensPerStep: number; tooLong: number; resumedAt: number }
  | { type: "held-out-measured"; step: number; families: Record<string, Measured> }
  | LoopEvent;

/** Trains on the endless stream of problems of the training split, from nothing or from where it stopped. */
export async function pretrain(jax: Jax, options: PretrainOptions): Promise<Trainer> {
  const { config, tokenizer, mixture, answers, seed, onEvent, now } = options;
  const draw = (random: Random): Sequence => {
    const problem = generateProblem(random, { mixture, split: "train" });
    // asked such a question, the model is not even called
    if (refusalReason(problem.question, tokenizer) !== undefined) return draw(random);
    return problemSequence(tokenizer, problem, random, answers);
  };
  const block = (index: number) => streamBlock(seed, index, draw);
  const resumed = await findCheckpoint<Position>(options.checkpoint);
  const tensors =
    resumed?.tensors ?? options.start ?? initialTensors(config, seededRandom(stableHash(`weights:${seed}`)));
  const trainer = createTrainer(jax, config, tensors, resumed?.adam);

  const first = block(0);
  const tokensPerStep = first.tokens / first.steps.length;
  const steps = Math.round(options.tokens / tokensPerStep);
  await onEvent({
    type: "run-start",
    steps,
    tokensPerStep,
    tooLong: first.tooLong,
    resumedAt: resumed?.state.step ?? 0,
  });

  const heldOut = heldOutSequences(options);
  const measure = async (step: number) => {
    const families: Record<string, Measured> = {};
    for (const [family, sequences] of heldOut) families[family] = measureSequences(trainer, sequences);
    await onEvent({ type: "held-out-measured", step, families });
  };
  let measured = now();
  await runSteps({
    trainer,
    block,
    schedule: { peak: options.peak, steps, warmup: 100, decay: options.decay },
    ...(resumed && { position: resumed.state }),
    checkpoint: options.checkpoint,
    saveEvery: options.saveEvery,
    now,
    signal: options.signal,
    onEvent,
    async betweenSteps(step) {
      if (now() - measured < options.measureEvery) return;
      await measure(step);
      measured = now();
    },
  });
  await measure(steps);
  return trainer;
}

/** The same held-out problems at every measurement. */
function heldOutSequences({ tokenizer, families, mixture, answers, heldOutPerFamily }: PretrainOptions) {
  const random = seededRandom(stableHash("held-out"));
  // asked in the one way, and answered as most of the training is
  const asked: AnswerMixture = {
    direct: Math.round(answers.direct),
    reasoned: Math.round(answers.reasoned),
    openings: 0,
  };
  const drawFrom = (family: string): Sequence => {
    const problem = generateProblem(random, { mixture, split: "heldout", families: [family] });
    return problemSequence(tokenizer, problem, random, asked);
  };
  return new Map(
    families.map((family) => [family, Array.from({ length: heldOutPerFamily }, () => drawFrom(family))]),
  );
}
