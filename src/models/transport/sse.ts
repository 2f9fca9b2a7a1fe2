import { StringDecoder } from "node:string_decoder";

/** One event of a stream of server-sent events. */
export interface ServerEvent {
  /** Its `event:` field, null without one. */
  event: string | null;
  data: string;
}

/**
 * Takes a byte stream apart into server-sent events (HTML standard, section 9.2). An event at the very end that lacks
 * its empty line is given too: some servers leave it out after `[DONE]`.
 */
export async function* serverEvents(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<ServerEvent> {
  let event: string | null = null;
  let data: string[] = [];
  for await (const line of lines(body)) {
    if (line === "") {
      if (data.length > 0) yield { event, data: data.join("\n") };
      event = null;
      data = [];
      continue;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "data") data.push(value);
    else if (field === "event") event = value;
  }
  if (data.length > 0) yield { event, data: data.join("\n") };
}

/** Lines that end in LF, CR LF or CR, wherever the chunks were cut; each character is looked at once. */
async function* lines(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new StringDecoder("utf8");
  let pending = "";
  let afterCarriage = false;
  for await (const chunk of body) {
    const text = decoder.write(chunk as Buffer);
    if (text === "") continue;
    // the second half of a CR LF that was cut in two
    let start = afterCarriage && text[0] === "\n" ? 1 : 0;
    afterCarriage = text.endsWith("\r");
    for (let end = nextBreak(text, start); end >= 0; end = nextBreak(text, start)) {
      yield pending + text.slice(start, end);
      pending = "";
      start = text[end] === "\r" && text[end + 1] === "\n" ? end + 2 : end + 1;
    }
    pending += text.slice(start);
  }
  pending += decoder.end();
  if (pending !== "") yield pending;
}

function nextBreak(text: string, from: number): number {
  const lineFeed = text.indexOf("\n", from);
  const carriage = text.indexOf("\r", from);
  if (carriage < 0) return lineFeed;
  return lineFeed < 0 ? carriage : Math.min(lineFeed, carriage);
}
