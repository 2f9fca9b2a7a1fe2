/** What a run may spend; each undefined means no cap. */
export interface Caps {
  /** US dollars. */
  maxCost?: number;
  /** Prompt and completion tokens together. */
  maxTokensTotal?: number;
  /** Requests sent, retries included. */
  maxRequests?: number;
}

/** A run's account: shared by all its models. */
export interface Budget {
  readonly caps: Caps;
  /** Settled so far. */
  readonly spent: { requests: number; tokens: number; cost: number };
}

/** An account with nothing spent. */
export function openBudget(caps: Caps): Budget {
  return { caps, spent: { requests: 0, tokens: 0, cost: 0 } };
}
