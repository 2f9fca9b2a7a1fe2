import type { CompletionStore, StoredCompletion } from "./store.ts";

/** A store that forgets with the process: for runs without an output file. */
export function memoryStore(): CompletionStore {
  const entries = new Map<string, StoredCompletion>();
  return {
    get: (key) => Promise.resolve(entries.get(key)),
    put(stored) {
      for (const { key, ...entry } of stored) entries.set(key, entry as StoredCompletion);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
