import type { ModelSpec } from "./providers.ts";
import type { ModelSettings } from "./settings.ts";

/** The names that `GET /models` offers, in the endpoint's order. */
export function listModels(
  spec: ModelSpec,
  settings: ModelSettings,
  signal?: AbortSignal,
): Promise<string[]> {
  void spec;
  void settings;
  void signal;
  return Promise.reject(new Error("not yet"));
}

/** A server that answered on one of the usual local ports. */
export interface LocalServer {
  /** The preset's name: `ollama`, `lmstudio`, `llamacpp`, `vllm`. */
  provider: string;
  baseUrl: string;
  models: string[];
}

/** Looks for Ollama, LM Studio, llama.cpp and vLLM on loopback; the answers of those that answer within a second. */
export function probeLocalServers(settings?: ModelSettings): Promise<LocalServer[]> {
  void settings;
  return Promise.reject(new Error("not yet"));
}
