import { CotError } from "../errors.ts";
import { toCotError } from "./api-errors.ts";
import { asRecord } from "./json.ts";
import { openClient } from "./client.ts";
import { connect, type Connection } from "./connection.ts";
import { parsedJson } from "./http-error.ts";
import { providers, providerBaseUrl, type ModelSpec } from "./providers.ts";
import type { ModelSettings } from "./settings.ts";

/**
 * The names that `GET /models` offers, in the endpoint's order.
 * @throws CotError with the code of what went wrong
 */
export function listModels(
  spec: ModelSpec,
  settings: ModelSettings,
  signal?: AbortSignal,
): Promise<string[]> {
  return modelsAt(connect(spec, settings), signal);
}

async function modelsAt(connection: Connection, signal: AbortSignal | undefined): Promise<string[]> {
  const client = await openClient(connection);
  let reply: unknown;
  try {
    const response = await client.models.list({ signal }).asResponse();
    reply = parsedJson(await response.text());
  } catch (error) {
    throw toCotError(error, connection, "", signal);
  }
  // most wrap the list; Together does not, and Ollama without a model says null
  const list = Array.isArray(reply) ? (reply as unknown[]) : (asRecord(reply)["data"] ?? emptyList(reply));
  if (!Array.isArray(list)) {
    const hint = `Is ${connection.baseUrl} the right base URL? Most end in /v1.`;
    throw new CotError("malformed", `${connection.host} sent no list of models`, { hint });
  }
  // Gemini's names have a prefix that requests go without
  return list
    .map((model) => asRecord(model)["id"])
    .filter((id) => typeof id === "string")
    .map((id) => (connection.provider?.name === "gemini" ? id.replace(/^models\//, "") : id));
}

function emptyList(reply: unknown): unknown[] | undefined {
  return asRecord(reply)["object"] === "list" ? [] : undefined;
}

/**
 * The model of an endpoint that has but one.
 * @throws CotError `key` where it has none or several, naming them
 */
export async function soleModel(connection: Connection, onNotice: (notice: string) => void): Promise<string> {
  const models = await modelsAt(connection, undefined);
  const [only] = models;
  if (only === undefined || models.length > 1) {
    throw new CotError(
      "key",
      `no model is chosen, and ${connection.host} has ${only === undefined ? "none" : "several"}`,
      {
        hint: only === undefined ? "Name one with -m." : `Choose with -m: ${models.join(", ")}`,
      },
    );
  }
  onNotice(`model ${only}, the only one at ${connection.host}`);
  return only;
}

/** A server that answered on one of the usual local ports. */
export interface LocalServer {
  /** The preset's name: `ollama`, `lmstudio`, `llamacpp`, `vllm`. */
  provider: string;
  baseUrl: string;
  models: string[];
}

const patienceMs = 1000;

/** Looks for Ollama, LM Studio, llama.cpp and vLLM on loopback: those that answer within a second. */
export async function probeLocalServers(settings: ModelSettings = {}): Promise<LocalServer[]> {
  const local = providers.filter(({ keyVariable }) => keyVariable === undefined);
  const found = await Promise.all(
    local.map(async (provider) => {
      const baseUrl = providerBaseUrl(provider, settings.environment ?? {});
      // no key of the user's goes to whoever may listen there
      const own: ModelSettings = { baseUrl, timeoutMs: patienceMs, environment: {} };
      try {
        const models = await listModels({ provider: provider.name }, own, AbortSignal.timeout(patienceMs));
        return { provider: provider.name, baseUrl, models };
      } catch (error) {
        // nobody there, or somebody else
        if (error instanceof CotError) return undefined;
        throw error;
      }
    }),
  );
  return found.filter((server) => server !== undefined);
}
