import type { Headers } from "./transport/headers.ts";

/** What an endpoint says about its limits (`x-ratelimit-*`); fields that it does not send are absent. */
export interface RateLimit {
  remainingRequests?: number;
  /** Milliseconds until there are requests again. */
  requestsResetMs?: number;
  remainingTokens?: number;
  tokensResetMs?: number;
}

/** OpenAI's names, which Groq, Azure, Together, Mistral and others share. */
export function readRateLimit(headers: Headers): RateLimit {
  const limit: RateLimit = {};
  const read = (name: string): string | null => headers.get(`x-ratelimit-${name}`);
  assign(limit, "remainingRequests", toNumber(read("remaining-requests")));
  assign(limit, "remainingTokens", toNumber(read("remaining-tokens")));
  assign(limit, "requestsResetMs", parseDuration(read("reset-requests")));
  assign(limit, "tokensResetMs", parseDuration(read("reset-tokens")));
  return limit;
}

/**
 * How long an error's headers ask us to wait: `retry-after-ms`, else `Retry-After` in seconds or as an HTTP date.
 * @param nowMs since the epoch
 * @returns milliseconds, 0 for a date that has passed; undefined where they say nothing readable
 */
export function readRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const milliseconds = toNumber(headers.get("retry-after-ms"));
  if (milliseconds !== undefined) return Math.max(0, milliseconds);
  const text = headers.get("retry-after");
  const seconds = toNumber(text);
  if (seconds !== undefined) return Math.max(0, seconds * 1000);
  const date = Date.parse(text ?? "");
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

/** `1s`, `6m0s`, `20ms`, `1h2m3.5s`, or bare seconds, as milliseconds. */
function parseDuration(text: string | null): number | undefined {
  const seconds = toNumber(text);
  if (seconds !== undefined) return seconds * 1000;
  if (text === null || !/^(\d+(\.\d+)?(ms|h|m|s))+$/.test(text)) return undefined;
  const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g))
    sum += Number(amount) * units[unit!]!;
  return sum;
}

function toNumber(text: string | null): number | undefined {
  if (text === null || !/^\s*-?\d+(\.\d+)?\s*$/.test(text)) return undefined;
  return Number(text);
}

function assign(limit: RateLimit, field: keyof RateLimit, value: number | undefined): void {
  if (value !== undefined) limit[field] = value;
}
