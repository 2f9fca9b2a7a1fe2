import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventReader, type ServerEvent } from "../../../src/models/transport/sse.ts";

function read(chunks: Uint8Array[]): ServerEvent[] {
  const reader = eventReader();
  return [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.end()];
}

const stream =
  ': comment\n\ndata: {"a":"17×24"}\n\nevent: done\r\ndata:x\r\ndata: y\r\n\r\nid: 1\n\ndata\r\rdata: [DONE]';

const expected: ServerEvent[] = [
  { event: null, data: '{"a":"17×24"}' },
  { event: "done", data: "x\ny" },
  { event: null, data: "" },
  { event: null, data: "[DONE]" },
];

describe("eventReader", () => {
  it("reads comments, events, several lines of data, every line end, and an end without an empty line", () => {
    expect(read([Buffer.from(stream)])).toEqual(expected);
  });

  it("reads the same however the bytes are cut", () => {
    const bytes = Buffer.from(stream);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 20 }), (cuts) => {
        const ends = [...cuts, bytes.length].sort((a, b) => a - b);
        const chunks = ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
        expect(read(chunks)).toEqual(expected);
      }),
    );
  });

  it("takes a line of two million characters in small pieces", () => {
    const piece = Buffer.from("x".repeat(1000));
    const chunks = [Buffer.from("data: "), ...Array.from({ length: 2000 }, () => piece), Buffer.from("\n\n")];
    const [event] = read(chunks);
    expect(event!.data).toHaveLength(2_000_000);
  });
});
