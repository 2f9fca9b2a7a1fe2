import { expect, test } from "vitest";

import { buildMessages } from "../../src/prompts/prompt.ts";
import { customPrompt, namedPrompt, templates } from "../../src/prompts/templates.ts";

const question = "What is 17×24?";

test("the default template, word for word", () => {
  expect(buildMessages({ question }, namedPrompt("step-by-step"))).toEqual([
    {
      role: "user",
      content:
        "Solve the following problem step by step: What is 17×24?\n\n" +
        "Provide a detailed reasoning process before stating the final answer.",
    },
  ]);
});

test.each([
  ["zero-shot", "What is 17×24?\n\nLet's think step by step."],
  ["direct", "What is 17×24?\n\nGive only the final answer."],
] as const)("%s, word for word", (name, content) => {
  expect(buildMessages({ question }, namedPrompt(name))).toEqual([{ role: "user", content }]);
});

test("every template has one place for the question, and is one user message", () => {
  for (const template of Object.values(templates)) expect(template.split("{{question}}")).toHaveLength(2);
});

test("context stands before it, and a system message before all, where there is one", () => {
  const asked = { question, context: "Sums." };
  expect(buildMessages(asked, namedPrompt("direct"), { system: "Be brief." })).toEqual([
    { role: "system", content: "Be brief." },
    { role: "user", content: "Context:\nSums.\n\nWhat is 17×24?\n\nGive only the final answer." },
  ]);
});

test("a file's own place for context is used", () => {
  const prompt = customPrompt("p.txt", "<{{context}}> {{question}}\n");
  expect(buildMessages({ question: "Q", context: "C" }, prompt)[0]?.content).toBe("<C> Q");
  expect(buildMessages({ question: "Q" }, prompt)[0]?.content).toBe("<> Q");
});

test("what a question contains is never filled in again", () => {
  const prompt = customPrompt("p.txt", "{{question}} {{context}}");
  const asked = { question: "{{context}} $& $1", context: "{{question}}" };
  expect(buildMessages(asked, prompt)[0]?.content).toBe("{{context}} $& $1 {{question}}");
});

test("a file without {{question}} is refused", () => {
  expect(() => customPrompt("p.txt", "Solve it.")).toThrow("p.txt has no {{question}}");
});

test("demonstrations are put as the question is", () => {
  const prompt = { ...namedPrompt("direct"), demonstrations: [{ question: "1+1?", response: "2" }] };
  expect(buildMessages({ question: "2+2?" }, prompt)).toEqual([
    { role: "user", content: "1+1?\n\nGive only the final answer." },
    { role: "assistant", content: "2" },
    { role: "user", content: "2+2?\n\nGive only the final answer." },
  ]);
});
