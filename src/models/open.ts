import { usageError, type CotError } from "../errors.ts";
import { checkBuiltinRequest } from "./builtin-request.ts";
import { redactedHeaders } from "./client.ts";
import { connect } from "./connection.ts";
import { embeddingModel } from "./embeddings.ts";
import type { EndpointOptions } from "./endpoint.ts";
import { soleModel } from "./list.ts";
import { budget } from "./middleware/budget.ts";
import { boundedRequest } from "./middleware/bounds.ts";
import { fixedConcurrency } from "./middleware/concurrency-fixed.ts";
import { openGate } from "./middleware/gate.ts";
import { limit, type ConcurrencyLaw } from "./middleware/limit.ts";
import { retry } from "./middleware/retry.ts";
import { samples } from "./middleware/samples.ts";
import { thinkTags } from "./middleware/think-tags.ts";
import type { Model, ModelRequest } from "./model.ts";
import { chatBody, responsesBody, usesResponses } from "./parameters.ts";
import { priceOf, type Price } from "./price.ts";
import type { ModelSpec } from "./providers.ts";
import { isSecretName } from "./secrets.ts";
import type { Middleware, ModelSettings } from "./settings.ts";
import { sleepFor } from "./sleep.ts";

const defaultRetries = 5;
/** Requests in flight where neither a number nor a law says how many. */
const defaultConcurrency = 8;

const free: Price = { input: 0, output: 0 };
const unchanged: Middleware = (model) => model;
const silent = (): void => undefined;
const clock = (): number => performance.now();

/**
 * Opens what a person named, composed once per process. Sends nothing, save where no model is named and the endpoint
 * has to be asked for the only one it has.
 * @throws CotError `usage` where the settings do not fit; `key` where no model is named and the endpoint has several
 */
export async function openModel(spec: ModelSpec, settings: ModelSettings = {}): Promise<Model> {
  const {
    cache = unchanged,
    onNotice = silent,
    now = clock,
    sleep = sleepFor,
    random = Math.random,
  } = settings;
  const account = settings.budget;
  if (spec.provider === "builtin") {
    const { openBuiltin } = await import("./builtin.ts");
    const within = account === undefined ? unchanged : budget({ account, price: free, onNotice });
    return cache(within(await openBuiltin(spec.model, { random, now, onNotice })));
  }

  const connection = connect(spec, settings);
  const provider = connection.provider;
  const model = spec.model ?? provider?.defaultModel ?? (await soleModel(connection, onNotice));
  const price = settings.price ?? priceOf(provider?.name, model);
  if (account?.caps.maxCost !== undefined && price === undefined) throw unknownPrice(model, connection.host);
  const { rpm, tpm, stop } = settings;
  const gate = openGate({ law: lawOf(settings, now), rpm, tpm, stop, now, sleep });
  connection.onRateLimit = gate.onRateLimit;

  const options: EndpointOptions = { connection, model, price, onNotice, now };
  const responses = usesResponses(provider, model);
  const endpoint = responses
    ? (await import("./responses.ts")).responsesModel(options)
    : (await import("./openai.ts")).openaiModel(options);
  const each = samples({ oneSampleARequest: responses || provider?.quirks.oneSampleARequest === true });
  const again = retry({ retries: settings.retries ?? defaultRetries, stop, onNotice, now, sleep, random });
  const within = account === undefined ? unchanged : budget({ account, price, onNotice });
  const embedder = remembered((name) => {
    // rates and slots are a model's own; the price of the larger one keeps a budget on the safe side
    const law = lawOf({ ...settings, concurrencyLaw: undefined }, now);
    const own = openGate({ law, rpm, tpm, stop, now, sleep });
    const ownConnection = { ...connection, onRateLimit: own.onRateLimit };
    return cache(
      again(within(limit(own)(embeddingModel({ ...options, connection: ownConnection, model: name })))),
    );
  });
  return { ...each(cache(again(within(limit(gate)(thinkTags(endpoint)))))), embedder };
}

/** Makes what belongs to a name once. */
function remembered<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    if (!made.has(name)) made.set(name, make(name));
    return made.get(name)!;
  };
}

function lawOf({ concurrency = "auto", concurrencyLaw }: ModelSettings, now: () => number): ConcurrencyLaw {
  return concurrencyLaw ?? fixedConcurrency(concurrency === "auto" ? defaultConcurrency : concurrency, now);
}

/** A cap on the cost of what has no price holds nothing. */
export function unknownPrice(model: string, host: string): CotError {
  return usageError(
    `--max-cost needs a price, and that of ${JSON.stringify(model)} at ${host} is unknown`,
    `Put it into the config: {"prices": {${JSON.stringify(model)}: {"input": DOLLARS, "output": DOLLARS}}}, per million tokens.`,
  );
}

/** A request as it would go out; the key is redacted. */
export interface RenderedRequest {
  method: "POST";
  url: string;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

/** What `--dry-run` prints: the first attempt's exact request. Sends nothing. */
export function renderRequest(
  spec: ModelSpec,
  settings: ModelSettings,
  request: ModelRequest,
): RenderedRequest {
  if (spec.provider === "builtin") return renderBuiltin(spec.model ?? "main", request);
  const connection = connect(spec, settings);
  const { provider, baseUrl, query } = connection;
  const model = spec.model ?? provider?.defaultModel ?? "";
  const responses = usesResponses(provider, model);
  const bounded = boundedRequest(request, settings.budget?.caps ?? {});
  const one = responses || provider?.quirks.oneSampleARequest === true || request.seed !== undefined;
  const single: ModelRequest = one ? { ...bounded, samples: 1 } : bounded;
  const search = redactedQuery(query);
  return {
    method: "POST",
    url: `${baseUrl}${responses ? "/responses" : "/chat/completions"}${search === "" ? "" : `?${search}`}`,
    headers: redactedHeaders(connection),
    body: responses ? responsesBody(single, model) : chatBody(single, model, provider),
  };
}

function redactedQuery(query: Readonly<Record<string, string>>): string {
  const shown = new URLSearchParams(query);
  for (const name of Object.keys(query)) if (isSecretName(name)) shown.set(name, "[redacted]");
  return shown.toString();
}

/** What the built-in model is asked: it has no address, and reads no messages. */
function renderBuiltin(model: string, request: ModelRequest): RenderedRequest {
  checkBuiltinRequest(request);
  const { question, context, strategy, samples: n, temperature, seed, maxTokens } = request;
  const body = { model, question, context, strategy, n, temperature, seed, max_tokens: maxTokens };
  return { method: "POST", url: "builtin", headers: {}, body: { ...body } };
}
