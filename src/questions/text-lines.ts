import { isUtf8 } from "node:buffer";

import { splitLines } from "../jsonl.ts";
import { usageError } from "../errors.ts";
import type { OnNotice } from "./row.ts";

export interface TextLine {
  text: string;
  /** From 1. */
  number: number;
}

/**
 * The lines of a text, without line ends and a byte order mark. Bytes that are not UTF-8 become U+FFFD, which is
 * said once.
 * @throws CotError (usage) for UTF-16
 */
export async function* textLines(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  onNotice?: OnNotice,
): AsyncGenerator<TextLine> {
  let told = false;
  for await (const { bytes, number } of splitLines(chunks)) {
    if (number === 1 && isUtf16(bytes)) {
      throw usageError(`${name} is UTF-16, not UTF-8`, `iconv -f utf-16 -t utf-8 ${name} converts it.`);
    }
    let text = bytes.toString("utf8");
    if (number === 1 && text.startsWith("\uFEFF")) text = text.slice(1);
    if (text.endsWith("\r")) text = text.slice(0, -1);
    if (!told && text.includes("\uFFFD") && !isUtf8(bytes)) {
      told = true;
      onNotice?.(`${name}, line ${number}: bytes that are not UTF-8 are read as \uFFFD`);
    }
    yield { text, number };
  }
}

function isUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
