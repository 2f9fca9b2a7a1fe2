import type { Model, ModelRequest } from "./model.ts";
import type { ModelSpec } from "./providers.ts";
import type { ModelSettings } from "./settings.ts";

/**
 * Opens what a person named, composed once per process: retries outside budget and slots, a store outside all.
 * Sends nothing.
 * @throws CotError `usage` where the settings do not fit, `key` where a needed key is missing
 */
export function openModel(spec: ModelSpec, settings: ModelSettings): Promise<Model> {
  void spec;
  void settings;
  return Promise.reject(new Error("not yet"));
}

/** A request as it would go out; the key is redacted. */
export interface RenderedRequest {
  method: "POST";
  url: string;
  headers: Record<string, string>;
  body: Record<string, unknown>;
}

/** What `--dry-run` prints: the first attempt's exact request. */
export function renderRequest(
  spec: ModelSpec,
  settings: ModelSettings,
  request: ModelRequest,
): Promise<RenderedRequest> {
  void spec;
  void settings;
  void request;
  return Promise.reject(new Error("not yet"));
}
