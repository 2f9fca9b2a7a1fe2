import { bracketed } from "./transport/ipv6.ts";
import type { Environment } from "./transport/proxy.ts";

/** A row of the table of presets. */
export interface Provider {
  /** As typed before the colon. */
  name: string;
  /** As people write it. */
  title: string;
  /** With the version, without a trailing slash; empty where only a variable or `--base-url` can say it. */
  baseUrl: string;
  /** A variable with the server's address, as the provider's own tools read it. */
  baseUrlVariable?: string;
  /** The environment variable of its key; undefined where none is needed (local servers). */
  keyVariable?: string;
  /** What is asked without a model's name; undefined where the server alone knows. */
  defaultModel?: string;
  /** Where and when the default model was taken from. */
  source?: string;
  quirks: Quirks;
}

/** Where an endpoint departs from the chat API as most speak it. */
export interface Quirks {
  /** Ignores or refuses `n`: each sample is its own request. */
  oneSampleARequest?: true;
  /** Field of the token limit; default `max_tokens`, for OpenAI's reasoning models `max_completion_tokens`. */
  maxTokensField?: "max_completion_tokens";
  /** How an effort is written; default `reasoning_effort`. `thinking`: it is switched off by a field of that name. */
  effort?: "reasoning.effort" | "thinking";
  /** Refuses `stream_options`; sends usage anyway. */
  noStreamOptions?: true;
  /** The seed's field; default `seed`. */
  seedField?: "random_seed";
  /** Hides reasoning in the chat API; its reasoning models are asked through the Responses API. */
  responses?: true;
}

/** What `--model` names. */
export interface ModelSpec {
  /** A preset's name, `builtin`, or null for a base URL of the user's own. */
  provider: string | null;
  /** The name as sent; undefined: the preset's default, or what `GET /models` alone offers. */
  model?: string;
}

/** Default models are for general use and not dear; `source` says where and when each was seen on offer. */
export const providers: readonly Provider[] = [
  {
    name: "openai",
    title: "OpenAI",
    baseUrl: "https://api.openai.com/v1",
    keyVariable: "OPENAI_API_KEY",
    defaultModel: "gpt-6-luna",
    source: "docs.litellm.ai/blog/gpt_6_sol_luna, 2026-09-22",
    quirks: { maxTokensField: "max_completion_tokens", responses: true },
  },
  {
    name: "azure",
    title: "Azure OpenAI",
    baseUrl: "",
    baseUrlVariable: "AZURE_OPENAI_ENDPOINT",
    keyVariable: "AZURE_OPENAI_API_KEY",
    quirks: { maxTokensField: "max_completion_tokens", responses: true },
  },
  {
    name: "anthropic",
    title: "Anthropic",
    baseUrl: "https://api.anthropic.com/v1",
    keyVariable: "ANTHROPIC_API_KEY",
    defaultModel: "claude-sonnet-5",
    source: "docs.perplexity.ai/docs/gateway/models, 2026-10",
    quirks: { oneSampleARequest: true },
  },
  {
    name: "deepseek",
    title: "DeepSeek",
    baseUrl: "https://api.deepseek.com/v1",
    keyVariable: "DEEPSEEK_API_KEY",
    defaultModel: "deepseek-flash",
    source: "api-docs.deepseek.com/quick_start/pricing, 2026-10",
    quirks: { oneSampleARequest: true, effort: "thinking" },
  },
  {
    name: "openrouter",
    title: "OpenRouter",
    baseUrl: "https://openrouter.ai/api/v1",
    keyVariable: "OPENROUTER_API_KEY",
    defaultModel: "openrouter/auto",
    source: "openrouter.ai/docs, its own router, 2025-10",
    quirks: { oneSampleARequest: true, effort: "reasoning.effort" },
  },
  {
    name: "groq",
    title: "Groq",
    baseUrl: "https://api.groq.com/openai/v1",
    keyVariable: "GROQ_API_KEY",
    defaultModel: "openai/gpt-oss-120b",
    source: "console.groq.com/docs/models, 2026-05",
    quirks: { oneSampleARequest: true, maxTokensField: "max_completion_tokens" },
  },
  {
    name: "together",
    title: "Together AI",
    baseUrl: "https://api.together.xyz/v1",
    keyVariable: "TOGETHER_API_KEY",
    defaultModel: "openai/gpt-oss-120b",
    source: "github.com/braintrustdata/braintrust-proxy/issues/566, 2026-05",
    quirks: {},
  },
  {
    name: "fireworks",
    title: "Fireworks AI",
    baseUrl: "https://api.fireworks.ai/inference/v1",
    keyVariable: "FIREWORKS_API_KEY",
    defaultModel: "accounts/fireworks/models/gpt-oss-120b",
    source: "fireworks.ai/models, 2025-10",
    quirks: {},
  },
  {
    name: "mistral",
    title: "Mistral AI",
    baseUrl: "https://api.mistral.ai/v1",
    keyVariable: "MISTRAL_API_KEY",
    defaultModel: "mistral-medium-latest",
    source: "vercel.com/ai-gateway/models/mistral-medium-3.5, 2026-10",
    quirks: { noStreamOptions: true, seedField: "random_seed" },
  },
  {
    name: "gemini",
    title: "Google Gemini",
    baseUrl: "https://generativelanguage.googleapis.com/v1beta/openai",
    keyVariable: "GEMINI_API_KEY",
    defaultModel: "gemini-3.8-flash",
    source: "ai.google.dev/gemini-api/docs/deprecations, 2026-10",
    quirks: {},
  },
  {
    name: "xai",
    title: "xAI",
    baseUrl: "https://api.x.ai/v1",
    keyVariable: "XAI_API_KEY",
    defaultModel: "grok-4.5",
    source: "docs.apiyi.com/en/api-capabilities/grok/overview, 2026-07-13",
    quirks: {},
  },
  {
    name: "huggingface",
    title: "Hugging Face",
    baseUrl: "https://router.huggingface.co/v1",
    keyVariable: "HF_TOKEN",
    defaultModel: "openai/gpt-oss-120b",
    source: "huggingface.co/docs/inference-providers, 2025-10",
    quirks: { oneSampleARequest: true },
  },
  {
    name: "ollama",
    title: "Ollama",
    baseUrl: "http://127.0.0.1:11434/v1",
    baseUrlVariable: "OLLAMA_HOST",
    quirks: { oneSampleARequest: true },
  },
  {
    name: "lmstudio",
    title: "LM Studio",
    baseUrl: "http://127.0.0.1:1234/v1",
    quirks: { oneSampleARequest: true },
  },
  {
    name: "llamacpp",
    title: "llama.cpp",
    baseUrl: "http://127.0.0.1:8080/v1",
    quirks: { oneSampleARequest: true },
  },
  {
    name: "vllm",
    title: "vLLM",
    baseUrl: "http://127.0.0.1:8000/v1",
    quirks: {},
  },
];

/** The preset of that name. */
export function findProvider(name: string): Provider | undefined {
  return providers.find((provider) => provider.name === name);
}

/** The hosted preset that lives at a host (`api.openai.com`); local ports belong to whoever listens there. */
export function providerAt(host: string): Provider | undefined {
  return providers.find(
    ({ baseUrl, keyVariable }) =>
      keyVariable !== undefined && baseUrl !== "" && new URL(baseUrl).host === host,
  );
}

/** Where a preset is reached: its own variable, else the table; empty where neither says. */
export function providerBaseUrl(provider: Provider, environment: Environment): string {
  const address = provider.baseUrlVariable && environment[provider.baseUrlVariable];
  if (!address) return provider.baseUrl;
  if (provider.name === "azure")
    return `${address.replace(/\/+$/, "").replace(/\/openai(\/v1)?$/, "")}/openai/v1`;
  return `${ollamaAddress(address)}/v1`;
}

const ollamaForm = /^(?:(https?):\/\/)?(\[.*\]|[^/:]*)(?::(\d+))?(\/.*?[^/])?\/*$/;

/**
 * `OLLAMA_HOST` is also what the server binds to: without a scheme, without a port, `0.0.0.0` for everywhere. It may have
 * a path.
 */
function ollamaAddress(address: string): string {
  const parts = ollamaForm.exec(bracketed(address));
  if (parts === null) return address;
  const [, scheme = "http", host = "", port, path = ""] = parts;
  const name = ["", "0.0.0.0", "[::]"].includes(host) ? "127.0.0.1" : host;
  const defaultPort = address.includes("://") ? { http: "80", https: "443" }[scheme] : "11434";
  return `${scheme}://${name}:${port ?? defaultPort ?? ""}${path}`;
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
