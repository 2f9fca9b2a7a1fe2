import { realpath } from "node:fs/promises";

import { usageError } from "../errors.ts";
import { diskFiles, type Files } from "../files.ts";
import { openStore, type CompletionStore, type OpenStore } from "../models/store.ts";
import { takeLock, type Lock } from "./lock.ts";
import { changedSettings, type RunSettings } from "./settings.ts";
import { openView, type View } from "./view.ts";

/** An output and the journal beside it, held by this process alone. */
export interface Journal {
  /** Every completion that the output is made of. */
  store: CompletionStore;
  /** The output itself. */
  view: View;
  /** Completions that an earlier run has left. */
  found: number;
  /** Lets go of output, journal and lock, whatever state they are in. */
  close(): Promise<void>;
}

export interface JournalOptions {
  /** Forget what an earlier run has left. */
  fresh?: boolean;
  files?: Files;
  /** For tests without a disk. */
  lock?: (path: string, subject: string) => Promise<Lock>;
}

/**
 * Opens `FILE.journal` and FILE, to begin or to go on.
 * @throws CotError (usage) where another process has them, the journal was written with other settings, FILE holds
 * something that is not ours, or either cannot be opened
 */
export async function openJournal(
  output: string,
  settings: RunSettings,
  options: JournalOptions = {},
): Promise<Journal> {
  const { files = diskFiles, lock: take = takeLock } = options;
  // a draft renamed over a symbolic link would replace the link
  const path = files === diskFiles ? await realpath(output).catch(() => output) : output;
  const journalPath = `${path}.journal`;
  const lock = await take(`${journalPath}.lock`, output);
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    try {
      for (const one of opened.splice(0).reverse()) await one.close();
    } finally {
      await lock.release();
    }
  };
  try {
    await refuseForeign(output, path, journalPath, files);
    if (options.fresh) await forget(path, journalPath, files);
    const begin = () => openStore(journalPath, { files, header: { settings } });
    let store = await begin();
    if (store.keys === 0 && changedSettings(settingsOf(store), settings).length > 0) {
      // nothing was answered under the other settings
      await store.close();
      await forget(path, journalPath, files);
      store = await begin();
    }
    opened.push(store);
    refuseOtherSettings(output, store, settings);
    const view = await openView(path, files);
    opened.push(view);
    return { store, view, found: store.keys, close };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

/**
 * The completions that an earlier run with this output has left, to read only: no lock is taken, nothing is written.
 * @returns undefined where there are none
 * @throws CotError (usage) where the journal was written with other settings, or is none of ours
 */
export async function readJournal(
  output: string,
  settings: RunSettings,
  files: Files = diskFiles,
): Promise<OpenStore | undefined> {
  const path = files === diskFiles ? await realpath(output).catch(() => output) : output;
  if (((await files.size(`${path}.journal`)) ?? 0) === 0) return undefined;
  const store = await openStore(`${path}.journal`, { files, readOnly: true });
  try {
    if (store.keys > 0) refuseOtherSettings(output, store, settings);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function refuseForeign(output: string, path: string, journalPath: string, files: Files): Promise<void> {
  const [size = 0, journalSize = 0] = [await files.size(path), await files.size(journalPath)];
  if (size === 0 || journalSize > 0) return;
  throw usageError(
    `${output} is there already, and has no journal of ours beside it: it is left alone`,
    "Name another file, or remove this one.",
  );
}

async function forget(path: string, journalPath: string, files: Files): Promise<void> {
  // opening refuses what is no journal of ours
  if (((await files.size(journalPath)) ?? 0) > 0) await (await openStore(journalPath, { files })).close();
  // the output first: without a journal it would be a stranger's
  await files.remove(path);
  await files.remove(journalPath);
}

function settingsOf({ header }: OpenStore): Record<string, unknown> {
  return (header["settings"] ?? {}) as Record<string, unknown>;
}

function refuseOtherSettings(output: string, store: OpenStore, settings: RunSettings): void {
  const changes = changedSettings(settingsOf(store), settings);
  if (changes.length === 0) return;
  throw usageError(
    `${output} was begun with other settings: ${changes.join(", ")}`,
    "--fresh starts over and forgets its answers; another -o keeps both; the old settings go on with it.",
  );
}
