import { describe, expect, test } from "vitest";

import { mixesLanguages, repeatsItself } from "../../../src/distill/verify/text-filters.ts";

describe("mixed languages", () => {
  const english = "We add the two numbers and look at what comes out of it. ";
  test.each([
    ["an English trace", english, "What is it?", false],
    ["a Greek letter", `${english} α + β = γ, and π is there`, "What is it?", false],
    ["a foreign name", `${english} (東京)`, "What is it?", false],
    ["a wandering trace", `${english} 所以我们得到的答案是五十六`, "What is it?", true],
    ["an answer in the question's script", "因为三加四等于七,所以答案是七", "三加四等于几?", false],
    ["Japanese", "さんたすよんはなな、つまり答えは七です", "三たす四はいくつですか", false],
    ["Latin in a Chinese trace", "设 x = 3,则 f(x) = 9,因此答案是 nine apples", "求 f(3)", false],
    ["Russian in a Chinese trace", "因为三加四等于七 потому что это верно", "三加四等于几?", true],
  ])("%s: %s", (_, text, question, mixed) => {
    expect(mixesLanguages(text, question)).toBe(mixed);
  });
});

describe("repetition", () => {
  test("one long line four times", () => {
    const line = "Wait, let me check this again.\n";
    expect(repeatsItself(line.repeat(3))).toBe(false);
    expect(repeatsItself(line.repeat(4))).toBe(true);
  });

  test("ten words in a row six times, without line breaks", () => {
    const run = "so we have to take the first number and add it to the second one ";
    expect(repeatsItself(run.repeat(2))).toBe(false);
    expect(repeatsItself(run.repeat(8))).toBe(true);
  });

  test("a text that checks itself, or writes the same notation, is none", () => {
    const steps = (i: number): string =>
      `Take case ${String(i)}: the sum of ${String(i)} and ${String(3 * i)} is ${String(4 * i)}.\n`;
    const checked = Array.from({ length: 6 }, (_, i) => `${steps(i)}Wait, let me check this again.\n`).join(
      "",
    );
    expect(repeatsItself(checked)).toBe(false);
    const number = "\\(2\\frac{1}{2}\\)";
    const pints = `How many pints are in ${number} gallons? A gallon has four quarts, so ${number} gallons are four
      times ${number} quarts, which is ten. Let us see whether that can be: ${number} lies between two and three, so four
      times ${number} has to lie between eight and twelve, and ten does. Each quart has two pints; ten quarts are twenty
      pints. In one step, there are eight pints to the gallon, and eight times ${number} is twenty as well.`;
    expect(pints.split(number)).toHaveLength(7);
    expect(repeatsItself(pints)).toBe(false);
  });

  test("a good beginning does not excuse a loop at the end", () => {
    expect(repeatsItself(`12 + 30 = 42, so the answer is 42. ${"</s>".repeat(40)}`)).toBe(true);
  });

  test("one sign over and over is a number or a rule, no circle", () => {
    expect(repeatsItself("-".repeat(200))).toBe(false);
    expect(repeatsItself(`x = ${"1 ".repeat(30)}`)).toBe(false);
  });
});
