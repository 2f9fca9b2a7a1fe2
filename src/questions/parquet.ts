import { open, type FileHandle } from "node:fs/promises";

import type { AsyncBuffer } from "hyparquet";

import { CotError, usageError } from "../errors.ts";
import { cannotOpen, fileBytes, gunzipped, isGzip } from "./bytes.ts";
import type { Row } from "./row.ts";

/** The rows of a Parquet file, one row group in memory at a time. */
export async function* parquetRows(path: string): AsyncGenerator<Row> {
  const [{ parquetMetadataAsync, parquetReadObjects }, { compressors }] = await Promise.all([
    import("hyparquet"),
    import("hyparquet-compressors"),
  ]);
  const handle = await open(path).catch((error: unknown) => {
    throw cannotOpen(path, error);
  });
  try {
    const file = await asyncBuffer(handle, path);
    const metadata = await parquetMetadataAsync(file);
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      const rows = await parquetReadObjects({ file, metadata, compressors, rowStart, rowEnd });
      for (const row of rows) {
        rowStart += 1;
        yield {
          number: rowStart,
          place: `record ${rowStart}`,
          fields: plain(row) as Record<string, unknown>,
        };
      }
    }
  } catch (error) {
    if (error instanceof CotError) throw error;
    throw usageError(`cannot read ${path}: not a whole Parquet file (${(error as Error).message})`);
  } finally {
    await handle.close();
  }
}

async function asyncBuffer(handle: FileHandle, path: string): Promise<AsyncBuffer> {
  const { size } = await handle.stat();
  const magic = new Uint8Array(2);
  await handle.read(magic, 0, 2, 0);
  if (isGzip(magic)) return unpacked(path);
  return {
    byteLength: size,
    async slice(start, end = size) {
      const bytes = new Uint8Array(end - start);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
      return bytes.buffer.slice(0, bytesRead);
    },
  };
}

/** Parquet is read from its end, so one that is packed as a whole has to be in memory as a whole. */
async function unpacked(path: string): Promise<AsyncBuffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of gunzipped(fileBytes(path), path)) chunks.push(chunk);
  const bytes = Uint8Array.from(Buffer.concat(chunks));
  return { byteLength: bytes.length, slice: (start, end) => bytes.buffer.slice(start, end) };
}

/** As JSON would have it: 64-bit integers as numbers where they fit, dates as ISO text, bytes as base64. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  }
  return value;
}
