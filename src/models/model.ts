import type { Effort } from "./effort.ts";

/**
 * Where text comes from. A model turns a request into a stream of events; endpoints, the built-in model, the mock in
 * the tests and every middleware (`Model -> Model`) have this one shape. One contract suite tests them all
 * (`test/models/contract.ts`).
 */
export interface Model {
  /** As sent to the endpoint, or `main`, `base`, `small`, or a directory's path for the built-in model. */
  readonly id: string;
  /** The endpoint's host (`api.openai.com`, `localhost:11434`), or `builtin`. */
  readonly endpoint: string;
  /**
   * Asks once, for `request.samples` completions.
   * Ends with exactly one `finish` event; a stream that ends without it is broken, and readers treat it as such.
   * @throws CotError with the code of what went wrong; `interrupted` when the signal was aborted
   */
  generate(request: ModelRequest, signal?: AbortSignal): AsyncIterable<ModelEvent>;
  /** One of its endpoint's embedding models, by name, whether or not there is one of that name; absent for `builtin`. */
  embedder?: (name: string) => Model;
}

export interface Message {
  role: "system" | "user" | "assistant";
  content: string;
}

export interface ModelRequest {
  /** What an endpoint is sent. */
  messages: Message[];
  /** The question itself and its context: read by `builtin`, which never reads the messages; endpoints ignore them. */
  question: string;
  context?: string;
  /** The prompt template's name, `custom` for a file, or a policy's `strategy`: read by `builtin` alone. */
  strategy: string;
  /** Text that the answer goes on from (the last good step, in refining). */
  prefix?: string;
  /**
   * How many completions this request is for (the API's `n`); 1 or more. An opened model asks again for those that an
   * endpoint without `n` leaves out, and splits a request with a seed, so callers get all of them.
   */
  samples: number;
  /** Index, among the question's samples, of this request's first one; the store's keys hold it. */
  firstSample: number;
  temperature?: number;
  /** Upper bound of completion tokens, reasoning included. */
  maxTokens?: number;
  effort?: Effort;
  /** The seed of this request's first sample (the caller has already added the index); the others' follow on it. */
  seed?: number;
  /** The API's `response_format`, where the second request for a schema sends one. */
  responseFormat?: Record<string, unknown>;
  /** `--set`: any request field, as given. Wins over everything else. */
  set?: Record<string, unknown>;
  /**
   * The deltas go before somebody's eyes as they arrive, so an attempt that breaks half-way is not taken back: it is
   * reported with what had arrived (`CotError.partial`). Without it no deltas are passed on, and a broken attempt is
   * simply made again.
   */
  live?: boolean;
  /** Told the characters of each piece as it arrives, also where no deltas are passed on: signs of life. */
  onArrival?: (characters: number) => void;
  /** False asks the endpoint for a whole reply instead of a stream. Default true. */
  stream?: boolean;
}

export type ModelEvent =
  /** Text of the reasoning or of the answer as it arrives: for the eye. `sample` is an index, `firstSample` included. */
  | { type: "reasoning-delta"; sample: number; text: string }
  | { type: "text-delta"; sample: number; text: string }
  /** The whole, and what counts: a lone closing tag re-labels what came before it. */
  | { type: "finish"; completions: Completion[] };

/** One sample as the model gave it. */
export interface Completion {
  /** Index among the question's samples. */
  sample: number;
  text: string;
  /** Reasoning that came apart from the text; undefined where it is in the text, or nowhere. */
  reasoning?: string;
  reasoningFrom: ReasoningSource;
  /** As the endpoint says it; null where it never does. `length` means the token limit, `refusal` a text that it calls one. */
  finishReason: string | null;
  seed?: number;
  /** This completion's share of its request's usage: shares sum to the whole. */
  usage: Usage;
  /** Milliseconds from sending to the end. */
  latencyMs: number;
  /** US dollars: as the endpoint reported them, else by the price; undefined where neither is known. */
  cost?: number;
}

export type ReasoningSource =
  "text" | "reasoning_content" | "reasoning" | "reasoning_details" | "tag" | "summary";

/** Tokens; null where the endpoint does not say. */
export interface Usage {
  promptTokens: number | null;
  completionTokens: number | null;
  reasoningTokens: number | null;
  cachedTokens: number | null;
  /** True where the endpoint sent no usage and these are our own estimate, upwards. */
  estimated?: boolean;
}
