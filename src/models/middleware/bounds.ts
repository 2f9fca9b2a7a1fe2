import type { ModelRequest } from "../model.ts";
import type { Caps } from "./account.ts";

/** Sent under a cap on tokens or cost where a request has no limit of its own: an unbounded reply has no bound. */
const cappedMaxTokens = 8192;

/** The request itself, or, under a cap that needs one, with a limit of completion tokens. */
export function boundedRequest(request: ModelRequest, { maxCost, maxTokensTotal }: Caps): ModelRequest {
  if (maxCost === undefined && maxTokensTotal === undefined) return request;
  return tokenLimit(request) === undefined ? { ...request, maxTokens: cappedMaxTokens } : request;
}

/** The request's limit of completion tokens, `--set` included. */
export function tokenLimit({ set, maxTokens }: ModelRequest): number | undefined {
  for (const field of ["max_completion_tokens", "max_tokens", "max_output_tokens"]) {
    const value = set?.[field];
    if (typeof value === "number") return value;
  }
  return maxTokens;
}

/** No tokenizer makes more tokens of a text than it has bytes; each message has a few of its own around it. */
export function promptTokensAtMost(request: ModelRequest): number {
  return request.messages.reduce((tokens, { content }) => tokens + Buffer.byteLength(content) + 16, 0);
}
