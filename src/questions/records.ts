import { jsonRecords } from "../json-records.ts";
import { fileBytes, gunzipped } from "./bytes.ts";
import { rowsOf } from "./format.ts";
import type { OnNotice } from "./row.ts";

/** One record of anybody's data, before anything is known of its fields. */
export interface DataRecord {
  /** From 1; 0 where the file has no lines. */
  line: number;
  /** From 1, where the rows of the file are not its lines. */
  record?: number;
  /** Undefined where it is no JSON object. */
  fields?: Record<string, unknown>;
  /** Why it is none. */
  bad?: string;
}

/** A record's place, in words. */
export function placeName({ line, record }: Pick<DataRecord, "line" | "record">): string {
  return record === undefined ? `line ${line}` : `row ${record}`;
}

/**
 * The records of a file: JSON lines, one JSON list, CSV, TSV or Parquet, by its name; packed by gzip or not.
 * @throws CotError (usage) where it cannot be read
 */
export async function* recordsOf(path: string, onNotice?: OnNotice): AsyncGenerator<DataRecord> {
  if (!/\.(parquet|csv|tsv)(\.gz)?$/i.test(path)) {
    yield* recordsOfBytes(fileBytes(path), path);
    return;
  }
  for await (const { number, fields, bad } of rowsOf({ path }, onNotice)) {
    yield {
      line: 0,
      record: number,
      ...(fields === undefined ? {} : { fields: withoutNulls(fields) }),
      ...(bad === undefined ? {} : { bad }),
    };
  }
}

/** The same of a stream. @param name for errors */
export async function* recordsOfBytes(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<DataRecord> {
  for await (const { text, ...place } of jsonRecords(gunzipped(bytes, name))) {
    yield { ...place, ...parseRow(text) };
  }
}

function parseRow(text: string): Pick<DataRecord, "fields" | "bad"> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { bad: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return { fields: value as Record<string, unknown> };
  }
  const shown = Array.isArray(value) ? "a list" : JSON.stringify(value).slice(0, 40);
  return { bad: `a row has to be a JSON object, and this is ${shown}` };
}

/** A column that some rows lack is null in the others, at every depth. */
function withoutNulls(value: Record<string, unknown>): Record<string, unknown> {
  const cleaned = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(cleaned);
    if (typeof item !== "object" || item === null) return item;
    return withoutNulls(item as Record<string, unknown>);
  };
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      item === null || item === undefined ? [] : [[key, cleaned(item)]],
    ),
  );
}
