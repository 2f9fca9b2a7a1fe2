import { stat } from "node:fs/promises";

import { usageError } from "../errors.ts";
import { cannotOpen, fileBytes, gunzipped } from "./bytes.ts";
import { csvRows } from "./csv.ts";
import { jsonlRows, textRows } from "./jsonl.ts";
import { parquetRows } from "./parquet.ts";
import type { QuestionSource } from "./read.ts";
import type { OnNotice, Row } from "./row.ts";
import { textLines } from "./text-lines.ts";

/** The records of a source, in the format that its name ends with; anything else is text, one question a line. */
export async function* rowsOf(source: QuestionSource, onNotice?: OnNotice): AsyncGenerator<Row> {
  const name = sourceName(source);
  const path = "path" in source ? source.path : undefined;
  const base = name.toLowerCase().replace(/\.gz$/, "");
  if (path !== undefined && base.endsWith(".parquet")) {
    yield* parquetRows(path);
    return;
  }
  const bytes = "path" in source ? fileBytes(source.path) : source.stream;
  const lines = textLines(refuseParquet(gunzipped(bytes, name), name), name, onNotice);
  if (/\.(jsonl|ndjson|json)$/.test(base)) yield* jsonlRows(lines);
  else if (base.endsWith(".csv")) yield* csvRows(lines, ",");
  else if (base.endsWith(".tsv")) yield* csvRows(lines, "\t");
  else yield* textRows(lines);
}

export function sourceName(source: QuestionSource): string {
  return "path" in source ? source.path : source.name;
}

/** False for a pipe or a device, which can be read only once. @throws CotError (usage) where it cannot be opened */
export async function isRegularFile(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: unknown) => {
    throw cannotOpen(path, error);
  });
  if (found.isDirectory()) throw usageError(`cannot read ${path}: it is a directory`);
  return found.isFile();
}

async function* refuseParquet(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const chunk of chunks) {
    if (first && Buffer.from(chunk.subarray(0, 4)).toString("latin1") === "PAR1") {
      throw usageError(`${name} is Parquet, which has to be a file that ends with .parquet`);
    }
    first = false;
    yield chunk;
  }
}
