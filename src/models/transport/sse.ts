import { StringDecoder } from "node:string_decoder";

/** One event of a stream of server-sent events. */
export interface ServerEvent {
  /** Its `event:` field, null without one. */
  event: string | null;
  data: string;
}

/** Takes a byte stream apart into server-sent events (HTML standard, section 9.2), wherever it is cut into chunks. */
export interface EventReader {
  /** The events that end in this chunk. */
  push(chunk: Uint8Array): ServerEvent[];
  /** An event at the very end that lacks its empty line is given too: some servers leave it out after `[DONE]`. */
  end(): ServerEvent[];
}

export function eventReader(): EventReader {
  let events: ServerEvent[] = [];
  let event: string | null = null;
  let data: string[] = [];

  function takeLine(line: string): void {
    if (line === "") {
      endEvent();
      return;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "data") data.push(value);
    else if (field === "event") event = value;
    // llama.cpp's own, until late in 2025: a field of no standard
    else if (field === "error") [event, data] = ["error", [value]];
  }

  function endEvent(): void {
    if (data.length > 0) events.push({ event, data: data.join("\n") });
    event = null;
    data = [];
  }

  function taken(): ServerEvent[] {
    const result = events;
    events = [];
    return result;
  }

  const lines = lineReader(takeLine);
  return {
    push(chunk) {
      lines.push(chunk);
      return taken();
    },
    end() {
      lines.end();
      endEvent();
      return taken();
    },
  };
}

/** Lines that end in LF, CR LF or CR, wherever the chunks were cut; each character is looked at once. */
function lineReader(takeLine: (line: string) => void): { push(chunk: Uint8Array): void; end(): void } {
  const decoder = new StringDecoder("utf8");
  let pending = "";
  let afterCarriage = false;

  return {
    push(chunk) {
      const text = decoder.write(chunk as Buffer);
      if (text === "") return;
      // the second half of a CR LF that was cut in two
      let start = afterCarriage && text[0] === "\n" ? 1 : 0;
      afterCarriage = text.endsWith("\r");
      for (let end = nextBreak(text, start); end >= 0; end = nextBreak(text, start)) {
        takeLine(pending + text.slice(start, end));
        pending = "";
        start = text[end] === "\r" && text[end + 1] === "\n" ? end + 2 : end + 1;
      }
      pending += text.slice(start);
    },
    end() {
      pending += decoder.end();
      if (pending !== "") takeLine(pending);
    },
  };
}

function nextBreak(text: string, from: number): number {
  const lineFeed = text.indexOf("\n", from);
  const carriage = text.indexOf("\r", from);
  if (carriage < 0) return lineFeed;
  return lineFeed < 0 ? carriage : Math.min(lineFeed, carriage);
}
