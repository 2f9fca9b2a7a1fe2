import { existsSync } from "node:fs";

import { CotError, usageError } from "../errors.ts";
import type { Decoded, Refusal } from "../transformer/decode.ts";
import { createEngine, type Engine } from "../transformer/engine.ts";
import { promptIds, type Mode } from "../transformer/format.ts";
import { loadModel, shippedModels, weightsDirectory, type LoadedModel } from "../transformer/load.ts";
import { createPool } from "../transformer/pool.ts";
import { interruption } from "./api-errors.ts";
import { createEventQueue } from "./builtin-queue.ts";
import { checkBuiltinRequest, ignoredByBuiltin } from "./builtin-request.ts";
import { refusalReason } from "../transformer/refusal.ts";
import type { Completion, Model, ModelRequest, Usage } from "./model.ts";
import { shareUsage } from "./usage.ts";

export interface BuiltinOptions {
  /** In [0, 1): where a request has no seed. Default `Math.random`. */
  random?: () => number;
  /** Milliseconds, monotonic; default `performance.now`. */
  now?: () => number;
  /** Told, once, that something in a request makes no difference here. */
  onNotice?: (notice: string) => void;
}

/**
 * Opens the model in the package, or one that was trained by `cot finetune`.
 * @param name `main` (default), `base`, `small`, or the path of a model directory
 * @throws CotError `usage` where there are no such weights
 */
export async function openBuiltin(name = "main", options: BuiltinOptions = {}): Promise<Model> {
  const shipped = shippedModels.find((each) => each === name);
  const directory = shipped === undefined ? name : weightsDirectory(shipped);
  const loaded = await loadModel(directory).catch(noModel(name));
  return builtinModel(name, loaded, createPool(createEngine(loaded.network), directory), options);
}

/**
 * A tokenizer and a network as a `Model`. Between a question's text and the printed text there is only tokenizer,
 * network and sampler. Requests that arrive together are decoded together.
 */
export function builtinModel(
  id: string,
  { config, tokenizer, thresholds }: Omit<LoadedModel, "network">,
  engine: Engine,
  { random = Math.random, now = () => performance.now(), onNotice }: BuiltinOptions = {},
): Model {
  const { end, outside } = tokenizer.ids;
  const lineEnd = tokenWithText("\n");
  const mentioned = new Set<string>();

  function tokenWithText(text: string): number {
    return Array.from({ length: tokenizer.size }, (_, token) => tokenizer.tokenText(token)).indexOf(text);
  }

  function readPrompt(request: ModelRequest, mode: Mode): number[] {
    const { context, question } = request;
    const text = context === undefined ? question : `${context} ${question}`;
    const reason = refusalReason(text, tokenizer);
    if (reason !== undefined) throw outsideError(reason);
    const prompt = promptIds(tokenizer, text, mode, request.prefix);
    if (prompt.length > config.max_position_embeddings)
      throw outsideError(`a question of ${prompt.length} tokens`);
    return prompt;
  }

  /** What has begun is not refused any more, and a bare answer is never sure. */
  function refusalOf({ prefix }: ModelRequest, mode: Mode): Refusal | undefined {
    if (prefix !== undefined) return undefined;
    const refusal = { token: outside, probability: thresholds.outside };
    if (mode === "direct" || thresholds.certainty === 0) return refusal;
    return { ...refusal, certainty: { until: lineEnd, least: thresholds.certainty } };
  }

  return {
    id,
    endpoint: "builtin",
    async *generate(request, signal) {
      if (signal?.aborted) throw interruption(signal);
      checkBuiltinRequest(request);
      for (const notice of ignoredByBuiltin(request)) {
        if (!mentioned.has(notice)) onNotice?.(notice);
        mentioned.add(notice);
      }
      const { samples, firstSample, seed, temperature = samples > 1 ? 1 : 0 } = request;
      const mode = request.strategy === "direct" ? "direct" : "reason";
      const prompt = readPrompt(request, mode);
      const refusal = refusalOf(request, mode);
      const started = now();
      const events = createEventQueue();
      const stop = new AbortController();
      const signals = signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]);

      const decodeSample = async (index: number) => {
        const show = holdFirstLine(refusal?.certainty !== undefined, (text) =>
          events.push({ type: "text-delta", sample: firstSample + index, text }),
        );
        const decoded = await engine.decode(
          {
            prompt,
            temperature,
            seed: seed === undefined ? random() * 2 ** 32 : seed + index,
            maxTokens: request.maxTokens ?? Infinity,
            stop: [end, outside],
            ...(refusal && { refusal }),
            ...(request.live && { onToken: (token: number) => show.text(tokenizer.tokenText(token)) }),
          },
          signals,
        );
        const refused = decoded.finishReason === "refused" || decoded.tokens.at(-1) === outside;
        if (!refused) show.rest();
        return { ...decoded, refused, latencyMs: now() - started };
      };
      const decoding = Promise.all(Array.from({ length: samples }, (_, index) => decodeSample(index)));
      decoding.then(() => events.end(), events.fail);

      try {
        yield* events.drain();
        const decoded = await decoding;
        const refusals = decoded.filter(({ refused }) => refused);
        if (2 * refusals.length > samples)
          throw outsideError(refusals.every(isFoundOnTheWay) ? "where this question leads" : undefined);
        const usages = usageOf(prompt, decoded);
        const completions = decoded.map(
          ({ tokens, finishReason, refused, latencyMs }, index): Completion => ({
            sample: firstSample + index,
            text: refused ? "" : tokenizer.decode(tokens),
            reasoningFrom: "text",
            finishReason: refused ? "stop" : finishReason,
            ...(seed !== undefined && { seed: seed + index }),
            usage: usages[index]!,
            latencyMs,
          }),
        );
        yield { type: "finish", completions };
      } catch (error) {
        throw signal?.aborted ? interruption(signal) : error;
      } finally {
        // the reader may have stopped early
        stop.abort();
      }
    },
  };
}

/** Passes text on as it comes; where the first line may still end in a refusal, from that line's end on. */
function holdFirstLine(hold: boolean, pass: (text: string) => void) {
  let held = "";
  return {
    text(text: string): void {
      held += text;
      hold &&= !text.includes("\n");
      if (!hold) this.rest();
    },
    rest(): void {
      if (held !== "") pass(held);
      held = "";
    },
  };
}

/** Whether a refusal comes from the steps, and not from the question alone. */
function isFoundOnTheWay({ tokens, finishReason }: Decoded): boolean {
  return finishReason !== "refused" && tokens.length > 1;
}

function usageOf(prompt: readonly number[], decoded: readonly Decoded[]): Usage[] {
  const generated = decoded.map(({ tokens }) => tokens.length);
  const whole: Usage = {
    promptTokens: prompt.length,
    completionTokens: generated.reduce((sum, count) => sum + count),
    reasoningTokens: null,
    cachedTokens: null,
  };
  return shareUsage(whole, generated);
}

function outsideError(reason?: string): CotError {
  const what = reason === undefined ? "this question" : `${reason}`;
  return new CotError(
    "outside",
    `the built-in model only does arithmetic with whole numbers, and ${what} is outside what it knows`,
    { hint: "ask a real model: -m openai:…, -m ollama:… (cot models --providers lists them)" },
  );
}

function noModel(name: string) {
  return (error: unknown): never => {
    if (name === "small" && error instanceof CotError)
      throw usageError(
        "builtin:small has no weights yet: it is there to be trained",
        "cot finetune DATA --method supervised -m builtin:small -o DIR, then -m builtin:DIR",
      );
    if (existsSync(name)) throw error;
    throw usageError(
      `there is no built-in model "${name}", and no model directory of that name`,
      `The built-in ones are ${shippedModels.join(", ")}; a model directory has config.json, tokenizer.json and model.safetensors.`,
    );
  };
}
