import { expect, test } from "vitest";

import { extractAnswer } from "../../src/grading/extract.ts";
import { ask } from "../../src/reasoning/ask.ts";
import { reasoningInText } from "../../src/reasoning/sample.ts";
import { mockModel } from "../support/mock-model.ts";
import { options, question } from "./support.ts";

const steps = "17×20 = 340\n17×4 = 68";
const long = `So we take both together, and as 340 and 68 make 408, which is what was asked for, it is \\boxed{408}.`;

test.each([
  ["a line of its own", `${steps}\nThe answer is 408.`, steps],
  ["an equation that ends in it", `${steps}\n340 + 68 = \\boxed{408}`, steps],
  ["words behind it", `${steps}\n\\boxed{408}\n\nLet me know if you need more!`, steps],
  ["a heading of its own", `${steps}\n\nThe answer is:\n\n408`, steps],
  ["a long line, which reasons itself", `${steps}\n${long}`, `${steps}\n${long}`],
  ["an equation alone", "17×24 = 408", "17×24 = 408"],
  ["nothing before it", "Answer: 408", null],
  ["nothing but the answer", "\n 408\n", null],
  ["no answer", `${steps}\nHm`, null],
])("reasoning in a text is what stands before the answer's line: %s", (name, text, reasoning) => {
  const found = name === "no answer" ? undefined : extractAnswer(text);
  expect(reasoningInText(text, found)).toBe(name === "no answer" ? text : reasoning);
});

test("whom nobody asked to reason has none in its text, but what it thought apart from it", async () => {
  const direct = { ...options, strategy: "direct" };
  const text = `${steps}\nThe answer is 408.`;
  expect(await ask(question, direct, mockModel([text]))).toMatchObject({ answer: "408", reasoning: null });
  const thinking = mockModel([{ text, reasoning: "Hm.", reasoningFrom: "reasoning_content" }]);
  expect(await ask(question, direct, thinking)).toMatchObject({ answer: "408", reasoning: "Hm." });
});
