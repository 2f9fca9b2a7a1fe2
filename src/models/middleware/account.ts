import { CotError } from "../../errors.ts";
import { interruption } from "../api-errors.ts";

/** What a run may spend; each undefined means no cap. */
export interface Caps {
  /** US dollars. */
  maxCost?: number;
  /** Prompt and completion tokens together. */
  maxTokensTotal?: number;
  /** Requests sent, retries included. */
  maxRequests?: number;
}

export interface Amount {
  requests: number;
  tokens: number;
  /** US dollars. */
  cost: number;
}

/** A run's account: shared by all its models. */
export interface Budget {
  readonly caps: Caps;
  /** Settled so far. */
  readonly spent: Readonly<Amount>;
  /**
   * Reserves an amount. Where it fits only if those in flight turn out cheaper than they might, waits for them.
   * @returns settles the reservation to what was really spent; to be called exactly once
   * @throws CotError `budget` where it does not fit any more
   */
  take(amount: Amount, signal?: AbortSignal): Promise<(actual: Amount) => void>;
}

/** An account with nothing spent. */
export function openBudget(caps: Caps): Budget {
  const spent: Amount = { requests: 0, tokens: 0, cost: 0 };
  const reserved: Amount = { requests: 0, tokens: 0, cost: 0 };
  const waiting = new Set<() => void>();

  function add(to: Amount, amount: Amount, sign: 1 | -1): void {
    to.requests += sign * amount.requests;
    to.tokens += sign * amount.tokens;
    to.cost += sign * amount.cost;
  }

  async function settled(signal: AbortSignal | undefined): Promise<void> {
    let wake: () => void = () => undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      waiting.add(wake);
      signal?.addEventListener("abort", wake, { once: true });
    });
    waiting.delete(wake);
    signal?.removeEventListener("abort", wake);
    if (signal?.aborted) throw interruption(signal);
  }

  return {
    caps,
    spent,
    async take(amount, signal) {
      for (;;) {
        const over = exceeded(caps, [spent, amount]);
        if (over !== undefined) {
          throw new CotError("budget", over, { hint: "What is done is kept; raise the cap to go on." });
        }
        if (exceeded(caps, [spent, reserved, amount]) === undefined) break;
        await settled(signal);
      }
      add(reserved, amount, 1);
      return (actual) => {
        add(reserved, amount, -1);
        add(spent, actual, 1);
        for (const wake of waiting) wake();
      };
    },
  };
}

/** Which cap a sum goes over, in words; the first amount is what is spent. */
export function exceeded(caps: Caps, amounts: Amount[]): string | undefined {
  const total = (field: keyof Amount): number => amounts.reduce((sum, amount) => sum + amount[field], 0);
  const [{ requests, tokens, cost }] = amounts as [Amount];
  if (total("requests") > (caps.maxRequests ?? Infinity)) {
    return `--max-requests ${String(caps.maxRequests)} is used up`;
  }
  if (total("tokens") > (caps.maxTokensTotal ?? Infinity)) {
    const left = (caps.maxTokensTotal ?? 0) - tokens;
    return `--max-tokens-total ${String(caps.maxTokensTotal)}: the ${String(left)} tokens left are too few for another request`;
  }
  // sums of dollars carry rounding errors
  if (total("cost") > (caps.maxCost ?? Infinity) + 1e-12) {
    return `--max-cost ${String(caps.maxCost)}: after $${cost.toFixed(4)} (${String(requests)} requests), another request could go over it`;
  }
  return undefined;
}
