/** A row of the table of presets. */
export interface Provider {
  /** As typed before the colon. */
  name: string;
  /** As people write it. */
  title: string;
  /** With the version, without a trailing slash; empty where only `--base-url` can say it (azure). */
  baseUrl: string;
  /** The environment variable of its key; undefined where none is needed (local servers). */
  keyVariable?: string;
  /** What is asked without a model's name; undefined where the server alone knows. */
  defaultModel?: string;
  /** Where and when the default model was looked up. */
  source: string;
  quirks: Quirks;
}

/** Where an endpoint departs from the chat API. */
export interface Quirks {
  /** Ignores or refuses `n`: each sample is its own request. */
  oneSampleARequest?: true;
  /** Field of the token limit for every model; default: by model family. */
  maxTokensField?: "max_tokens" | "max_completion_tokens";
  /** How an effort is written; default `reasoning_effort`. */
  effortStyle?: "reasoning_effort" | "reasoning.effort";
  /** Refuses `stream_options`. */
  noStreamOptions?: true;
  /** Reasoning models are asked through the Responses API. */
  responses?: true;
  /** The key goes into this header, bare, instead of `Authorization: Bearer`. */
  keyHeader?: string;
}

/** What `--model` names. */
export interface ModelSpec {
  /** A preset's name, `builtin`, or null for a base URL of the user's own. */
  provider: string | null;
  /** The name as sent; undefined: the preset's default, or what `GET /models` alone offers. */
  model?: string;
}

export const providers: readonly Provider[] = [];

/** The preset of that name. */
export function findProvider(name: string): Provider | undefined {
  return providers.find((provider) => provider.name === name);
}

/**
 * Reads `--model`. What stands before the first colon is a provider only if the table (or `builtin`) has it.
 * @param ownBaseUrl whether a base URL was given: then the whole of `text` is the model's name
 */
export function parseModelSpec(text: string, ownBaseUrl: boolean): ModelSpec {
  if (ownBaseUrl) return { provider: null, model: text };
  const colon = text.indexOf(":");
  const name = colon < 0 ? text : text.slice(0, colon);
  const known = name === "builtin" || findProvider(name) !== undefined;
  if (!known) return { provider: null, model: text };
  const model = colon < 0 ? "" : text.slice(colon + 1);
  return model === "" ? { provider: name } : { provider: name, model };
}
