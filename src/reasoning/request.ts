import { CotError, type PartialText } from "../errors.ts";
import type { Completion, Model, ModelRequest } from "../models/model.ts";
import type { Question } from "../questions/question.ts";
import type { AskHooks, AskOptions } from "./options.ts";

/** The request for `samples` of a question's samples, from index `firstSample` on. */
export function buildRequest(
  question: Question,
  options: AskOptions,
  model: Pick<Model, "endpoint">,
  firstSample: number,
  samples: number,
): ModelRequest {
  const request: ModelRequest = {
    messages: options.messages(question),
    question: question.asked ?? question.question,
    strategy: options.strategy,
    samples,
    firstSample,
  };
  if (question.context !== undefined) request.context = question.context;
  const temperature = options.temperature ?? defaultTemperature(options, model);
  if (temperature !== undefined) request.temperature = temperature;
  if (options.maxTokens !== undefined) request.maxTokens = options.maxTokens;
  if (options.effort !== undefined) request.effort = options.effort;
  if (options.seed !== undefined) request.seed = options.seed + firstSample;
  if (options.set !== undefined) request.set = options.set;
  return request;
}

/** Endpoints have defaults of their own; the built-in model is greedy for one sample and samples for several. */
function defaultTemperature(options: AskOptions, model: Pick<Model, "endpoint">): number | undefined {
  if (model.endpoint !== "builtin") return undefined;
  return (options.samples ?? 1) > 1 ? 1 : 0;
}

/** The completions of one request; where it failed, the error and what had arrived. */
export interface Reply {
  completions: Completion[];
  partials: PartialText[];
  error?: unknown;
}

/** Sends one request, reports its deltas, and returns its completions; an error comes back as data. */
export async function send(model: Model, request: ModelRequest, hooks: AskHooks): Promise<Reply> {
  const partials = new Map<number, PartialText>();
  try {
    const live = hooks.live ?? hooks.onEvent !== undefined;
    const { onArrival } = hooks;
    const asked = { ...request, ...(live && { live }), ...(onArrival && { onArrival }) };
    for await (const event of model.generate(asked, hooks.signal)) {
      if (event.type === "finish") return { completions: event.completions, partials: [] };
      let partial = partials.get(event.sample);
      if (!partial) partials.set(event.sample, (partial = { sample: event.sample, reasoning: "", text: "" }));
      if (event.type === "text-delta") partial.text += event.text;
      else partial.reasoning += event.text;
      hooks.onEvent?.(event);
    }
    throw new CotError("network", `the reply of ${model.endpoint} broke off before its end`);
  } catch (error) {
    const gathered = error instanceof CotError ? error.partial : undefined;
    return { completions: [], partials: gathered ?? [...partials.values()], error };
  }
}
