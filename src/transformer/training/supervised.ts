import { usageError } from "../../errors.ts";
import { seededRandom, shuffled, stableHash } from "../../random.ts";
import type { TransformerConfig } from "../config.ts";
import { completionIds, promptIds, type Mode } from "../format.ts";
import type { Tensors } from "../safetensors.ts";
import type { Tokenizer } from "../tokenizer.ts";
import type { Jax } from "./jax.ts";
import { findCheckpoint, runSteps, type LoopEvent, type Position } from "./loop.ts";
import { positions, type Sequence } from "./pack.ts";
import { longShape, packSteps } from "./stream.ts";
import { createTrainer, type Trainer } from "./trainer.ts";

/** A question and the text that shall be the answer to it. */
export interface Example {
  question: string;
  text: string;
  /** How the question is asked; `reason` unless given. */
  mode?: Mode;
}

export interface SupervisedOptions {
  config: TransformerConfig;
  tokenizer: Tokenizer;
  /** Where training starts; changed in place. */
  tensors: Tensors;
  examples: readonly Example[];
  /** Updates in all; the examples are gone through as often as that takes. */
  steps: number;
  /** The highest learning rate; default 3e-3, which suits a start from nothing. */
  peak?: number;
  seed: number;
  /** Where it exists already, the run goes on from it. */
  checkpoint: string;
  /** Seconds between checkpoints. */
  saveEvery: number;
  /** A clock, in seconds. */
  now: () => number;
  signal?: AbortSignal | undefined;
  onEvent: (event: SupervisedEvent) => void | Promise<void>;
}

export type SupervisedEvent =
  | {
      type: "run-start";
      steps: number;
      stepsPerEpoch: number;
      examples: number;
      left: number;
      resumedAt: number;
    }
  | LoopEvent;

/**
 * Trains on given answers: maximum likelihood of their tokens, nothing else.
 * @throws CotError `usage` where no example can be written in the model's vocabulary and positions; `interrupted`
 */
export async function trainSupervised(jax: Jax, options: SupervisedOptions): Promise<Trainer> {
  const { config, tokenizer, examples, seed, steps } = options;
  const sequences = examples.flatMap((example) => exampleSequence(tokenizer, example) ?? []);
  if (sequences.length === 0)
    throw usageError(
      `none of the ${examples.length} examples fits the model`,
      `It reads English questions over whole numbers, and at most ${longShape.T} tokens of question and answer together.`,
    );
  const block = (index: number) => {
    const random = seededRandom(stableHash(`${seed}:${index}`));
    return packSteps(shuffled(random, sequences), random);
  };
  const resumed = await findCheckpoint<Position>(options.checkpoint);
  const trainer = createTrainer(jax, config, resumed?.tensors ?? options.tensors, resumed?.adam);
  await options.onEvent({
    type: "run-start",
    steps,
    stepsPerEpoch: block(0).steps.length,
    examples: sequences.length,
    left: examples.length - sequences.length,
    resumedAt: resumed?.state.step ?? 0,
  });
  await runSteps({
    ...options,
    trainer,
    block,
    schedule: { peak: options.peak ?? 3e-3, steps, warmup: Math.min(100, Math.ceil(steps / 10)), decay: 0.6 },
    ...(resumed && { position: resumed.state }),
  });
  return trainer;
}

/** Undefined where the vocabulary lacks a character, or the whole is longer than a row. */
function exampleSequence(
  tokenizer: Tokenizer,
  { question, text, mode = "reason" }: Example,
): Sequence | undefined {
  if (tokenizer.unknownCharacters(question).length > 0 || tokenizer.unknownCharacters(text).length > 0)
    return undefined;
  const sequence: Sequence = {
    prompt: promptIds(tokenizer, question, mode),
    completion: completionIds(tokenizer, text),
  };
  return positions(sequence) <= longShape.T ? sequence : undefined;
}
