import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";

import { usageError } from "../errors.ts";
import { pathProblem } from "../path-problem.ts";

/** A file's bytes, as a stream. */
export async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 17 })) yield chunk as Uint8Array;
  } catch (error) {
    throw cannotOpen(path, error);
  }
}

/** What a person is told where a path cannot be read. */
export function cannotOpen(path: string, error: unknown): Error {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error as Error;
  return usageError(`cannot read ${path}: ${pathProblem(error, "read")}`);
}

/** The bytes, unpacked where they are gzip (by their first two bytes, whatever the name says). */
export async function* gunzipped(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return;
  const whole = resume(first.value, { [Symbol.asyncIterator]: () => iterator });
  if (!isGzip(first.value)) {
    yield* whole;
    return;
  }
  // Readable.pipe would lose the source's errors, so the source is pumped by hand
  const gunzip = createGunzip();
  const pumping = pump(whole, gunzip);
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array;
    await pumping;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code?.startsWith("Z_") !== true) throw error;
    const what = code === "Z_BUF_ERROR" ? "is cut off" : "is damaged";
    throw usageError(`cannot read ${name}: the gzip file ${what}`);
  } finally {
    gunzip.destroy();
    await pumping.catch(() => undefined);
  }
}

async function pump(
  chunks: AsyncIterable<Uint8Array>,
  target: ReturnType<typeof createGunzip>,
): Promise<void> {
  try {
    for await (const chunk of chunks) {
      if (target.destroyed) return;
      if (!target.write(chunk)) {
        await new Promise<void>((resolve) => {
          target.once("drain", resolve).once("close", resolve);
        });
      }
    }
    target.end();
  } catch (error) {
    target.destroy(error as Error);
  }
}

async function* resume(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

/** By the first two bytes. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
