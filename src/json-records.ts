import { splitLines } from "./jsonl.ts";

/** The text of one JSON value in a file of many. */
export interface JsonRecord {
  text: string;
  /** Where it starts, from 1. */
  line: number;
  /** Which one it is, from 1, in a file that is one JSON list; else every record has a line of its own. */
  record?: number;
}

const [openList, closeList, openObject, closeObject] = [..."[]{}"].map((sign) => sign.charCodeAt(0));
const [quote, backslash, comma, lineFeed] = [...'"\\,\n'].map((sign) => sign.charCodeAt(0));

/**
 * The values of a JSON file, cut apart and not yet parsed: one a line, or the items of one list, which is told by the
 * first character. Empty lines are passed over. Memory holds one record and one chunk.
 */
export async function* jsonRecords(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<JsonRecord> {
  const { isList, bytes } = await lookAhead(chunks);
  if (isList) {
    yield* listItems(bytes);
    return;
  }
  for await (const { bytes: line, number } of splitLines(bytes)) {
    const text = line.toString("utf8").replace(/^\uFEFF/, "");
    if (text.trim() !== "") yield { text, line: number };
  }
}

async function lookAhead(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ isList: boolean; bytes: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let first = "";
  while (first === "") {
    const { value, done } = await iterator.next();
    if (done === true) break;
    seen.push(value);
    first = Buffer.from(value)
      .toString("utf8")
      .replace(/^\uFEFF/, "")
      .trimStart();
  }
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield* seen;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { isList: first.startsWith("["), bytes: bytes() };
}

/** What stands between the commas of the outermost list; what follows the list is one more, which will not parse. */
async function* listItems(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<JsonRecord> {
  let pieces: Buffer[] = [];
  let [depth, line, startLine, record] = [0, 1, 1, 0];
  let [inString, escaped, hasText] = [false, false, false];

  const take = (): JsonRecord => {
    const text = Buffer.concat(pieces).toString("utf8").trim();
    pieces = [];
    hasText = false;
    return { text, line: startLine, record: ++record };
  };
  let closed = false;
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === lineFeed) line++;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inString = false;
        continue;
      }
      const closes: boolean = byte === closeList && depth === 1 && !closed;
      if (closes || (byte === comma && depth === 1)) {
        pieces.push(bytes.subarray(start, at));
        // an empty list has no item, but a comma has one on each side
        if (hasText || !closes || record > 0) yield take();
        else pieces = [];
        start = at + 1;
        closed ||= closes;
        if (closes) depth--;
        continue;
      }
      if (byte === openList && depth === 0 && !closed) {
        depth = 1;
        start = at + 1;
        continue;
      }
      if (byte > 0x20 && !hasText) [hasText, startLine] = [true, line];
      if (byte === quote) inString = true;
      else if (byte === openList || byte === openObject) depth++;
      else if (byte === closeList || byte === closeObject) depth--;
    }
    pieces.push(bytes.subarray(start));
  }
  if (hasText || !closed) yield take();
}
