import { expect, test } from "vitest";
import { gradeValue, isReadableGold } from "../../src/reasoning/grade.ts";

test.each([
  ["408", "408.0", "equal"],
  [408, "408", "equal"],
  [407, "408", "different"],
  [true, "true", "equal"],
  [{ a: 1, b: "x" }, '{"b": "x", "a": 1}', "equal"],
  [{ a: 1 }, '{"a": 2}', "different"],
  [[1, 2], "[1, 2]", "equal"],
])("%j against %s is %s", (answer, gold, verdict) => {
  expect(gradeValue(answer, gold)).toBe(verdict);
});

test("a percent sign is a unit where the question asks for a percentage", () => {
  expect(gradeValue("25%", "25", "What percent of them are blue?")).toBe("equal");
  expect(gradeValue("25%", "25", "How many are blue?")).toBe("different");
});

test.each([
  ["408", true],
  ["\\emptyset", true],
  ["∞", true],
  ["", false],
  ["$$", false],
  [" . ", false],
])("the gold %j can be read: %s", (gold, readable) => {
  expect(isReadableGold(gold)).toBe(readable);
});
