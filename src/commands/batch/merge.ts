import { mergeParts, type Merged } from "../../batch/merge.ts";
import { usageError } from "../../errors.ts";
import { diskFiles } from "../../files.ts";
import { openStore } from "../../models/store.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { group } from "../../output/terminal/progress.ts";
import { chosenFormat } from "../chosen-format.ts";
import { notesOf } from "../notes.ts";
import type { BatchInput } from "./input.ts";
import type { BatchSettings } from "./settings.ts";

/** `--merge`: the outputs of parts as one, in the order of the questions. */
export async function mergeCommand(
  input: BatchInput,
  settings: BatchSettings,
  terminal: Terminal,
): Promise<number> {
  const { merge: parts = [], output } = settings;
  if (chosenFormat(settings, "jsonl") !== "jsonl") throw usageError("--merge writes JSONL, as the parts are");
  const merged =
    output === undefined
      ? await mergeParts(input.questions, parts, (line) => terminal.stdout.write(line))
      : await mergeInto(output, input, parts);
  const { note } = notesOf(terminal, settings);
  note(
    `${group(merged.written)} results of ${parts.length} parts` +
      (merged.failed > 0 ? `; ${group(merged.failed)} of them failed questions` : "") +
      (merged.missing > 0 ? `; ${group(merged.missing)} questions are missing` : ""),
  );
  return merged.missing + merged.failed > 0 ? 3 : 0;
}

/** Beside the joined output stands the joined journal: without --merge, the same file goes on with what is missing. */
async function mergeInto(output: string, input: BatchInput, parts: readonly string[]): Promise<Merged> {
  await refuseOthers(output);
  const draft = `${output}.new`;
  const file = await diskFiles.open(draft, "truncate");
  let merged: Merged;
  try {
    merged = await mergeParts(input.questions, parts, (line) => file.append(line));
    await file.sync();
  } catch (error) {
    await file.close();
    await diskFiles.remove(draft);
    throw error;
  }
  await file.close();
  await joinJournals(`${output}.journal`, parts);
  await diskFiles.rename(draft, output);
  return merged;
}

/** An output that --merge has not made is left alone. */
async function refuseOthers(output: string): Promise<void> {
  const [size = 0, journalSize = 0] = [
    await diskFiles.size(output),
    await diskFiles.size(`${output}.journal`),
  ];
  if (journalSize > 0) {
    const store = await openStore(`${output}.journal`);
    await store.close();
    if (store.header["merged"] === true) return;
  } else if (size === 0) return;
  throw usageError(
    `${output} is there already, and is not of an earlier --merge: it is left alone`,
    "Name another file, or remove this one.",
  );
}

async function joinJournals(path: string, parts: readonly string[]): Promise<void> {
  await diskFiles.remove(path);
  let joined: Awaited<ReturnType<typeof openStore>> | undefined;
  try {
    for (const part of parts) {
      if (((await diskFiles.size(`${part}.journal`)) ?? 0) === 0) continue;
      const store = await openStore(`${part}.journal`);
      const { settings } = store.header;
      joined ??= await openStore(path, { header: { settings, merged: true } });
      let last: Promise<void> | undefined;
      for await (const entry of store.entries()) last = joined.put([entry]);
      await last;
      await store.close();
    }
    joined ??= await openStore(path, { header: { merged: true } });
  } finally {
    await joined?.close();
  }
}
