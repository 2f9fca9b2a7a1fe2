import fc from "fast-check";
import { expect, test } from "vitest";

import { formatOf } from "../../../src/output/formats/index.ts";
import { closing } from "../../../src/output/formats/text.ts";
import { replyStream } from "../../../src/output/terminal/stream.ts";
import { resultOf, sampleOf } from "../../support/result.ts";

function streamed(deltas: ["reasoning" | "text", string][], color = false): string {
  let written = "";
  const stream = replyStream((text) => (written += text), color);
  for (const [part, text] of deltas) stream.onDelta(part, text);
  stream.end();
  return written;
}

test("prints what arrives at once, but for white space that may be the last", () => {
  let written = "";
  const stream = replyStream((text) => (written += text), false);
  stream.onDelta("text", "\n 17×20 ");
  expect(written).toBe("17×20");
  stream.onDelta("text", "= 340\n\n");
  expect(written).toBe("17×20 = 340");
  stream.end();
  expect(written).toBe("17×20 = 340\n");
});

test("reasoning is dim, and every piece closes its own colour", () => {
  expect(
    streamed(
      [
        ["reasoning", "Hm"],
        ["text", "408"],
      ],
      true,
    ),
  ).toBe("\u001b[2mHm\u001b[22m\n\n408\n");
});

test("a CRLF and a character that come in two halves stay whole", () => {
  expect(
    streamed([
      ["text", "a\r"],
      ["text", "\nb\ud83d"],
      ["text", "\ude00"],
    ]),
  ).toBe("a\nb😀\n");
});

test("however it is cut, it reads as the format prints it", () => {
  const words = fc.string({
    unit: fc.constantFrom("a", " ", "\n", "\r", "\t", "\u001b", "é", "Answer: 408"),
    maxLength: 12,
  });
  const pieces = fc.array(words, { maxLength: 6 });
  fc.assert(
    fc.property(pieces, pieces, (reasoning, text) => {
      const apart = reasoning.join("");
      const result = resultOf({
        samples: [sampleOf({ reasoning: apart, reasoningFrom: "reasoning", text: text.join("") })],
      });
      const deltas = [
        ...reasoning.map((piece): ["reasoning", string] => ["reasoning", piece]),
        ...text.map((piece): ["text", string] => ["text", piece]),
      ];
      let printed = "";
      const stream = replyStream((piece) => (printed += piece), false);
      for (const [part, piece] of deltas) stream.onDelta(part, piece);
      stream.end();
      const whole = formatOf("text", { several: false, color: false }).format(result);
      expect(printed + closing(result, stream.printed, false)).toBe(whole);
    }),
  );
});
