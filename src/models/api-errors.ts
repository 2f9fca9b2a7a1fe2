import { CotError, type CotErrorOptions, type ErrorCode } from "../errors.ts";
import type { Connection } from "./connection.ts";
import { HttpError, readApiError, readErrorBody, type ApiError } from "./http-error.ts";
import { asRecord } from "./json.ts";
import { networkError } from "./network-error.ts";
import { readRetryAfter } from "./rate-limit.ts";
import { SilenceError } from "./transport/silence.ts";

/** An error that is worth asking again although its code is final. */
export class AskAgain extends CotError {
  constructor(
    code: ErrorCode,
    message: string,
    /** `amended`: the endpoint's model has dropped what was refused; `broken`: this reply was damaged on its way. */
    readonly reason: "amended" | "broken",
    options: CotErrorOptions = {},
  ) {
    super(code, message, options);
  }
}

/**
 * Turns what a request threw into a `CotError`.
 * @throws the error itself where it is a bug of ours, which no retry may hide
 */
export function toCotError(
  error: unknown,
  connection: Connection,
  model: string,
  signal?: AbortSignal,
): CotError {
  if (signal?.aborted) return interruption(signal);
  if (error instanceof CotError) return error;
  const cause = rootCause(error);
  if (cause instanceof CotError) return cause;
  if (cause instanceof HttpError) return fromStatus(cause, connection, model);
  if (cause instanceof SilenceError) {
    return new CotError("timeout", `${connection.host}: ${cause.message}`, {
      cause,
      hint: "--timeout sets the longest silence, in seconds.",
    });
  }
  if (isBug(cause)) throw cause;
  return networkError(cause, connection.host);
}

/** What the network and the platform throw has a code. */
function isBug(cause: unknown): boolean {
  const programming =
    cause instanceof TypeError || cause instanceof ReferenceError || cause instanceof RangeError;
  return programming && (cause as NodeJS.ErrnoException).code === undefined;
}

/** The caller's own reason, where it is one of ours: Ctrl-C and SIGTERM have different codes. */
export function interruption(signal: AbortSignal): CotError {
  const reason: unknown = signal.reason;
  return reason instanceof CotError ? reason : new CotError("interrupted", "interrupted", { cause: reason });
}

/** The SDK wraps what the transport threw. */
function rootCause(error: unknown): unknown {
  let current = error;
  const ours = (one: Error): boolean => one instanceof HttpError || one instanceof CotError;
  while (current instanceof Error && !ours(current) && current.cause instanceof Error) {
    current = current.cause;
  }
  return current;
}

/** The reply of status 400 or 422 that a request threw, undefined where it threw something else. */
export function refusal(error: unknown): HttpError | undefined {
  const cause = rootCause(error);
  return cause instanceof HttpError && (cause.status === 400 || cause.status === 422) ? cause : undefined;
}

function fromStatus(error: HttpError, connection: Connection, model: string): CotError {
  const said = readApiError(error);
  const code = codeOf(error.status, said);
  const retryAfterMs = readRetryAfter(error.headers, Date.now());
  return apiError(code, said, connection, model, {
    status: error.status,
    cause: error,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** An error object in a stream, or in a reply of status 200: its own code says what it is. */
export function fromErrorObject(body: unknown, connection: Connection, model: string): CotError {
  const said = readErrorBody(asRecord(body)["response"] ?? body, "");
  const number = Number(said.code);
  return apiError(codeOf(number >= 400 && number < 600 ? number : 0, said), said, connection, model, {});
}

function apiError(
  code: ErrorCode,
  said: ApiError,
  connection: Connection,
  model: string,
  options: CotErrorOptions,
): CotError {
  const status = options.status === undefined ? "" : ` (${String(options.status)})`;
  const message = `${connection.host}: ${withoutKey(said.message, connection.key)}${status}`;
  const hint = hintFor(code, said, connection, model, options.status);
  return new CotError(code, message, hint === undefined ? options : { ...options, hint });
}

function codeOf(status: number, said: ApiError): ErrorCode {
  const kind = `${said.code} ${said.type}`;
  if (/insufficient_quota|billing_hard_limit/.test(kind)) return "quota";
  if (status === 402 || /credit balance is too low|insufficient balance/i.test(said.message)) return "quota";
  if (status === 401) return "key";
  // Gemini and xAI
  if (status === 400 && /api key not valid|(incorrect|invalid) api key/i.test(said.message)) return "key";
  if (status === 403) return said.isPage || /flagged|moderation/i.test(said.message) ? "refused" : "key";
  if (status === 408) return "timeout";
  if (status === 429) return "rate_limit";
  if (status === 409 || status === 425) return "server";
  if (status === 501 || (status >= 300 && status < 500)) return "refused";
  if (status >= 500) return "server";
  // no status: an error in a stream
  if (/rate_limit|too_many_requests|RESOURCE_EXHAUSTED/i.test(kind)) return "rate_limit";
  if (/authentication|invalid_api_key|permission/i.test(kind)) return "key";
  if (/invalid_request|not_found|BadRequest/i.test(kind) || isNoRoute(said)) return "refused";
  return "server";
}

/** LM Studio's answer, of status 200, to a path that it does not have. */
function isNoRoute({ message }: ApiError): boolean {
  return /^unexpected endpoint/i.test(message);
}

function hintFor(
  code: ErrorCode,
  said: ApiError,
  connection: Connection,
  model: string,
  status: number | undefined,
): string | undefined {
  const { provider } = connection;
  if (code === "key") {
    const variable = provider?.keyVariable ?? "COT_API_KEY";
    return connection.key === undefined
      ? `Set ${variable}, or name another variable with --key-env.`
      : `Check the key in ${variable} (or the one that --key-env names).`;
  }
  if (code === "quota") return `The account at ${connection.host} has nothing left to spend.`;
  const tooLong = /context_length_exceeded|context (length|window|size)|too many tokens/i;
  if (tooLong.test(`${said.code} ${said.message}`) || status === 413)
    return "The question with its context is too long for this model.";
  if (status === 403 && said.isPage)
    return "That is a page of HTML: something before the API, a firewall perhaps, sent it.";
  const noRoute = isNoRoute(said) || (status !== undefined && status >= 300 && status < 400);
  if (status !== 404 && !noRoute) return undefined;
  if (!/\b(model|deployment)/i.test(said.message))
    return `Is ${connection.baseUrl} the right base URL? Most end in /v1.`;
  if (provider?.name === "ollama") return `ollama pull ${model}`;
  return "cot models lists what the endpoint offers.";
}

function withoutKey(text: string, key: string | undefined): string {
  return key === undefined || key.length < 4 ? text : text.replaceAll(key, "[key]");
}
