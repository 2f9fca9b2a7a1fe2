import type { ModelRequest } from "./model.ts";
import type { Provider, Quirks } from "./providers.ts";

/** What an endpoint was found to refuse, remembered for the process. */
export interface Amendments {
  dropped: Set<string>;
  /** The token limit goes under its other name. */
  swapMaxTokens: boolean;
}

export type Body = Record<string, unknown>;

export function noAmendments(): Amendments {
  return { dropped: new Set(), swapMaxTokens: false };
}

/**
 * OpenAI's reasoning models, also under a vendor's prefix (`openai/o3`): they know `max_completion_tokens` only, refuse
 * a temperature, and hide their reasoning in the chat API.
 */
export function isOpenAiReasoningModel(model: string): boolean {
  return /^(openai\/)?(o\d|gpt-[5-9]|codex-)(?!.*chat)/.test(model);
}

/** Whether a model is asked through the Responses API: where the chat API would hide its reasoning. */
export function usesResponses(provider: Provider | undefined, model: string): boolean {
  return provider?.quirks.responses === true && isOpenAiReasoningModel(model);
}

/** The body of a chat completion, as this endpoint and model take it. `--set` has the last word. */
export function chatBody(
  request: ModelRequest,
  model: string,
  provider: Provider | undefined,
  amendments: Amendments = noAmendments(),
): Body {
  const quirks = provider?.quirks ?? {};
  const stream = request.stream !== false;
  const reasoningModel = isOpenAiReasoningModel(model);
  const completionTokens =
    (quirks.maxTokensField === "max_completion_tokens" || reasoningModel) !== amendments.swapMaxTokens;
  const body: Body = {
    model,
    messages: request.messages,
    n: request.samples > 1 && !quirks.oneSampleARequest ? request.samples : undefined,
    temperature: takesTemperature(request, reasoningModel) ? request.temperature : undefined,
    [completionTokens ? "max_completion_tokens" : "max_tokens"]: request.maxTokens,
    ...effortFields(request, quirks),
    [quirks.seedField ?? "seed"]: request.seed,
    response_format: request.responseFormat,
    ...(provider?.name === "openrouter" ? { usage: { include: true } } : {}),
    stream: stream || undefined,
    stream_options: stream && !quirks.noStreamOptions ? { include_usage: true } : undefined,
  };
  return finished(body, request, amendments);
}

function effortFields({ effort }: ModelRequest, quirks: Quirks): Body {
  if (quirks.effort === "reasoning.effort") return { reasoning: effort && { effort } };
  if (quirks.effort === "thinking" && effort === "none") return { thinking: { type: "disabled" } };
  return { reasoning_effort: effort };
}

/** The body of a request to the Responses API, for OpenAI's reasoning models. */
export function responsesBody(
  request: ModelRequest,
  model: string,
  amendments: Amendments = noAmendments(),
): Body {
  const body: Body = {
    model,
    input: request.messages,
    max_output_tokens: request.maxTokens,
    temperature: takesTemperature(request, true) ? request.temperature : undefined,
    reasoning: thinking(request, amendments),
    text: request.responseFormat && { format: flatFormat(request.responseFormat) },
    store: false,
    stream: request.stream !== false || undefined,
  };
  return finished(body, request, amendments);
}

/** How hard to think and that a summary is wanted, each unless it was refused. */
function thinking({ effort }: ModelRequest, { dropped }: Amendments): Body | undefined {
  const fields: Body = {
    ...(effort === undefined || dropped.has("reasoning.effort") ? {} : { effort }),
    ...(dropped.has("reasoning.summary") ? {} : { summary: "auto" }),
  };
  return Object.keys(fields).length === 0 ? undefined : fields;
}

/** Newer reasoning models take a temperature where they are told not to reason. */
function takesTemperature(request: ModelRequest, reasoningModel: boolean): boolean {
  return !reasoningModel || request.effort === "none";
}

/** The chat API nests a schema's fields one deeper. */
function flatFormat(format: Record<string, unknown>): Record<string, unknown> {
  const { json_schema: nested, ...rest } = format;
  return { ...rest, ...(nested as Record<string, unknown> | undefined) };
}

function finished(body: Body, request: ModelRequest, amendments: Amendments): Body {
  const kept = Object.entries(body).filter(
    ([field, value]) => value !== undefined && !amendments.dropped.has(field),
  );
  return merged(Object.fromEntries(kept), request.set ?? {});
}

/** `--set` wins, down to a nested field. */
function merged(base: Body, over: Body): Body {
  const result = { ...base };
  for (const [field, value] of Object.entries(over)) {
    const below = result[field];
    result[field] = isPlain(below) && isPlain(value) ? merged(below, value) : value;
  }
  return result;
}

function isPlain(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
