/** What one attempt told about the endpoint. */
export interface LimitSample {
  /** When it was sent, milliseconds on the same clock as all other samples. */
  sentAtMs: number;
  /** From sending to its end. */
  latencyMs: number;
  /** Requests in flight when it was sent, itself included. */
  inFlight: number;
  /** `ok`; `refused` (429, 503, 529: too many at once or a minute); `failed` (anything else: tells nothing). */
  outcome: "ok" | "refused" | "failed";
  /** Completion tokens of an answer: latency grows with them, whatever the load. */
  completionTokens?: number;
  /** What a refusal asked for. */
  retryAfterMs?: number;
}

/** Finds how many requests an endpoint takes at once: a pure function of its samples, without a clock of its own. */
export interface ConcurrencyLaw {
  /** Requests that may be in flight now: 1 or more, need not be whole. */
  readonly limit: number;
  onSample(sample: LimitSample): void;
}
