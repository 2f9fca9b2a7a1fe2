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

/** How one request is answered. Fields that are absent mean: well, and at once. */
export interface Reply {
  /** The answer's text; default: says the last message's text back. */
  text?: string;
  /** Reasoning that comes apart from the text. */
  reasoning?: string;
  /** `stop` by default; null: never sent. */
  finishReason?: string | null;
  usage?: Record<string, unknown> | null;
  /** An error's status, with `error` as its body and `headers`. */
  status?: number;
  error?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** Milliseconds before the first byte. */
  delayMs?: number;
  /** Milliseconds between the chunks of a stream. */
  chunkDelayMs?: number;
  /** Characters a chunk; default 8. */
  chunkSize?: number;
  /** Break it: see `faults.ts`. */
  fault?:
    | "reset"
    | "reset-after-headers"
    | "truncated"
    | "malformed-chunk"
    | "malformed-reply"
    | "stall"
    | "empty-choices"
    | "error-in-stream";
  /** Whose dialect the reply is written in; default `openai`. */
  dialect?: string;
  /** Bytes to answer with, as recorded; wins over everything else. */
  raw?: { contentType: string; body: string };
}

/** A reply for every request, replies in order (the last repeats), or a function of the request. */
export type Script = Reply | Reply[] | ((request: SeenRequest, index: number) => Reply | Promise<Reply>);

export interface ServerOptions {
  /** Names that `GET /models` gives; default `["test-model"]`. */
  models?: string[];
  /** More than so many requests at once get a 429. */
  maxConcurrent?: number;
  /** More than so many requests a minute get a 429. */
  rpm?: number;
  /** Keys that are let in; default: all. */
  keys?: string[];
}

export interface TestServer {
  /** Base URL, with `/v1`. */
  url: string;
  port: number;
  /** Requests to `/chat/completions` and `/responses`, in order. */
  requests: SeenRequest[];
  /** Every request, other paths included. */
  allRequests: SeenRequest[];
  inFlight: number;
  maxInFlight: number;
  /** Replies by status. */
  statuses: Record<number, number>;
  close(): Promise<void>;
}

/** Starts a server on loopback that speaks the chat API, Responses and `/models`. */
export function startServer(script: Script = {}, options: ServerOptions = {}): Promise<TestServer> {
  void script;
  void options;
  return Promise.reject(new Error("not yet"));
}
