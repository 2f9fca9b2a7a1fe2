import { expect, test } from "vitest";

import { parsePolicy } from "../../src/prompts/policy.ts";
import { buildMessages } from "../../src/prompts/prompt.ts";
import { retrievingPrompt } from "../../src/prompts/retrieval.ts";

const policy = parsePolicy(
  JSON.stringify({
    version: 1,
    strategy: "step-by-step",
    instructions: "{{question}}",
    retrieve: 2,
    demonstrations: [
      { question: "How much is 3 × 4?", response: "12" },
      { question: "Anna has 3 apples and buys 4. How many apples has she?", response: "7" },
      { question: "Ben has 9 pears and eats 2. How many pears has he?", response: "7" },
      { question: "How much is 30 ÷ 6?", response: "5" },
    ],
  }),
  "p.policy.json",
);
const prompt = retrievingPrompt(policy, "p.policy.json");
const shown = (question: string) =>
  buildMessages({ question }, prompt)
    .filter(({ role }) => role === "user")
    .map(({ content }) => content);

test("the likest questions, the likest last, whatever their numbers", () => {
  expect(shown("How much is 77 ÷ 11?")).toEqual([
    "How much is 3 × 4?",
    "How much is 30 ÷ 6?",
    "How much is 77 ÷ 11?",
  ]);
  expect(shown("Carl has 5 apples and buys 6. How many apples has he?").slice(0, 2)).toEqual(
    expect.arrayContaining(["Anna has 3 apples and buys 4. How many apples has she?"]),
  );
});

test("a question is never shown its own answer", () => {
  expect(shown("how much is  30 ÷ 6?").slice(0, -1)).not.toContain("How much is 30 ÷ 6?");
});

test("where nothing is alike, the first ones", () => {
  expect(shown("Warum?")).toHaveLength(3);
});
