import { describe, expect, test } from "vitest";

import { choiceLetter, parseChoices, withChoices } from "../../src/questions/choices.ts";

describe("the forms of choices", () => {
  test.each([
    ["a list", ["x", 2, "z"], ["x", "2", "z"]],
    ["a JSON list in a cell", '["x", "it\'s"]', ["x", "it's"]],
    [
      "a Python list in a cell, as pandas writes it",
      `['x', "it's", 'say \\'so\\'']`,
      ["x", "it's", "say 'so'"],
    ],
    ["texts and labels, as ARC has them", { text: ["x", "y"], label: ["A", "B"] }, ["x", "y"]],
  ])("%s", (_, value, choices) => {
    expect(parseChoices(value)).toEqual(choices);
  });

  test.each([[["alone"]], ["x, y"], ["['x', y]"], [17], [[["nested"], ["lists"]]], [Array(27).fill("x")]])(
    "%j is none",
    (value) => {
      expect(parseChoices(value)).toBeUndefined();
    },
  );
});

test("the right one: by index, letter, or its own text, which wins", () => {
  const choices = ["B", "y", "3"];
  expect([0, 2, "C", "(c)", "c.", "y", "B", "3", "1"].map((answer) => choiceLetter(answer, choices))).toEqual(
    ["A", "C", "C", "C", "C", "B", "A", "C", "B"],
  );
  expect([3, -1, 0.5, "D", "none of these", null].map((answer) => choiceLetter(answer, choices))).toEqual(
    Array(6).fill(undefined),
  );
});

test("choices stand under their question", () => {
  expect(withChoices("Which?", ["x", "y"])).toBe("Which?\n(A) x\n(B) y");
});
