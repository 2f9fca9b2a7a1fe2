import { Readable, type Transform } from "node:stream";
import zlib from "node:zlib";

import { CotError } from "../../errors.ts";

/**
 * Undoes `Content-Encoding`: gzip, deflate (with or without zlib's header) and br, also several in a row.
 * @throws CotError (malformed) for an encoding that it does not know; Error where the bytes are damaged or cut off
 */
export async function* decompressor(
  bytes: AsyncIterable<Uint8Array>,
  contentEncoding: string,
): AsyncGenerator<Uint8Array> {
  // applied left to right, so undone right to left
  const encodings = contentEncoding.split(",").map((encoding) => encoding.trim());
  let decoded = bytes;
  for (const encoding of encodings.reverse()) {
    if (encoding !== "" && encoding !== "identity") decoded = await undo(decoded, encoding);
  }
  yield* decoded;
}

async function undo(bytes: AsyncIterable<Uint8Array>, encoding: string): Promise<AsyncIterable<Uint8Array>> {
  if (encoding === "deflate") {
    const iterator = bytes[Symbol.asyncIterator]();
    const first = await iterator.next();
    if (first.done === true) return Readable.from([]);
    // zlib's header has 8 in its low nibble; servers also send bare deflate under this name
    const bare = (first.value[0]! & 0x0f) !== 8;
    return through(rejoined(first.value, iterator), bare ? zlib.createInflateRaw() : zlib.createInflate());
  }
  if (encoding === "gzip" || encoding === "x-gzip") return through(bytes, zlib.createGunzip());
  if (encoding === "br") return through(bytes, zlib.createBrotliDecompress());
  throw new CotError("malformed", `the reply's content-encoding ${JSON.stringify(encoding)} is unknown`);
}

async function* rejoined(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

function through(bytes: AsyncIterable<Uint8Array>, transform: Transform): AsyncIterable<Uint8Array> {
  const source = Readable.from(bytes, { objectMode: false });
  source.on("error", (error) => transform.destroy(error));
  transform.on("close", () => source.destroy());
  return source.pipe(transform) as AsyncIterable<Uint8Array>;
}
