import { asRecord } from "./json.ts";
import type { Headers } from "./transport/headers.ts";

/** An answer that is an error, with all that it said; the SDK's own errors forget bodies that are not `{error}`. */
export class HttpError extends Error {
  override readonly name = "HttpError";

  constructor(
    readonly status: number,
    readonly body: string,
    readonly headers: Headers,
  ) {
    // the SDK takes an error whose text speaks of time-outs for its own
    super(`HTTP ${String(status)}`);
  }
}

/** What an endpoint says of an error, wherever it puts it. */
export interface ApiError {
  message: string;
  code: string;
  type: string;
  /** The parameter that it refuses, empty where it names none. */
  parameter: string;
  /** A page of HTML: the words of something between us and the API. */
  isPage: boolean;
}

export function readApiError({ body }: HttpError): ApiError {
  return readErrorBody(parsedJson(body), body);
}

/** Reads the forms in which OpenAI, Gemini, vLLM, Ollama, Mistral and FastAPI write errors. */
export function readErrorBody(body: unknown, text: string): ApiError {
  const outer = asRecord(Array.isArray(body) ? body[0] : body);
  const inner = outer["error"] ?? outer;
  const fields = typeof inner === "string" ? { message: inner } : asRecord(inner);
  const message = messageOf(fields["message"] ?? fields["detail"] ?? fields["msg"]);
  // OpenRouter hides the upstream's words here
  const raw = asRecord(fields["metadata"])["raw"];
  return {
    message:
      printable(message || plainText(text) || "an error without a message") +
      (raw ? `: ${printable(messageOf(raw))}` : ""),
    code: messageOf(fields["code"]),
    type: messageOf(fields["type"] ?? fields["status"]),
    parameter: messageOf(fields["param"]),
    isPage: /^\s*<(!doctype|html)/i.test(text),
  };
}

function messageOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(messageOf).join("; ");
  const { detail, msg, loc } = asRecord(value);
  if (detail !== undefined) return messageOf(detail);
  if (typeof msg !== "string") return JSON.stringify(value);
  // FastAPI's, Mistral's too: `["body", "messages", 0]` is where
  const place = Array.isArray(loc) ? loc.filter((step) => step !== "body").join(".") : "";
  return place === "" ? msg : `${place}: ${msg}`;
}

/** HTML error pages say little: their title will do. */
function plainText(text: string): string {
  const title = /<title>(.*?)<\/title>/is.exec(text)?.[1];
  return title ?? text.replace(/<[^>]*>/g, " ");
}

function printable(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, " ").trim();
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}

/** Undefined for what is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
