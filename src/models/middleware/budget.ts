import { CotError, type PartialText } from "../../errors.ts";
import type { Completion, Model, ModelEvent, ModelRequest, Usage } from "../model.ts";
import { costOf, type Price } from "../price.ts";
import type { Middleware } from "../settings.ts";
import type { Amount, Budget } from "./account.ts";
import { boundedRequest, promptTokensAtMost, tokenLimit } from "./bounds.ts";

export { openBudget, type Budget, type Caps } from "./account.ts";

export interface BudgetOptions {
  account: Budget;
  /** Known wherever there is a cost cap. */
  price: Price | undefined;
  onNotice: (notice: string) => void;
}

/**
 * Keeps a run within its caps: what an attempt could cost at most is reserved before it is sent, and settled to what it
 * did cost afterwards, so that the caps hold with any number of requests in flight. Each attempt counts as a request.
 */
export function budget({ account, price, onNotice }: BudgetOptions): Middleware {
  const { caps } = account;
  const counts = caps.maxCost !== undefined || caps.maxTokensTotal !== undefined;
  if (!counts && caps.maxRequests === undefined) return (model) => model;
  let saidDefault = false;

  function bounded(request: ModelRequest): ModelRequest {
    const result = boundedRequest(request, caps);
    if (result !== request && !saidDefault) {
      saidDefault = true;
      onNotice(`a cap needs a bound, and there is no --max-tokens: ${String(result.maxTokens)} is sent`);
    }
    return result;
  }

  async function* generate(
    model: Model,
    request: ModelRequest,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<ModelEvent> {
    const prompt = promptTokensAtMost(request);
    const most = completionTokensAtMost(request);
    const settle = await account.take(amountAtMost(request, price), signal);
    let received = 0;
    let spent: Amount | undefined;
    try {
      for await (const event of model.generate(request, signal)) {
        if (event.type !== "finish") {
          received += Buffer.byteLength(event.text);
          yield event;
          continue;
        }
        const completions = counts
          ? event.completions.map((completion, i) => estimated(completion, i === 0 ? prompt : 0, price))
          : event.completions;
        spent = sum(completions);
        yield { type: "finish", completions };
      }
    } catch (error) {
      spent ??= costOfFailure(error, prompt, received, most, price);
      throw error;
    } finally {
      settle(spent ?? amount(prompt, received, price));
    }
  }

  return (model) => ({
    id: model.id,
    endpoint: model.endpoint,
    generate: (request, signal) => generate(model, bounded(request), signal),
  });
}

/** What a bounded request can take, and cost, at most. */
export function amountAtMost(request: ModelRequest, price: Price | undefined): Amount {
  return amount(promptTokensAtMost(request), completionTokensAtMost(request), price);
}

function completionTokensAtMost(request: ModelRequest): number {
  return (tokenLimit(request) ?? 0) * request.samples;
}

function amount(prompt: number, completion: number, price: Price | undefined): Amount {
  const usage: Usage = {
    promptTokens: prompt,
    completionTokens: completion,
    reasoningTokens: null,
    cachedTokens: null,
  };
  return {
    requests: 1,
    tokens: prompt + completion,
    cost: price === undefined ? 0 : (costOf(usage, price) ?? 0),
  };
}

/** Usage that the endpoint left out, estimated upwards and marked. */
function estimated(completion: Completion, prompt: number, price: Price | undefined): Completion {
  if (completion.usage.promptTokens !== null && completion.usage.completionTokens !== null) return completion;
  const usage: Usage = {
    ...completion.usage,
    promptTokens: completion.usage.promptTokens ?? prompt,
    completionTokens:
      completion.usage.completionTokens ??
      Buffer.byteLength(completion.text) + Buffer.byteLength(completion.reasoning ?? ""),
    estimated: true,
  };
  const cost = completion.cost ?? (price && costOf(usage, price));
  return { ...completion, usage, ...(cost === undefined ? {} : { cost }) };
}

function sum(completions: Completion[]): Amount {
  const total: Amount = { requests: 1, tokens: 0, cost: 0 };
  for (const { usage, cost } of completions) {
    total.tokens += (usage.promptTokens ?? 0) + (usage.completionTokens ?? 0);
    total.cost += cost ?? 0;
  }
  return total;
}

function bytesOf(partial: PartialText[]): number {
  return partial.reduce(
    (sum, { text, reasoning }) => sum + Buffer.byteLength(text) + Buffer.byteLength(reasoning),
    0,
  );
}

/** A refusal costs nothing; a reply that broke off, what had arrived; one that never came may have been written. */
function costOfFailure(
  error: unknown,
  prompt: number,
  received: number,
  most: number,
  price: Price | undefined,
): Amount {
  if (error instanceof CotError && error.status !== undefined) return { requests: 1, tokens: 0, cost: 0 };
  const arrived =
    error instanceof CotError && error.partial !== undefined ? bytesOf(error.partial) : received;
  const silent = error instanceof CotError && error.code === "timeout" && arrived === 0;
  return amount(prompt, silent ? most : arrived, price);
}
