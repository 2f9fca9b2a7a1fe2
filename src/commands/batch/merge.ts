import { realpath } from "node:fs/promises";

import { isJoined, joinJournals } from "../../batch/join-journals.ts";
import { takeLock } from "../../batch/lock.ts";
import { mergeParts, type Merged } from "../../batch/merge.ts";
import { usageError } from "../../errors.ts";
import { diskFiles } from "../../files.ts";
import { openStore } from "../../models/store.ts";
import type { Terminal } from "../../output/terminal/terminal.ts";
import { chosenFormat } from "../chosen-format.ts";
import { counted } from "../counted.ts";
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
  const { written, failed, missing } = merged;
  note(
    `${counted(written, "result")} of ${counted(parts.length, "part")}` +
      (failed > 0 ? `; ${counted(failed, "failed question")} among them` : "") +
      (missing > 0 ? `; ${counted(missing, "question")} missing` : ""),
  );
  return merged.missing + merged.failed > 0 ? 3 : 0;
}

/** Beside the joined output stands the joined journal: without --merge, the same file goes on with what is missing. */
async function mergeInto(output: string, input: BatchInput, parts: readonly string[]): Promise<Merged> {
  // a draft renamed over a symbolic link would replace the link
  const path = await realpath(output).catch(() => output);
  const lock = await takeLock(`${path}.journal.lock`, output);
  const draft = `${path}.new`;
  try {
    await refuseOthers(output, path);
    const merged = await writeParts(draft, input, parts);
    await joinJournals(`${path}.journal`, parts);
    await diskFiles.rename(draft, path);
    return merged;
  } finally {
    await diskFiles.remove(draft);
    await lock.release();
  }
}

async function writeParts(
  path: string,
  { questions }: BatchInput,
  parts: readonly string[],
): Promise<Merged> {
  const file = await diskFiles.open(path, "truncate");
  try {
    const merged = await mergeParts(questions, parts, (line) => file.append(line));
    await file.sync();
    return merged;
  } finally {
    await file.close();
  }
}

/** An output that --merge has not made is left alone. */
async function refuseOthers(output: string, path: string): Promise<void> {
  const [size = 0, journalSize = 0] = [await diskFiles.size(path), await diskFiles.size(`${path}.journal`)];
  if (journalSize > 0) {
    const store = await openStore(`${path}.journal`, { readOnly: true });
    await store.close();
    if (isJoined(store.header)) return;
  } else if (size === 0) return;
  throw usageError(
    `${output} is there already, and is not of an earlier --merge: it is left alone`,
    "Name another file, or remove this one.",
  );
}
