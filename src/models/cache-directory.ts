import { join } from "node:path";

import { makeDirectory } from "../make-directory.ts";
import { openStore, type CompletionStore } from "./store.ts";

/**
 * The store that runs share (`--cache`): a directory of completion stores, cut by the key's first two digits, so that
 * one question reads a 256th of what is stored.
 * @throws CotError (usage) where the directory cannot be made
 */
export async function openCacheDirectory(directory: string): Promise<CompletionStore> {
  await makeDirectory(directory, 0o700);
  const parts = new Map<string, ReturnType<typeof openStore>>();
  const part = (key: string): ReturnType<typeof openStore> => {
    const name = key.slice(0, 2);
    let store = parts.get(name);
    if (store === undefined) {
      store = openStore(join(directory, `${name}.jsonl`), { shared: true });
      parts.set(name, store);
    }
    return store;
  };
  return {
    get: async (key) => (await part(key)).get(key),
    // one request's samples share their key's hash, hence their part
    put: async (entries) => {
      for (const entry of entries) await (await part(entry.key)).put([entry]);
    },
    getRecord: async (key) => (await part(key)).getRecord(key),
    putRecord: async (key, record) => (await part(key)).putRecord(key, record),
    async close() {
      for (const store of parts.values()) await (await store).close();
    },
  };
}
