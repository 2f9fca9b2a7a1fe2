import fc from "fast-check";
import { expect, test } from "vitest";

import { createSeen } from "../../../src/distill/select/duplicates.ts";
import { partOf, parts } from "../../../src/distill/select/split.ts";

const text =
  "Anna has 12 apples and buys 7 more at the market before she gives 5 of them to her brother, so in the end " +
  "she has 12 + 7 - 5 = 14 apples left in her basket, and that is the answer to the question that was asked.";

test("the same text, white space and case aside", () => {
  const seen = createSeen();
  expect(seen.check("a", text)).toBeUndefined();
  expect(seen.check("b", ` ${text.toUpperCase().replaceAll(" ", "\n")}`)).toEqual({
    kind: "duplicate",
    of: "a",
  });
});

test("nearly the same text with the same numbers; other numbers are another problem", () => {
  const seen = createSeen();
  seen.check("a", text);
  expect(seen.check("b", text.replace("that was asked.", "that was posed."))).toEqual({
    kind: "near-duplicate",
    of: "a",
  });
  expect(seen.check("c", text.replaceAll("12", "13").replace("14", "15"))).toBeUndefined();
  expect(seen.check("d", "Something else altogether, with nothing in common.")).toBeUndefined();
});

test("a question's part depends on it alone, however it is spaced", () => {
  fc.assert(
    fc.property(fc.string(), (question) => {
      expect(partOf(`  ${question.toUpperCase()}\n`)).toBe(partOf(question.toUpperCase()));
    }),
  );
});

test("eight in ten train, one validates, one tests", () => {
  const counts = { train: 0, validation: 0, test: 0 };
  for (let i = 0; i < 10_000; i++) counts[partOf(`question ${String(i)}`)] += 1;
  expect(parts.map((part) => Math.round(counts[part] / 1000))).toEqual([8, 1, 1]);
});
