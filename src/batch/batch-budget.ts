import { CotError } from "../errors.ts";
import { exceeded, type Amount, type Caps } from "../models/middleware/account.ts";
import { boundedRequest } from "../models/middleware/bounds.ts";
import { amountAtMost } from "../models/middleware/budget.ts";
import type { ModelRequest } from "../models/model.ts";
import type { Price } from "../models/price.ts";

/**
 * Keeps what is sent by file within a run's caps. Nothing can be settled before the batch is done, so each request
 * counts as what it could cost at most; what does not fit is for the next run.
 */
export interface BatchBudget {
  /** The request as it may be sent, with a limit of tokens where a cap needs one; undefined where it does not fit. */
  admit(customId: string, request: ModelRequest): ModelRequest | undefined;
  /** Why something did not fit. */
  readonly refusal: CotError | undefined;
}

export function batchBudget(caps: Caps, price: Price | undefined): BatchBudget {
  const admitted = new Set<string>();
  const total: Amount = { requests: 0, tokens: 0, cost: 0 };
  let refusal: CotError | undefined;
  return {
    get refusal() {
      return refusal;
    },
    admit(customId, request) {
      const bounded = boundedRequest(request, caps);
      // what expired is sent again: it has not cost anything
      if (admitted.has(customId)) return bounded;
      if (refusal) return undefined;
      const amount = amountAtMost(bounded, price);
      const over = exceeded(caps, [total, amount]);
      if (over !== undefined) {
        refusal = new CotError("budget", over, {
          hint: "What is done is kept; the same command goes on with the rest.",
        });
        return undefined;
      }
      admitted.add(customId);
      total.requests += amount.requests;
      total.tokens += amount.tokens;
      total.cost += amount.cost;
      return bounded;
    },
  };
}
