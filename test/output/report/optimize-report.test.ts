import { expect, test } from "vitest";
import { sparkline } from "../../../src/output/report/optimize-text.ts";
import { wordDiff } from "../../../src/output/report/word-diff.ts";

test("a sparkline spans its values", () => {
  expect(sparkline([0, 0.5, 1])).toBe("▁▅█");
  expect(sparkline([0.3, 0.3])).toBe("▁▁");
});

test("what a diff keeps and takes out is the first text, what it keeps and puts in the second", () => {
  const [before, after] = ["Add the two numbers.\nSay why.", "First add the numbers.\nSay what, and why."];
  const pieces = wordDiff(before, after);
  const without = (kind: string): string =>
    pieces.flatMap((piece) => (piece.kind === kind ? [] : [piece.text])).join("");
  expect(without("in")).toBe(before);
  expect(without("out")).toBe(after);
  expect(pieces.filter(({ kind }) => kind === "same").length).toBeGreaterThan(2);
});
