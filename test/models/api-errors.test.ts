import { describe, expect, it } from "vitest";
import { CotError, type ErrorCode } from "../../src/errors.ts";
import { fromErrorObject, toCotError } from "../../src/models/api-errors.ts";
import { HttpError } from "../../src/models/http-error.ts";
import { connect } from "../../src/models/connection.ts";
import { Headers } from "../../src/models/transport/headers.ts";
import { SilenceError } from "../../src/models/transport/silence.ts";

const key = "sk-very-secret-key";
const openai = connect({ provider: "openai", model: "m" }, { key });
const own = connect({ provider: null, model: "m" }, { baseUrl: "http://localhost:8000/v1" });
const ollama = connect({ provider: "ollama", model: "qwen3" }, {});

function fromHttp(status: number, body: unknown, headers = {}, connection = openai): CotError {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  // as the SDK wraps it
  const thrown = new Error("Connection error.", { cause: new HttpError(status, text, new Headers(headers)) });
  return toCotError(thrown, connection, "qwen3");
}

const rows: [who: string, status: number, body: unknown, code: ErrorCode, message: string][] = [
  [
    "OpenAI",
    401,
    { error: { message: "Incorrect API key provided", code: "invalid_api_key" } },
    "key",
    "Incorrect API key",
  ],
  [
    "OpenAI",
    403,
    { error: { message: "Country not supported", code: "unsupported_country" } },
    "key",
    "Country",
  ],
  [
    "OpenAI",
    404,
    { error: { message: "The model `gpt-9` does not exist", code: "model_not_found" } },
    "refused",
    "gpt-9",
  ],
  [
    "OpenAI",
    429,
    { error: { message: "Rate limit reached", code: "rate_limit_exceeded" } },
    "rate_limit",
    "Rate limit",
  ],
  [
    "OpenAI",
    429,
    { error: { message: "You exceeded your current quota", code: "insufficient_quota" } },
    "quota",
    "quota",
  ],
  ["OpenAI", 429, { error: { message: "Limit", type: "insufficient_quota" } }, "quota", "Limit"],
  ["OpenAI", 500, { error: { message: "The server had an error" } }, "server", "The server had an error"],
  ["OpenAI", 503, "upstream connect error", "server", "upstream connect error"],
  [
    "Anthropic",
    529,
    { type: "error", error: { type: "overloaded_error", message: "Overloaded" } },
    "server",
    "Overloaded",
  ],
  ["Anthropic", 400, { error: { message: "Your credit balance is too low to access" } }, "quota", "credit"],
  ["DeepSeek", 402, { error: { message: "Insufficient Balance" } }, "quota", "Insufficient"],
  [
    "Gemini",
    429,
    [{ error: { code: 429, message: "Quota exceeded for metric", status: "RESOURCE_EXHAUSTED" } }],
    "rate_limit",
    "metric",
  ],
  [
    "Gemini",
    400,
    [{ error: { code: 400, message: 'Unknown name "seed"', status: "INVALID_ARGUMENT" } }],
    "refused",
    "seed",
  ],
  [
    "vLLM",
    404,
    { object: "error", message: "The model `m` does not exist.", type: "NotFoundError", code: 404 },
    "refused",
    "does not exist",
  ],
  [
    "vLLM",
    400,
    { error: { message: "maximum context length is 4096 tokens", type: "BadRequestError", code: 400 } },
    "refused",
    "context",
  ],
  [
    "llama.cpp",
    503,
    { error: { code: 503, message: "Loading model", type: "unavailable_error" } },
    "server",
    "Loading",
  ],
  [
    "Ollama",
    404,
    { error: { message: 'model "qwen3" not found, try pulling it first', type: "api_error" } },
    "refused",
    "pulling",
  ],
  ["Ollama", 400, { error: "invalid options" }, "refused", "invalid options"],
  [
    "Mistral",
    422,
    { object: "error", message: { detail: [{ loc: ["body", "n"], msg: "Extra inputs" }] } },
    "refused",
    "Extra inputs",
  ],
  ["FastAPI", 422, { detail: [{ loc: ["body"], msg: "field required" }] }, "refused", "field required"],
  [
    "OpenRouter",
    403,
    { error: { code: 403, message: "Your input was flagged", metadata: {} } },
    "refused",
    "flagged",
  ],
  [
    "OpenRouter",
    502,
    { error: { message: "Provider returned error", metadata: { raw: "upstream says no" } } },
    "server",
    "upstream says no",
  ],
  ["a proxy", 408, "", "timeout", "without a message"],
  [
    "a proxy",
    502,
    "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>",
    "server",
    "502 Bad Gateway",
  ],
  [
    "Gemini",
    400,
    [
      {
        error: {
          code: 400,
          message: "API key not valid. Please pass a valid API key.",
          status: "INVALID_ARGUMENT",
        },
      },
    ],
    "key",
    "not valid",
  ],
  [
    "xAI",
    400,
    { code: "Client specified an invalid argument", error: "Incorrect API key provided: xa***" },
    "key",
    "xa",
  ],
  [
    "FastAPI",
    422,
    { detail: [{ loc: ["body", "n"], msg: "too many" }, { msg: "no" }] },
    "refused",
    ": n: too many; no (",
  ],
  ["a firewall", 403, "<!DOCTYPE html><title>Just a moment...</title>", "refused", "Just a moment..."],
  ["a proxy", 302, "", "refused", "without a message"],
  ["a proxy", 413, "<h1>Too\u001b[31m large</h1>", "refused", "Too [31m large"],
];

describe("errors with a status", () => {
  it.each(rows)("%s, %i %j is %s", (_who, status, body, code, message) => {
    const error = fromHttp(status, body);
    expect(error.code).toBe(code);
    expect(error.status).toBe(status);
    expect(error.message).toContain(message);
    expect(error.message).toContain("api.openai.com");
  });

  it("carry how long the endpoint asks to wait", () => {
    const waits = (headers: Record<string, string>) => fromHttp(429, {}, headers).retryAfterMs;
    expect(waits({ "retry-after": "7" })).toBe(7000);
    expect(waits({ "retry-after": "0.5" })).toBe(500);
    expect(waits({ "retry-after-ms": "20", "retry-after": "7" })).toBe(20);
    const date = new Date(Date.now() + 60_000).toUTCString();
    expect(waits({ "retry-after": date })).toBeGreaterThan(50_000);
    expect(waits({ "retry-after": "Mon, 01 Jan 2001 00:00:00 GMT" })).toBe(0);
    expect(waits({ "retry-after": "soon" })).toBeUndefined();
    expect(waits({})).toBeUndefined();
  });

  it("never show the key, and no control characters", () => {
    const error = fromHttp(401, { error: { message: `no such key: ${key}\u001b[2J` } });
    expect(error.message).not.toContain(key);
    expect(error.message).toContain("[key]");
    expect(error.message).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });

  it("say what to do", () => {
    expect(fromHttp(401, {}).hint).toContain("OPENAI_API_KEY");
    expect(fromHttp(401, {}, {}, own).hint).toContain("COT_API_KEY");
    const missing = 'model "qwen3" not found, try pulling it first';
    expect(fromHttp(404, { error: { message: missing, type: "api_error" } }, {}, ollama).hint).toBe(
      "ollama pull qwen3",
    );
    expect(
      fromHttp(404, { error: { code: "DeploymentNotFound", message: "The API deployment" } }).hint,
    ).toContain("cot models");
    expect(fromHttp(302, "").hint).toContain("/v1");
    expect(fromHttp(413, "").hint).toContain("too long");
    expect(fromHttp(400, { error: { message: "exceeds the available context size" } }).hint).toContain(
      "too long",
    );
    expect(fromHttp(403, "<html>Forbidden</html>").hint).toContain("HTML");
    expect(fromHttp(404, "404 page not found", {}, own).hint).toContain("/v1");
    expect(fromHttp(400, { error: { message: "too long", code: "context_length_exceeded" } }).hint).toContain(
      "too long",
    );
  });

  it("cut long pages short", () => {
    expect(fromHttp(500, "x".repeat(10_000)).message.length).toBeLessThan(600);
  });
});

describe("errors in a stream", () => {
  it.each<[unknown, ErrorCode]>([
    [{ error: { code: 502, message: "Provider disconnected" } }, "server"],
    [{ error: { code: 429, message: "slow down" } }, "rate_limit"],
    [{ error: { type: "insufficient_quota", message: "x" } }, "quota"],
    [{ error: { type: "rate_limit_error", message: "x" } }, "rate_limit"],
    [{ error: { type: "invalid_request_error", message: "x" } }, "refused"],
    [{ error: { type: "authentication_error", message: "x" } }, "key"],
    [{ error: { type: "overloaded_error", message: "x" } }, "server"],
    [{ error: { message: "x" } }, "server"],
    [{ error: "x" }, "server"],
    // LM Studio
    [{ error: "Unexpected endpoint or method. (POST /chat/completions)" }, "refused"],
    [{ object: "error", message: "x", type: "BadRequestError", code: 400 }, "refused"],
    [
      { type: "response.failed", response: { error: { code: "rate_limit_exceeded", message: "x" } } },
      "rate_limit",
    ],
    [{ type: "error", code: "server_error", message: "x" }, "server"],
  ])("%j is %s", (body, code) => {
    expect(fromErrorObject(body, openai, "m").code).toBe(code);
  });
});

describe("errors of the connection", () => {
  const wrapped = (cause: Error) => new Error("Connection error.", { cause });
  it.each<[Error, ErrorCode, string]>([
    [Object.assign(new Error("x"), { code: "ECONNREFUSED" }), "network", "connection refused"],
    [Object.assign(new Error("x"), { code: "ENOTFOUND" }), "network", "no such host"],
    [Object.assign(new Error("x"), { code: "ECONNRESET" }), "network", "cut off"],
    [
      Object.assign(new Error("self-signed certificate"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }),
      "network",
      "certificate",
    ],
    [new SilenceError(600_000), "timeout", "nothing came for 600 s"],
  ])("%s is %s", (cause, code, message) => {
    const error = toCotError(wrapped(cause), own, "m");
    expect(error.code).toBe(code);
    expect(error.message).toContain(`localhost:8000: `);
    expect(error.message).toContain(message);
    expect(error.retryable).toBe(true);
  });

  it("a kept-alive connection that was closed meanwhile is asked again at once", () => {
    const reset = Object.assign(new Error("x"), { code: "ECONNRESET", reusedSocket: true });
    expect(toCotError(wrapped(reset), own, "m").retryAfterMs).toBe(0);
  });

  it("what the transport says itself is passed on", () => {
    const said = new CotError("usage", "the proxy is no address");
    expect(toCotError(wrapped(said), own, "m")).toBe(said);
  });

  it("a bug of ours stays one", () => {
    expect(() => toCotError(new TypeError("x is undefined"), own, "m")).toThrow(TypeError);
  });

  it("an abort gives the signal's own reason, where it is one of ours", () => {
    const reason = new CotError("terminated", "terminated");
    expect(toCotError(new Error("x"), own, "m", AbortSignal.abort(reason))).toBe(reason);
    expect(toCotError(new Error("x"), own, "m", AbortSignal.abort()).code).toBe("interrupted");
  });
});
