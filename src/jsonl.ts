/** One line of a file, as its bytes are. */
export interface Line {
  /** Without the line feed; a carriage return before it is still there. Valid until the next line is asked for. */
  bytes: Buffer;
  /** From 1. */
  number: number;
  /** Where it starts, in bytes from the first chunk. */
  offset: number;
  /** False for a last line without a line feed: perhaps torn. */
  ended: boolean;
}

const lineFeed = 0x0a;

/** Cuts a stream of bytes into lines; memory holds one line and one chunk. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let number = 0;
  let offset = 0;
  // pieces of a line that goes on in the next chunk
  let pending: Buffer[] = [];
  let pendingLength = 0;
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, start)) {
      const rest = bytes.subarray(start, end);
      const line = pendingLength === 0 ? rest : Buffer.concat([...pending, rest]);
      pending = [];
      pendingLength = 0;
      number += 1;
      yield { bytes: line, number, offset, ended: true };
      offset += line.length + 1;
      start = end + 1;
    }
    if (start < bytes.length) {
      pending.push(bytes.subarray(start));
      pendingLength += bytes.length - start;
    }
  }
  if (pendingLength > 0) yield { bytes: Buffer.concat(pending), number: number + 1, offset, ended: false };
}

/** The JSON object that a line holds; undefined where it holds none (torn, or something else). */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
