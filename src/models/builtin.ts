import { CotError, usageError } from "../errors.ts";
import type { Decoded } from "../transformer/decode.ts";
import { createEngine, type Engine } from "../transformer/engine.ts";
import { promptIds } from "../transformer/format.ts";
import { loadModel, shippedModels, weightsDirectory, type LoadedModel } from "../transformer/load.ts";
import { createPool } from "../transformer/pool.ts";
import { interruption } from "./api-errors.ts";
import { createEventQueue } from "./builtin-queue.ts";
import { refusalReason } from "./builtin-refusal.ts";
import type { Model, ModelRequest } from "./model.ts";
import { shareUsage } from "./usage.ts";

export interface BuiltinOptions {
  /** In [0, 1): where a request has no seed. Default `Math.random`. */
  random?: () => number;
  /** Milliseconds, monotonic; default `performance.now`. */
  now?: () => number;
}

/** A question is refused where `<|outside|>` has at least this probability as the first token. */
const outsideThreshold = 0.5;

/**
 * Opens the model in the package, or one that was trained by `cot finetune`.
 * @param name `main` (default), `base`, `small`, or the path of a model directory
 * @throws CotError `usage` where there are no such weights
 */
export async function openBuiltin(name = "main", options: BuiltinOptions = {}): Promise<Model> {
  const shipped = shippedModels.find((each) => each === name);
  const directory = shipped === undefined ? name : weightsDirectory(shipped);
  const loaded = await loadModel(directory).catch(refuseSmall(name));
  return builtinModel(name, loaded, createPool(createEngine(loaded.network), directory), options);
}

/**
 * A tokenizer and a network as a `Model`. Between a question's text and the printed text there is only tokenizer,
 * network and sampler. Requests that arrive together are decoded together.
 */
export function builtinModel(
  id: string,
  { config, tokenizer }: Pick<LoadedModel, "config" | "tokenizer">,
  engine: Engine,
  { random = Math.random, now = () => performance.now() }: BuiltinOptions = {},
): Model {
  const { end, outside } = tokenizer.ids;

  return {
    id,
    endpoint: "builtin",
    async *generate(request, signal) {
      if (signal?.aborted) throw interruption(signal);
      checkRequest(request);
      const question =
        request.context === undefined ? request.question : `${request.context} ${request.question}`;
      const reason = refusalReason(question, tokenizer);
      if (reason !== undefined) throw outsideError(reason);

      const started = now();
      const { samples, firstSample, prefix, seed, temperature = samples > 1 ? 1 : 0 } = request;
      const mode = request.strategy === "direct" ? "direct" : "reason";
      const prompt = promptIds(tokenizer, question, mode, prefix);
      if (prompt.length > config.max_position_embeddings)
        throw outsideError(`a question of ${prompt.length} tokens`);
      const events = createEventQueue();
      const stop = new AbortController();
      const signals = signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]);

      const decodeSample = async (index: number) => {
        const onToken = (token: number): void => {
          const text = tokenizer.tokenText(token);
          if (text !== "") events.push({ type: "text-delta", sample: firstSample + index, text });
        };
        const decoded = await engine.decode(
          {
            prompt,
            temperature,
            seed: seed === undefined ? random() * 2 ** 32 : seed + index,
            maxTokens: request.maxTokens ?? Infinity,
            stop: [end, outside],
            ...(prefix === undefined && { refusal: { token: outside, probability: outsideThreshold } }),
            ...(request.live && { onToken }),
          },
          signals,
        );
        if (decoded.finishReason === "refused") throw outsideError();
        return { ...decoded, latencyMs: now() - started };
      };
      const decoding = Promise.all(Array.from({ length: samples }, (_, index) => decodeSample(index)));
      decoding.then(() => events.end(), events.fail);

      try {
        yield* events.drain();
        const all = await decoding;
        const refused = all.filter(({ tokens }) => tokens.at(-1) === outside);
        if (2 * refused.length > samples) throw outsideError();
        const usages = shareUsage(
          {
            promptTokens: prompt.length,
            completionTokens: sum(all),
            reasoningTokens: null,
            cachedTokens: null,
          },
          all.map(({ tokens }) => tokens.length),
        );
        yield {
          type: "finish",
          completions: all.map(({ tokens, finishReason, latencyMs }, index) => ({
            sample: firstSample + index,
            text: tokenizer.decode(tokens),
            reasoningFrom: "text",
            finishReason,
            ...(seed === undefined ? {} : { seed: seed + index }),
            usage: usages[index]!,
            latencyMs,
          })),
        };
      } catch (error) {
        throw signal?.aborted ? interruption(signal) : error;
      } finally {
        // the reader may have stopped early
        stop.abort();
      }
    },
  };
}

function checkRequest({ strategy, set }: ModelRequest): void {
  if (strategy === "custom")
    throw usageError(
      "the built-in model reads no prompt file: it was trained on bare questions",
      "use -p step-by-step or -p direct with it, or your prompt with a real model (-m openai:…, -m ollama:…)",
    );
  const [field] = Object.keys(set ?? {});
  if (field !== undefined)
    throw usageError(
      `the built-in model has no request field ${JSON.stringify(field)} to set`,
      "it takes -n, -t, --seed and --max-tokens",
    );
}

function outsideError(reason?: string): CotError {
  const what = reason === undefined ? "this question" : `${reason}`;
  return new CotError(
    "outside",
    `the built-in model only does arithmetic with whole numbers, and ${what} is outside what it knows`,
    { hint: "ask a real model: -m openai:…, -m ollama:… (cot models --providers lists them)" },
  );
}

function refuseSmall(name: string) {
  return (error: unknown): never => {
    if (name === "small" && error instanceof CotError)
      throw usageError(
        "builtin:small has no weights yet: it is there to be trained",
        "cot finetune DATA --method supervised -m builtin:small -o DIR, then -m builtin:DIR",
      );
    throw error;
  };
}

const sum = (all: Decoded[]): number => all.reduce((total, { tokens }) => total + tokens.length, 0);
