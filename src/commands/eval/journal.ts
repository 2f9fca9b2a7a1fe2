import { takeLock } from "../../batch/lock.ts";
import { usageError } from "../../errors.ts";
import { diskFiles } from "../../files.ts";
import { cache } from "../../models/middleware/cache.ts";
import type { Model } from "../../models/model.ts";
import { openStore, type CompletionStore } from "../../models/store.ts";

/** What an evaluation with `-o FILE` keeps beside it, so that nothing is asked twice. */
export interface Journal {
  /** The model, answering from the journal what it holds and keeping the rest. */
  around(model: Model): Model;
  close(): Promise<void>;
}

export interface JournalOptions {
  /** Begin anew. */
  fresh?: boolean;
  /** Ask again what the endpoint refused for good. */
  retryFailed?: boolean;
}

/**
 * Opens `FILE.journal`, for one process at a time.
 * @throws CotError (usage) where FILE is somebody else's, or in use
 */
export async function openJournal(output: string, options: JournalOptions = {}): Promise<Journal> {
  const { fresh = false, retryFailed = false } = options;
  const path = `${output}.journal`;
  const written = (await diskFiles.size(output)) ?? 0;
  if (written > 0 && (await diskFiles.size(path)) === undefined) {
    throw usageError(
      `${output} is not empty, and not an output of cot eval`,
      "name another file, or remove it",
    );
  }
  const lock = await takeLock(`${output}.lock`, output);
  try {
    if (fresh) await diskFiles.remove(path);
    const store = await openStore(path);
    const remembering = cache(retryFailed ? withoutFailures(store) : store, { keepFailures: true });
    return {
      around: remembering,
      async close() {
        await store.close().finally(() => lock.release());
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function withoutFailures(store: CompletionStore): CompletionStore {
  return {
    ...store,
    async get(key) {
      const stored = await store.get(key);
      return stored?.failure ? undefined : stored;
    },
  };
}
