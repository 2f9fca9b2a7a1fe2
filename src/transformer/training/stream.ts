import { seededRandom, shuffled, stableHash, type Random } from "../../random.ts";
import { completionIds, completionText, promptIds } from "../format.ts";
import type { Tokenizer } from "../tokenizer.ts";
import { batchRows, packRows, positions, type Batch, type Sequence } from "./pack.ts";
import type { Problem } from "./problems.ts";

/** Several shapes, because attention costs rows × length²: short problems need no long rows. */
export const answerShape = { B: 8, T: 96 };
export const shortShape = { B: 4, T: 192 };
export const longShape = { B: 2, T: 320 };

/** How questions are asked and answered in training. */
export interface AnswerMixture {
  /** Share of the questions that ask for the bare answer. */
  direct: number;
  /** Of the questions that ask for reasoning, the share that get it; the rest get the bare answer all the same. */
  reasoned: number;
  /**
   * Of the worded problems, the share that is learned up to the first line only, which says what is to be calculated:
   * that is a quarter of the tokens, and how to calculate is learned from the others.
   */
  openings: number;
}

const worded = new Set(["phrasing", "one-step-story", "two-step-story"]);

/** A problem as tokens, asked in one of the two ways. */
export function problemSequence(
  tokenizer: Tokenizer,
  { question, reasoning, answer, family }: Problem,
  random: Random,
  mixture: AnswerMixture,
): Sequence {
  const direct = random() < mixture.direct;
  const reasoned = !direct && random() < mixture.reasoned;
  const prompt = promptIds(tokenizer, question, direct ? "direct" : "reason");
  if (family === "outside") {
    const found = reasoned && reasoning !== "" ? tokenizer.encodeText(`${reasoning}\n`) : [];
    return { prompt, completion: [...found, ...completionIds(tokenizer, undefined)] };
  }
  if (reasoned && worded.has(family) && random() < mixture.openings) {
    const [opening] = reasoning.split("\n");
    return { prompt, completion: tokenizer.encodeText(`${opening}\n`) };
  }
  return { prompt, completion: completionIds(tokenizer, completionText(reasoned ? reasoning : "", answer)) };
}

export interface Block {
  /** The batches of each step. */
  steps: Batch[][];
  /** Positions that are no padding. */
  tokens: number;
  /** Problems that fit no row. */
  tooLong: number;
}

/**
 * A stretch of the endless training stream, made from its number alone: training resumes anywhere without any state
 * of a random source.
 * @param draw makes a sequence
 * @param problems how many are packed together: enough that rows which fill no batch, and are dropped, hardly matter
 */
export function streamBlock(
  seed: number,
  index: number,
  draw: (random: Random) => Sequence,
  problems = 4096,
): Block {
  const random = seededRandom(stableHash(`${seed}:${index}`));
  return packSteps(
    Array.from({ length: problems }, () => draw(random)),
    random,
  );
}

/** Packs sequences into steps of one batch of the shorter shape each; the long batches are spread evenly over them. */
export function packSteps(sequences: readonly Sequence[], random: Random): Block {
  const shape = sequences.every((each) => positions(each) <= answerShape.T) ? answerShape : shortShape;
  const short = sequences.filter((sequence) => positions(sequence) <= shape.T);
  const long = sequences.filter((sequence) => positions(sequence) > shape.T);
  const shortBatches = fullBatches(short, shape, random);
  const longBatches = fullBatches(long, longShape, random);
  const count = Math.max(shortBatches.length, longBatches.length);
  const steps: Batch[][] = Array.from({ length: count }, () => []);
  for (const batches of [shortBatches, longBatches])
    batches.forEach((batch, i) => steps[Math.floor((i * count) / batches.length)]!.push(batch));
  let tokens = 0;
  for (const batch of steps.flat()) for (const segment of batch.segments) if (segment > 0) tokens++;
  return { steps, tokens, tooLong: long.filter((sequence) => positions(sequence) > longShape.T).length };
}

function fullBatches(
  sequences: readonly Sequence[],
  { B, T }: { B: number; T: number },
  random: Random,
): Batch[] {
  const rows = shuffled(random, packRows(sequences, T));
  // at least one batch, even if padding fills it up: small data sets have to train too
  const count = Math.max(Math.floor(rows.length / B), Math.min(rows.length, 1));
  return Array.from({ length: count }, (_, i) => batchRows(rows.slice(i * B, (i + 1) * B), B, T));
}
