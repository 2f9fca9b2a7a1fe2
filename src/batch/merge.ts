import { usageError } from "../errors.ts";
import { diskFiles, type Files } from "../files.ts";
import { parseObject, splitLines } from "../jsonl.ts";
import type { Question } from "../questions/question.ts";

/** What joining the outputs of parts has found. */
export interface Merged {
  /** Lines written. */
  written: number;
  /** Questions that no part has. */
  missing: number;
  /** Lines written that are failed questions. */
  failed: number;
}

/** Where a line stands. */
interface Place {
  part: number;
  offset: number;
  length: number;
}

/**
 * Joins the outputs of parts in the order of the questions; memory holds ids and offsets.
 * @param write takes the lines as they stand in the parts, one at a time
 * @throws CotError (usage) where a line is no result, a question is there twice, or a result belongs to no question
 */
export async function mergeParts(
  questions: AsyncIterable<Question>,
  parts: readonly string[],
  write: (line: string) => Promise<void>,
  files: Files = diskFiles,
): Promise<Merged> {
  const places = new Map<string, Place>();
  for (const part of parts.keys()) await index(parts, part, places, files);
  const merged: Merged = { written: 0, missing: 0, failed: 0 };
  const order: Place[] = [];
  for await (const { id } of questions) {
    const place = places.get(id);
    if (place === undefined) merged.missing += 1;
    else order.push(place);
    places.delete(id);
  }
  for (const [id, { part }] of places) {
    throw usageError(`${parts[part]!} has a result of "${id}", which is none of the questions`);
  }
  const opened = await Promise.all(parts.map((part) => files.open(part, "read")));
  try {
    for (const { part, offset, length } of order) {
      const line = (await opened[part]!.read(offset, length)).toString();
      await write(`${line}\n`);
      merged.written += 1;
      if (parseObject(line)?.["error"] !== undefined) merged.failed += 1;
    }
  } finally {
    for (const file of opened) await file.close();
  }
  return merged;
}

async function index(
  parts: readonly string[],
  part: number,
  places: Map<string, Place>,
  files: Files,
): Promise<void> {
  const path = parts[part]!;
  if ((await files.size(path)) === undefined) throw usageError(`cannot read ${path}: there is no such file`);
  for await (const { bytes, number, offset } of splitLines(files.read(path))) {
    if (bytes.length === 0) continue;
    const id = parseObject(bytes.toString())?.["id"];
    if (typeof id !== "string") {
      throw usageError(`${path}, line ${number}: not a result (cot batch writes them, --format jsonl)`);
    }
    const other = places.get(id);
    if (other !== undefined) {
      throw usageError(`"${id}" is there twice: in ${parts[other.part]!} and in ${path}, line ${number}`);
    }
    places.set(id, { part, offset, length: bytes.length });
  }
}
