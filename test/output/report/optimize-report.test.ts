import { expect, test } from "vitest";
import { claimText, sparkline } from "../../../src/output/report/optimize-text.ts";
import { wordDiff } from "../../../src/output/report/word-diff.ts";

test("a sparkline spans its values", () => {
  expect(sparkline([0, 0.5, 1])).toBe("▁▅█");
  expect(sparkline([0.3, 0.3])).toBe("▁▁");
});

test("what is proven claims its gain, what is not claims none", () => {
  const held = { initial: 0.5, winner: 0.6, gain: 0.1, p: 0.1, questions: 40 };
  expect(claimText({ verdict: "proven", claim: 0.052 })).toMatch(/^\+5\.2: /);
  expect(claimText({ verdict: "promising", claim: -0.02, test: { ...held, ci95: [-0.031, 0.2] } })).toBe(
    "no gain is proven; it may be as low as −3.1",
  );
  expect(claimText({ verdict: "promising", claim: 0, test: { ...held, ci95: [0.01, 0.2] } })).toBe(
    "no gain is proven",
  );
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
