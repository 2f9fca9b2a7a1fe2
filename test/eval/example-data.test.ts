import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkSteps } from "../../src/grading/steps.ts";
import { isHeldOut } from "../../src/transformer/training/problems/heldout.ts";

interface Row {
  id: string;
  question: string;
  answer: string;
  expression: string;
}

function rowsOf(name: string): Row[] {
  const text = readFileSync(new URL(`../../examples/data/${name}`, import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
}

/** The expressions are written so that their operations follow from left to right. */
function operationsOf(expression: string): ["+" | "-" | "×" | "÷" | "%", number, number][] {
  const [first, ...rest] = expression
    .replaceAll(/[()]/g, "")
    .replace("%×", "%")
    .match(/\d+|[-+×÷%]/g)!;
  let left = Number(first);
  const operations: ReturnType<typeof operationsOf> = [];
  for (let i = 0; i < rest.length; i += 2) {
    const operator = rest[i] as "+" | "-" | "×" | "÷" | "%";
    const right = Number(rest[i + 1]);
    operations.push([operator, left, right]);
    if (operator === "+") left += right;
    else if (operator === "-") left -= right;
    else if (operator === "÷") left /= right;
    else left = (left * right) / (operator === "%" ? 100 : 1);
  }
  return operations;
}

describe.each(["arithmetic.jsonl", "word-problems.jsonl"])("%s", (name) => {
  const rows = rowsOf(name);

  test("ids and questions are unique", () => {
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    expect(new Set(rows.map((row) => row.question)).size).toBe(rows.length);
  });

  test.each(rows)("$question $answer", ({ question, expression, answer }) => {
    expect(checkSteps(`${expression}=${answer}`)).toMatchObject([{ ok: true }]);
    const numbers = (text: string): string[] => (text.match(/\d+/g) ?? []).sort();
    expect(numbers(question)).toEqual(numbers(expression));
    // the built-in model has never been trained on what it is measured by here
    const operations = operationsOf(expression);
    const asked = operations.filter(([, a, b]) => Math.min(a, b) > 9 || Math.max(a, b) > 99);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.every(([operator, a, b]) => isHeldOut(operator, a, b))).toBe(true);
  });
});
