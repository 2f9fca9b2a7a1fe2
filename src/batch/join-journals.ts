import { diskFiles, type Files } from "../files.ts";
import { openStore, type OpenStore, type StoreHeader } from "../models/store.ts";

/** Whether a journal is the join of others, and may be joined anew. */
export function isJoined(header: StoreHeader): boolean {
  return header["merged"] === true;
}

/**
 * Joins the journals that stand beside the parts' outputs into one, which keeps what it has had already: replies that
 * came after an earlier join are paid for as well. Parts that are still being written are read as far as they are.
 */
export async function joinJournals(
  path: string,
  parts: readonly string[],
  files: Files = diskFiles,
): Promise<void> {
  const draft = `${path}.new`;
  await files.remove(draft);
  const sources: OpenStore[] = [];
  try {
    // where several have a key, the last counts: what came after an earlier join
    for (const journal of [...parts.map((part) => `${part}.journal`), path]) {
      const isThere = ((await files.size(journal)) ?? 0) > 0;
      if (isThere) sources.push(await openStore(journal, { files, readOnly: true }));
    }
    const settings = sources[0]?.header["settings"];
    const joined = await openStore(draft, { files, header: { settings, merged: true } });
    try {
      let last: Promise<void> | undefined;
      for (const source of sources) {
        for await (const entry of source.entries()) last = joined.put([entry]);
      }
      await last;
    } finally {
      await joined.close();
    }
  } finally {
    for (const source of sources) await source.close();
  }
  await files.rename(draft, path);
}
