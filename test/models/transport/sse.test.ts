import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { serverEvents, type ServerEvent } from "../../../src/models/transport/sse.ts";

async function read(chunks: Uint8Array[]): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of serverEvents(chunks)) events.push(event);
  return events;
}

const stream =
  ': comment\n\ndata: {"a":"17×24"}\n\nevent: done\r\ndata:x\r\ndata: y\r\n\r\nid: 1\n\ndata\r\rdata: [DONE]';

const expected: ServerEvent[] = [
  { event: null, data: '{"a":"17×24"}' },
  { event: "done", data: "x\ny" },
  { event: null, data: "" },
  { event: null, data: "[DONE]" },
];

describe("serverEvents", () => {
  it("reads comments, events, several lines of data, every line end, and an end without an empty line", async () => {
    expect(await read([Buffer.from(stream)])).toEqual(expected);
  });

  it("reads the same however the bytes are cut", async () => {
    const bytes = Buffer.from(stream);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 20 }), async (cuts) => {
        const ends = [...cuts, bytes.length].sort((a, b) => a - b);
        const chunks = ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
        expect(await read(chunks)).toEqual(expected);
      }),
    );
  });

  it("takes a line of two million characters in small pieces", async () => {
    const piece = Buffer.from("x".repeat(1000));
    const chunks = [Buffer.from("data: "), ...Array.from({ length: 2000 }, () => piece), Buffer.from("\n\n")];
    const [event] = await read(chunks);
    expect(event!.data).toHaveLength(2_000_000);
  });
});
