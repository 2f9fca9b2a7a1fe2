import { usageError } from "../errors.ts";
import { seededRandom, type Random } from "../random.ts";
import { maxRows, type CachePlace, type Network, type Row } from "./network.ts";
import { sampleToken, tokenProbability } from "./sample.ts";

/** One sequence to be continued. */
export interface DecodeRequest {
  /** At least one token. */
  prompt: readonly number[];
  /** 0 is greedy. */
  temperature: number;
  seed: number;
  /** New tokens at most; the network's positions are a second bound. */
  maxTokens: number;
  /** Tokens that end the sequence; the one that did is the last of `tokens`. */
  stop: readonly number[];
  refusal?: Refusal;
  /** Called with each new token. */
  onToken?(token: number): void;
}

/** When a sequence ends as `refused`. */
export interface Refusal {
  /** Where the first new token would be this one … */
  token: number;
  /** … with at least this probability. */
  probability: number;
  /** Where, up to the first `until`, the likeliest token had less than this probability somewhere. */
  certainty?: { until: number; least: number };
}

export interface Decoded {
  /** New tokens, the stop token included. */
  tokens: number[];
  /** Of each token, natural logarithm, under the distribution it was drawn from (greedy: at temperature 1). */
  logProbabilities: number[];
  /** Probability of the likeliest token where the network was least sure, 0..1; 1 without tokens. */
  certainty: number;
  /** `length` where a bound was reached first. */
  finishReason: "stop" | "length" | "refused";
}

interface Waiting {
  request: DecodeRequest;
  /** Equal prompts have equal keys. */
  key: string;
  done(result: Decoded): void;
}

interface Sequence {
  entry: Waiting;
  random: Random;
  place: CachePlace;
  /** Positions in the cache. */
  filled: number;
  result: Decoded;
}

/** Sequences that are decoded at the same time at most; more wait. Each takes its cache's memory. */
const maxSequences = 32;

/**
 * Many sequences, one network: every step computes the next token of all that are active, and takes in those that wait
 * (continuous batching, Orca, OSDI 2022). Equal prompts are computed once and copied. A sequence's tokens do not depend
 * on what else is in the batch, to the bit.
 */
export interface Batch {
  readonly size: number;
  /**
   * @returns takes the sequence out, unfinished
   * @throws CotError `usage` where the prompt is longer than the network's positions
   */
  add(request: DecodeRequest, done: (result: Decoded) => void): () => void;
  /** One forward pass of at most `maxRows` tokens. */
  step(): void;
}

export function createBatch(network: Network): Batch {
  let waiting: Waiting[] = [];
  let active: Sequence[] = [];

  function admit(): void {
    waiting = waiting.filter((entry) => {
      if (active.length >= maxSequences) return true;
      const { prompt, seed } = entry.request;
      const twin = active.find((other) => other.entry.key === entry.key);
      // until the first of equal prompts is computed, the others wait for its cache
      if (twin !== undefined && twin.filled < prompt.length) return true;
      const place = network.takePlace();
      const shared = twin === undefined ? 0 : prompt.length - 1;
      if (twin !== undefined) network.copyCache(twin.place, place, shared);
      const result: Decoded = {
        tokens: [],
        logProbabilities: [],
        certainty: 1,
        finishReason: "length",
      };
      active.push({ entry, random: seededRandom(seed), place, filled: shared, result });
      return false;
    });
  }

  function leave(sequence: Sequence): void {
    network.givePlace(sequence.place);
    active = active.filter((other) => other !== sequence);
  }

  /** Takes in the next token. @returns true at the sequence's end */
  function advance(sequence: Sequence, logits: Float32Array): boolean {
    const { random, filled, result } = sequence;
    const { request } = sequence.entry;
    if (result.tokens.length === 0 && isRefused(request.refusal, logits)) {
      result.finishReason = "refused";
      return true;
    }
    const { token, logProbability, confidence } = sampleToken(logits, request.temperature, random);
    result.tokens.push(token);
    result.logProbabilities.push(logProbability);
    result.certainty = Math.min(result.certainty, confidence);
    if (isUncertain(request.refusal, result)) {
      result.finishReason = "refused";
      return true;
    }
    request.onToken?.(token);
    if (request.stop.includes(token)) {
      result.finishReason = "stop";
      return true;
    }
    return result.tokens.length >= request.maxTokens || filled >= network.maxPositions;
  }

  return {
    get size() {
      return waiting.length + active.length;
    },
    add(request, done) {
      if (request.prompt.length > network.maxPositions)
        throw usageError(
          `a prompt of ${request.prompt.length} tokens is longer than the network's ${network.maxPositions} positions`,
        );
      const entry: Waiting = { request, key: request.prompt.join(), done };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
        const sequence = active.find((other) => other.entry === entry);
        if (sequence !== undefined) leave(sequence);
      };
    },
    step() {
      admit();
      const rows: Row[] = [];
      const wanted: number[] = [];
      const advancing: Sequence[] = [];
      for (const sequence of active) {
        const { result, place } = sequence;
        const { request } = sequence.entry;
        const known = request.prompt.length + result.tokens.length;
        while (sequence.filled < known && rows.length < maxRows) {
          const position = sequence.filled++;
          const token = request.prompt[position] ?? result.tokens[position - request.prompt.length]!;
          rows.push({ sequence: place, position, token });
        }
        if (sequence.filled < known) break;
        wanted.push(rows.length - 1);
        advancing.push(sequence);
      }
      const logits = network.forward(rows, wanted);
      const ended = advancing.filter((sequence, i) => advance(sequence, logits[i]!));
      for (const sequence of ended) {
        // not where `onToken` has just taken it out
        if (!active.includes(sequence)) continue;
        leave(sequence);
        sequence.entry.done(sequence.result);
      }
    },
  };
}

function isRefused(refusal: Refusal | undefined, logits: Float32Array): boolean {
  return refusal !== undefined && tokenProbability(logits, refusal.token) >= refusal.probability;
}

/** True at the first `until`, where the way there was not certain enough. */
function isUncertain(refusal: Refusal | undefined, { tokens, certainty }: Decoded): boolean {
  const rule = refusal?.certainty;
  if (rule === undefined || certainty >= rule.least) return false;
  return tokens.at(-1) === rule.until && tokens.indexOf(rule.until) === tokens.length - 1;
}

/** Decodes all requests, in their order, without giving up the thread: for training. */
export function decodeAll(network: Network, requests: readonly DecodeRequest[]): Decoded[] {
  const batch = createBatch(network);
  const results: Decoded[] = [];
  requests.forEach((request, i) =>
    batch.add(request, (result) => {
      results[i] = result;
    }),
  );
  while (batch.size > 0) batch.step();
  return results;
}
