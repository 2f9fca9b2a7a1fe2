import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { takeLock } from "../../batch/lock.ts";
import { usageError } from "../../errors.ts";
import { makeDirectory } from "../../make-directory.ts";
import { openStore, type OpenStore } from "../../models/store.ts";

/** The folder of a data set, for one process at a time, with the journal of everything its teacher said. */
export interface Folder {
  path: string;
  store: OpenStore;
  close(): Promise<void>;
}

/**
 * Opens it, to begin or to go on.
 * @param fresh forget what was asked
 * @throws CotError (usage) where something else is there, or another process at work
 */
export async function openFolder(path: string, fresh = false): Promise<Folder> {
  const there = await readdir(path).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    throw usageError(`cannot write ${path}: ${code === "ENOTDIR" ? "it is a file" : String(code)}`);
  });
  if (there.length > 0 && !there.some((name) => name === "journal" || name === "lock")) {
    throw usageError(`${path} is not empty, and no data set of cot distill`, "Name another folder with -o.");
  }
  await makeDirectory(path);
  const lock = await takeLock(join(path, "lock"), path);
  try {
    const journal = join(path, "journal");
    if (fresh) await rm(journal, { force: true });
    const store = await openStore(journal);
    return { path, store, close: () => store.close().finally(() => lock.release()) };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
