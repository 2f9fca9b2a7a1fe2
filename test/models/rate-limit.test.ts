import { describe, expect, it } from "vitest";
import { readRateLimit } from "../../src/models/rate-limit.ts";
import { Headers } from "../../src/models/transport/headers.ts";

const read = (fields: Record<string, string>) =>
  readRateLimit(
    new Headers(Object.fromEntries(Object.entries(fields).map(([k, v]) => [`x-ratelimit-${k}`, v]))),
  );

describe("readRateLimit", () => {
  it("reads OpenAI's headers", () => {
    expect(
      read({
        "remaining-requests": "59",
        "remaining-tokens": "149984",
        "reset-requests": "1s",
        "reset-tokens": "6m0s",
      }),
    ).toEqual({
      remainingRequests: 59,
      remainingTokens: 149_984,
      requestsResetMs: 1000,
      tokensResetMs: 360_000,
    });
  });

  it.each([
    ["20ms", 20],
    ["1h2m3.5s", 3_723_500],
    ["7.66s", 7660],
    ["12", 12_000],
    ["soon", undefined],
  ])("a reset in %s is %s ms", (text, expected) => {
    expect(read({ "reset-requests": text }).requestsResetMs).toBe(expected);
  });

  it("leaves out what is not sent", () => {
    expect(read({})).toEqual({});
  });
});
