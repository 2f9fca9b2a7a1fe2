import type { CompletionStore, StoredCompletion } from "./store.ts";

/** A store that forgets with the process: for runs without an output file. */
export function memoryStore(): CompletionStore {
  const entries = new Map<string, StoredCompletion>();
  const records = new Map<string, Record<string, unknown>>();
  return {
    getRecord: (key) => Promise.resolve(records.get(key)),
    putRecord(key, record) {
      records.set(key, record);
      return Promise.resolve();
    },
    get: (key) => Promise.resolve(entries.get(key)),
    put(stored) {
      for (const { key, ...entry } of stored) entries.set(key, entry as StoredCompletion);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
