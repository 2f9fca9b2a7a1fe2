import { hash as digest } from "node:crypto";

import { CotError } from "../../errors.ts";
import type { Completion, Model, ModelEvent, ModelRequest } from "../model.ts";
import type { Middleware } from "../settings.ts";
import type { CompletionStore, StoredCompletion, StoredFailure } from "../store.ts";
import { stopsRun } from "../unavailable.ts";

export interface CacheOptions {
  /** Also keep refusals that would come again, and repeat them instead of asking. Default false. */
  keepFailures?: boolean;
  /** Do not look anything up, only store. Default false. */
  writeOnly?: boolean;
  /** Give only what is stored; throw `NotStored` for the rest. Default false. */
  readOnly?: boolean;
}

/** A read-only cache was asked for what it has not. */
export class NotStored extends Error {}

/**
 * Answers from a store what is stored, asks for the rest, and stores it before it is given out. Keyed by host, the
 * request's fields and the sample's index. Requests for the same sample at the same time are one request.
 */
export function cache(store: CompletionStore, options: CacheOptions = {}): Middleware {
  const { writeOnly = false } = options;
  const underway = new Map<string, Promise<void>>();
  const around: Middleware = (model) => ({
    id: model.id,
    endpoint: model.endpoint,
    ...(model.embedder && { embedder: (name) => around(model.embedder!(name)) }),
    async *generate(request, signal) {
      const hash = requestHash(model, request);
      const completions: Completion[] = [];
      const end = request.firstSample + request.samples;
      for (let sample = request.firstSample; sample < end;) {
        const key = sampleKey(hash, sample);
        const stored = writeOnly ? undefined : await store.get(key);
        if (stored) {
          yield* replay(stored, sample, request.live === true);
          completions.push({ ...stored.completion!, sample });
          sample += 1;
          continue;
        }
        if (options.readOnly) throw new NotStored();
        const samples = writeOnly ? end - sample : await missing(store, hash, sample, end);
        // nothing may come between this look and the claim
        const others = underway.get(key);
        if (others) {
          await others;
          continue;
        }
        const settle = claim(underway, hash, sample, samples);
        try {
          const asked = yield* askAndStore(
            model,
            part(request, sample, samples),
            hash,
            store,
            options,
            signal,
          );
          completions.push(...asked);
          // fewer than asked for: whoever asks goes on from there
          if (asked.length < samples) break;
        } finally {
          settle();
        }
        sample += samples;
      }
      yield { type: "finish", completions };
    },
  });
  return around;
}

/** What makes two requests one: everything that decides the reply, except the sample's index. */
export function requestHash({ id, endpoint }: Pick<Model, "id" | "endpoint">, request: ModelRequest): string {
  const { messages, temperature, maxTokens, effort, responseFormat, set, prefix } = request;
  const seed = request.seed === undefined ? undefined : request.seed - request.firstSample;
  const fields: unknown[] = [endpoint, id, messages, temperature, maxTokens, effort, seed];
  fields.push(responseFormat, set, prefix);
  if (endpoint === "builtin") fields.push(request.question, request.context, request.strategy);
  return digest("sha256", JSON.stringify(fields)).slice(0, 32);
}

/** The key of one of a request's completions. */
export function sampleKey(hash: string, sample: number): string {
  return `${hash}.${sample}`;
}

/** The part of a request that asks for some of its samples. */
function part(request: ModelRequest, firstSample: number, samples: number): ModelRequest {
  if (firstSample === request.firstSample && samples === request.samples) return request;
  const { seed } = request;
  const shifted = seed === undefined ? {} : { seed: seed + firstSample - request.firstSample };
  return { ...request, firstSample, samples, ...shifted };
}

/** How many samples from `sample` on are not stored, up to the next that is. */
async function missing(store: CompletionStore, hash: string, sample: number, end: number): Promise<number> {
  let next = sample + 1;
  while (next < end && (await store.get(sampleKey(hash, next))) === undefined) next += 1;
  return next - sample;
}

/** Makes others who want the same samples wait; the function that lets them go on. */
function claim(
  underway: Map<string, Promise<void>>,
  hash: string,
  sample: number,
  samples: number,
): () => void {
  let settle!: () => void;
  const settled = new Promise<void>((resolve) => (settle = resolve));
  for (let i = 0; i < samples; i++) underway.set(sampleKey(hash, sample + i), settled);
  return () => {
    for (let i = 0; i < samples; i++) underway.delete(sampleKey(hash, sample + i));
    settle();
  };
}

async function* askAndStore(
  model: Model,
  request: ModelRequest,
  hash: string,
  store: CompletionStore,
  options: CacheOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<ModelEvent, Completion[]> {
  try {
    for await (const event of model.generate(request, signal)) {
      if (event.type !== "finish") {
        yield event;
        continue;
      }
      const { completions } = event;
      await store.put(
        completions.map((completion) => ({ key: sampleKey(hash, completion.sample), completion })),
      );
      return completions;
    }
  } catch (error) {
    // a refused `n` says nothing about the samples one by one; a question outside what a model knows stays there
    if (options.keepFailures && isFinal(error) && (request.samples === 1 || error.code === "outside")) {
      const failure = toFailure(error);
      const samples = Array.from({ length: request.samples }, (_, i) => request.firstSample + i);
      await store.put(samples.map((sample) => ({ key: sampleKey(hash, sample), failure })));
    }
    throw error;
  }
  throw new CotError("network", `the reply of ${model.endpoint} broke off before its end`);
}

/** Would come again, for this question alone. */
export function isFinal(error: unknown): error is CotError {
  return (
    error instanceof CotError &&
    (error.code === "refused" || error.code === "malformed" || error.code === "outside") &&
    !stopsRun(error)
  );
}

/** As a store keeps it. */
export function toFailure({ code, message, hint, status }: CotError): StoredFailure {
  return {
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(status === undefined ? {} : { status }),
  };
}

/** What is shown of a stored sample. @throws the failure that is stored */
function* replay(
  { completion, failure }: StoredCompletion,
  sample: number,
  live: boolean,
): Generator<ModelEvent> {
  if (failure !== undefined) throw new CotError(failure.code, failure.message, failure);
  if (!live) return;
  if (completion.reasoning !== undefined) {
    yield { type: "reasoning-delta", sample, text: completion.reasoning };
  }
  yield { type: "text-delta", sample, text: completion.text };
}
