/**
 * The errors that a person can meet, in one place: what went wrong (`code`), in words (`message`), and what to do
 * next (`hint`). `exitCode` below is the only mapping to exit codes.
 */
export type ErrorCode =
  /** wrong flags, configuration or input; a path that cannot be opened */
  | "usage"
  /** key missing or refused; no model chosen where one is needed */
  | "key"
  /** temporary at the endpoint: worth running again */
  | "rate_limit"
  | "network"
  | "server"
  | "timeout"
  /** the endpoint refused or broke the request for good */
  | "refused"
  | "malformed"
  | "quota"
  /** a reply came, without a usable answer */
  | "truncated"
  | "no_answer"
  | "schema"
  | "outside"
  /** a cap of the user's own was reached */
  | "budget"
  /** the output cannot be written any more */
  | "output"
  /** Ctrl-C, or the caller's signal */
  | "interrupted"
  /** SIGTERM */
  | "terminated";

const exitCodes: Record<ErrorCode, number> = {
  usage: 2,
  budget: 3,
  truncated: 4,
  no_answer: 4,
  schema: 4,
  outside: 4,
  refused: 5,
  malformed: 5,
  quota: 5,
  output: 74,
  rate_limit: 75,
  network: 75,
  server: 75,
  timeout: 75,
  key: 77,
  interrupted: 130,
  terminated: 143,
};

export interface CotErrorOptions {
  /** What to do next, one or two sentences. */
  hint?: string;
  cause?: unknown;
  /** HTTP status, where an endpoint answered. */
  status?: number;
  /** How long the endpoint asked us to wait, in milliseconds. */
  retryAfterMs?: number;
  /** What had arrived of each completion when a stream broke. */
  partial?: PartialText[];
}

export interface PartialText {
  /** Index among the question's samples. */
  sample: number;
  text: string;
  reasoning: string;
}

/** Thrown for everything that is not a bug. */
export class CotError extends Error {
  override readonly name = "CotError";
  readonly hint: string | undefined;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  /** Set by whoever had gathered it. */
  partial: PartialText[] | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: CotErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.partial = options.partial;
  }

  /** True where running the same thing again may succeed. */
  get retryable(): boolean {
    return exitCode(this.code) === 75;
  }
}

/** The exit code of an error code; 70 is a bug in cot. */
export function exitCode(code: ErrorCode): number {
  return exitCodes[code];
}

/** Shorthand for wrong usage, configuration or input (exit 2). */
export function usageError(message: string, hint?: string): CotError {
  return new CotError("usage", message, hint === undefined ? {} : { hint });
}
