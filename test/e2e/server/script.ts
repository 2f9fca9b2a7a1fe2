/** What the server saw of one request. */
export interface SeenRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: Record<string, string>;
  /** Parsed JSON, null without a body. */
  body: Record<string, unknown> | null;
  /** Milliseconds since the server started. */
  atMs: number;
}

/** How a reply is broken. */
export type Fault =
  /** the connection is reset before any header */
  | "reset"
  /** headers, then a reset */
  | "reset-after-headers"
  /** half of the text, then a reset */
  | "reset-half-way"
  /** half of the text, then a clean end, without finish_reason and [DONE] */
  | "truncated"
  /** half of the text, then nothing for ever */
  | "stall"
  /** not even headers, for ever */
  | "silence"
  /** a chunk that is no JSON */
  | "malformed-chunk"
  /** HTML with status 200 */
  | "malformed-reply"
  /** a reply without choices */
  | "empty-choices"
  /** half of the text, then an error object as a chunk */
  | "error-in-stream"
  /** the whole of the text and [DONE], but the connection stays open */
  | "never-ends";

/** How one request is answered. Fields that are absent mean: well, and at once. */
export interface Reply {
  /** The answer's text, or one for each of `n` choices; default: says that the answer is 408. */
  text?: string | string[];
  /** Reasoning that comes apart from the text. */
  reasoning?: string;
  /** `stop` by default; null: never sent. */
  finishReason?: string | null;
  /** Default: counts of characters / 4; null: never sent. */
  usage?: Record<string, unknown> | null;
  /** Choices that are given, whatever `n` asks for. */
  choices?: number;
  /** An error's status, with `error` in its body, and `headers`. */
  status?: number;
  error?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** Milliseconds before the first byte. */
  delayMs?: number;
  /** Milliseconds between the chunks of a stream. */
  chunkDelayMs?: number;
  /** Characters a chunk; default 8. */
  chunkSize?: number;
  fault?: Fault;
  /** Whose way of writing it down; default `openai`. */
  dialect?: Dialect;
  /** Bytes to answer with, as recorded; wins over everything else. */
  raw?: {
    contentType: string;
    body: string | Uint8Array;
    headers?: Record<string, string>;
    /** Bytes a write; default: all at once. */
    chunkSize?: number;
  };
}

/** Where endpoints differ: the field of the reasoning, and what ends a stream. */
export type Dialect =
  | "openai"
  | "deepseek"
  | "openrouter"
  | "ollama"
  | "llamacpp"
  | "vllm"
  | "lmstudio"
  | "groq"
  | "mistral"
  | "gemini"
  | "anthropic";

/** A reply for every request, replies in order (the last repeats), or a function of the request. */
export type Script = Reply | Reply[] | ((request: SeenRequest, index: number) => Reply | Promise<Reply>);

export interface ServerOptions {
  /** Default: any that is free. */
  port?: number;
  /** Names that `GET /models` gives; default `["test-model"]`. */
  models?: string[];
  /** More than so many requests at once get a 429. */
  maxConcurrent?: number;
  /** More than so many requests a minute get a 429 (a token bucket). */
  rpm?: number;
  /** Sent with the 429s of the two caps. */
  refusalHeaders?: Record<string, string>;
  /** Speak TLS. */
  tls?: { key: string | Buffer; cert: string | Buffer };
  /** Keys that are let in; default: all. */
  keys?: string[];
  /** What `POST /embeddings` makes of a text; without it there is no such path. */
  embed?: (text: string) => number[];
}

export interface TestServer {
  /** Base URL, with `/v1`. */
  url: string;
  port: number;
  /** Requests to `/chat/completions` and `/responses`, in order; those to `/embeddings` are among `allRequests`. */
  requests: SeenRequest[];
  /** Every request, other paths included. */
  allRequests: SeenRequest[];
  readonly inFlight: number;
  readonly maxInFlight: number;
  /** Replies by status. */
  statuses: Record<number, number>;
  close(): Promise<void>;
}
