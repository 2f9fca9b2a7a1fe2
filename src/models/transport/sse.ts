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

/** Lines that end in LF, CR LF or CR, wherever the chunks were cut. */
async function* lines(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    let start = 0;
    for (let end = nextBreak(rest, start); end >= 0; end = nextBreak(rest, start)) {
      // a CR at the end of what there is may be the first half of a CR LF
      if (rest[end] === "\r" && end === rest.length - 1) break;
      yield rest.slice(start, end);
      start = rest[end] === "\r" && rest[end + 1] === "\n" ? end + 2 : end + 1;
    }
    rest = rest.slice(start);
  }
  rest += decoder.decode();
  if (rest !== "") yield rest.replace(/\r$/, "");
}

function nextBreak(text: string, from: number): number {
  const lineFeed = text.indexOf("\n", from);
  const carriage = text.indexOf("\r", from);
  if (carriage < 0) return lineFeed;
  return lineFeed < 0 ? carriage : Math.min(lineFeed, carriage);
}
