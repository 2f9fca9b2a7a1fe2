import { describe, expect, it } from "vitest";
import { checkSteps } from "../../src/grading/steps.ts";
import type { Random } from "../../src/random.ts";
import { randomInteger, randomItem, seededRandom } from "../../src/random.ts";

const names = ["Mira", "Otto", "Lena", "Sven", "Ada"];
const things = ["pears", "cards", "stamps", "bricks", "tickets"];

/** A right solution in prose, and where the results of its equations stand in it. */
function solution(random: Random): { text: string; results: { start: number; end: number }[] } {
  const [name, thing] = [randomItem(random, names), randomItem(random, things)];
  const [a, b, c] = [2, 3, 4].map(() => randomInteger(random, 11, 99)) as [number, number, number];
  const k = randomInteger(random, 2, 9);
  const price = randomInteger(random, 105, 995) / 100;
  const forms: [string, string, string][] = [
    [`${name} has ${a} + ${b} = `, String(a + b), ` ${thing} now. `],
    [`That makes ${a} ${thing} * ${k} = `, (a * k).toLocaleString("en"), ` ${thing} in all. `],
    [`They cost ${k} × $${price.toFixed(2)} = $`, (k * price).toFixed(2), ". "],
    [`\\[ \\frac{${a * k}}{${k}} + ${c} = `, String(a + c), " \\] "],
    [`Each gets ${b * k}/${k} = <<${b * k}/${k}=${b}>>`, String(b), ` ${thing}. `],
    [`So the total is (${a} + ${b}) * ${k} - ${c} = `, String((a + b) * k - c), ". "],
    [`This is ${k * 10}% of ${a * 10} = `, String(k * a), " of them. "],
    [
      `Then ${(a * 100 + c).toLocaleString("en")} - ${c} = `,
      (a * 100).toLocaleString("en"),
      ` ${thing} remain. `,
    ],
  ];
  let text = "";
  const results: { start: number; end: number }[] = [];
  for (const [before, result, after] of forms) {
    text += before;
    results.push({ start: text.length, end: text.length + result.length });
    text += result + after;
  }
  return { text, results };
}

/** With one digit of one result changed. */
function corrupted(random: Random, text: string, { start, end }: { start: number; end: number }): string {
  const places = [...text.slice(start, end)].flatMap((character, place) =>
    /\d/.test(character) ? [start + place] : [],
  );
  const place = randomItem(random, places);
  const digits = [..."123456789"].filter((digit) => digit !== text[place]);
  return text.slice(0, place) + randomItem(random, digits) + text.slice(place + 1);
}

describe("checkSteps on solutions made by program", () => {
  it("flags nothing in right solutions", () => {
    const random = seededRandom(1);
    const steps = Array.from({ length: 200 }, () => checkSteps(solution(random).text)).flat();
    expect(steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(steps.length).toBeGreaterThanOrEqual(200 * 8);
  });

  it("finds every one of 1,000 steps with a changed digit, and that one alone", () => {
    const random = seededRandom(2);
    const missed: string[] = [];
    for (let count = 0; count < 1000; count++) {
      const { text, results } = solution(random);
      const place = randomItem(random, results);
      const wrong = checkSteps(corrupted(random, text, place)).filter(({ ok }) => !ok);
      if (wrong.length !== 1 || wrong[0]!.at! >= place.start) missed.push(text);
    }
    expect(missed).toEqual([]);
  });
});
