import { asRecord } from "./json.ts";
import type { ApiError } from "./http-error.ts";
import type { Amendments, Body } from "./parameters.ts";

/** What an endpoint says of the parameter that it refuses. */
type Refusal = Pick<ApiError, "code" | "message" | "parameter">;

/** Without these there is no request. */
const essential = new Set(["model", "messages", "input", "store"]);

/** Words by which servers call a parameter that they do not name. */
const nicknames: Record<string, RegExp> = {
  reasoning_effort: /\b(thinking|reasoning|effort)\b/i,
  reasoning: /\b(thinking|reasoning|effort)\b/i,
  stream_options: /\binclude_usage\b/,
  stream: /\bstreaming\b/i,
  response_format: /\b(json_schema|json_object|json mode|structured outputs?)\b/i,
};

/**
 * Finds which parameter of a request an endpoint refuses, and remembers to send it no more. `max_tokens` and
 * `max_completion_tokens` are swapped for each other, once.
 * @param set the fields of `--set`, which are never dropped
 * @returns what to tell the person, or undefined where the error names nothing that could be left out; an empty text
 * where the same was learnt meanwhile from another request
 */
export function amend(error: Refusal, sent: Body, set: Body, amendments: Amendments): string | undefined {
  if (/context_length_exceeded/.test(error.code)) return undefined;
  const parameter = refusedParameter(error, sent, set);
  if (parameter === undefined) return undefined;
  if (parameter === "max_tokens" || parameter === "max_completion_tokens") {
    const other = parameter === "max_tokens" ? "max_completion_tokens" : "max_tokens";
    if (amendments.dropped.has("token limit")) return amendments.dropped.has(parameter) ? "" : undefined;
    amendments.dropped.add("token limit").add(parameter);
    amendments.swapMaxTokens = !amendments.swapMaxTokens;
    return `does not take ${parameter}: sending ${other} instead`;
  }
  if (amendments.dropped.has(parameter)) return "";
  amendments.dropped.add(parameter);
  if (parameter === "stream") amendments.dropped.add("stream_options");
  return `does not take ${parameter}: going on without it`;
}

function refusedParameter(error: Refusal, sent: Body, set: Body): string | undefined {
  const candidates = Object.keys(sent).filter((field) => !essential.has(field) && !(field in set));
  const [named = "", nested = ""] = error.parameter.split(/[.[]/);
  if (candidates.includes(named)) {
    // of the Responses API's `reasoning` one half may be refused without the other
    const whole = named !== "reasoning" || nested === "";
    return whole ? named : has(sent[named], nested) ? `${named}.${nested}` : undefined;
  }
  // it names something else: a message, the model, or a field of `--set`
  if (named !== "" && named in sent) return undefined;
  // summaries want a verified organisation; the refusal may come without naming the field
  const summary = candidates.includes("reasoning") && has(sent["reasoning"], "summary");
  if (summary && /summar(y|ies)/i.test(error.message)) return "reasoning.summary";
  // the longest first: `stream_options` also contains `stream`
  candidates.sort((a, b) => b.length - a.length);
  const spelled = candidates.find((field) =>
    new RegExp(`(?<![\\w.-])${field}(?![\\w-])`).test(error.message),
  );
  return spelled ?? candidates.find((field) => nicknames[field]?.test(error.message));
}

function has(value: unknown, field: string): boolean {
  return asRecord(value)[field] !== undefined;
}
