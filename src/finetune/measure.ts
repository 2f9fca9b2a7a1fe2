import { setImmediate } from "node:timers/promises";
import { isReadableGold } from "../reasoning/grade.ts";
import type { Question } from "../questions/question.ts";
import { accuracy } from "../rewards/accuracy.ts";
import type { Network } from "../transformer/network.ts";
import type { Tokenizer } from "../transformer/tokenizer.ts";
import { rollOut, type Rollout } from "../transformer/training/rollouts.ts";
import { askedText, textSample } from "./text-sample.ts";

/** What weights are worth on questions that they were not trained on. */
export interface Measurement {
  name: string;
  questions: number;
  /** Share that greedy decoding gets right; null where no question has a gold. */
  greedy: number | null;
  /** Mean over the samples at temperature 1. */
  sampled: number | null;
  /** Its standard error, clustered by question. */
  sampledError: number | null;
  /** Samples of each question. */
  samples: number;
  /** Share of the samples that reason before they answer. */
  reasons: number;
  /** The same of the greedy answers. */
  greedyReasons: number;
  /** Mean tokens of a sample. */
  length: number;
}

export interface MeasureOptions {
  /** Default 8. */
  samples?: number;
  maxTokens: number;
  signal?: AbortSignal | undefined;
}

/** Measures weights on always the same questions, and tells of each measurement. */
export type Measurer = (name: string, network: Network) => Promise<Measurement>;

export function measurer(
  tokenizer: Tokenizer,
  questions: readonly Question[],
  { samples, maxTokens, signal }: { samples?: number; maxTokens: number; signal?: AbortSignal },
  tell: (measured: Measurement) => void,
): Measurer {
  const options = { maxTokens, signal, ...(samples !== undefined && { samples }) };
  return async (name, network) => {
    const measured = await measureNetwork(name, network, tokenizer, questions, options);
    tell(measured);
    return measured;
  };
}

/** Questions decoded between two looks at the signal. */
const stretch = 16;

/** Measures by greedy decoding and by samples at temperature 1, always with the same seeds. */
export async function measureNetwork(
  name: string,
  network: Network,
  tokenizer: Tokenizer,
  questions: readonly Question[],
  { samples = 8, maxTokens, signal }: MeasureOptions,
): Promise<Measurement> {
  const greedy: Rollout[][] = [];
  const drawn: Rollout[][] = [];
  for (let at = 0; at < questions.length; at += stretch) {
    await setImmediate();
    signal?.throwIfAborted();
    const texts = questions.slice(at, at + stretch).map(askedText);
    const settings = { maxTokens, seed: `held-out:${at}` };
    greedy.push(...rollOut(network, tokenizer, texts, { ...settings, count: 1, temperature: 0 }));
    drawn.push(...rollOut(network, tokenizer, texts, { ...settings, count: samples, temperature: 1 }));
  }
  const greedyScores = scores(questions, greedy);
  const sampledScores = scores(questions, drawn);
  return {
    name,
    questions: questions.length,
    greedy: greedyScores === null ? null : mean(greedyScores),
    sampled: sampledScores === null ? null : mean(sampledScores),
    sampledError: sampledScores === null ? null : standardError(sampledScores),
    samples,
    reasons: mean(drawn.flat().map(({ reasons }) => Number(reasons))),
    greedyReasons: mean(greedy.flat().map(({ reasons }) => Number(reasons))),
    length: mean(drawn.flat().map(({ tokens }) => tokens.length)),
  };
}

/** Each question's share of right answers; null where none has a readable gold. */
function scores(questions: readonly Question[], rollouts: readonly (readonly Rollout[])[]): number[] | null {
  const judged = questions.flatMap((question, i) => {
    if (question.gold === undefined || !isReadableGold(question.gold)) return [];
    const values = rollouts[i]!.map(({ text, tokens }) =>
      accuracy(textSample(text, question, tokens.length), question, []),
    );
    return [mean(values.map((value) => value ?? 0))];
  });
  return judged.length === 0 ? null : judged;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardError(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
