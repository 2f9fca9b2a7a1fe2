import { expect, test } from "vitest";

import { safeJson, safeLine, safeText } from "../../../src/output/terminal/safe.ts";
import { duration } from "../../../src/output/terminal/status.ts";
import { table } from "../../../src/output/terminal/table.ts";
import { twoColumns, wrap } from "../../../src/output/terminal/text.ts";

test("control characters are shown, never sent", () => {
  expect(safeText("a\u001b[31mb\r\nc\rd\te\u009b\u202e")).toBe("a␛[31mb\nc␍d\te\ufffd\ufffd");
  expect(safeLine(" a\n\n b\tc ")).toBe("a b c");
});

test("JSON stays the same value", () => {
  const value = { text: "\u001b\u009b\u2028\u202e é 😀" };
  expect(safeJson(value)).not.toMatch(/[\u001b\u009b\u2028\u202e]/);
  expect(JSON.parse(safeJson(value))).toEqual(value);
});

test("wraps at spaces, and never loses a word that is too long", () => {
  expect(wrap("one two three", 8)).toEqual(["one two", "three"]);
  expect(wrap("averylongword x", 5)).toEqual(["averylongword", "x"]);
});

test("two columns: a name that is too long has its text below", () => {
  expect(
    twoColumns(
      [
        ["-a", "short"],
        ["--a-long-name", "below"],
      ],
      40,
      6,
    ),
  ).toEqual(["  -a      short", "  --a-long-name", "          below"]);
});

test("a table stands in columns, numbers to the right", () => {
  expect(
    table(
      ["name", "n"],
      [
        ["é", 5],
        ["long", 10],
      ],
      false,
    ),
  ).toBe("name   n\né      5\nlong  10\n");
});

test("durations read as people say them", () => {
  expect([900, 61_000, 3_700_000].map(duration)).toEqual(["1 s", "1 min 1 s", "1 h 1 min"]);
});
