import { expect, test } from "vitest";
import { splitQuestions } from "../../src/optimize/split.ts";
import { sums } from "./support.ts";

test("a question is on the same side whatever stands around it", async () => {
  const whole = await splitQuestions(sums(200));
  const half = await splitQuestions(sums(100).reverse());
  const ids = ({ search }: { search: { id: string }[] }) => new Set(search.map(({ id }) => id));
  for (const { id } of sums(100)) expect(ids(half).has(id)).toBe(ids(whole).has(id));
  expect(whole.test.length / 200).toBeGreaterThan(0.3);
  expect(whole.test.length / 200).toBeLessThan(0.5);
  expect(whole.search.length + whole.test.length).toBe(200);
});

test("the same text twice is there once, and an unreadable gold on no side", async () => {
  const question = "What is 1+1?";
  const {
    search,
    test: held,
    dropped,
    repeated,
  } = await splitQuestions([
    { id: "a", question, gold: "2" },
    { id: "b", question, gold: "2" },
    { id: "c", question, context: "In base 2.", gold: "10" },
    { id: "e", question, asked: `${question}\n(A) 2\n(B) 3`, gold: "A" },
    { id: "d", question: "Why?", gold: " … " },
  ]);
  // with another context, or choices, it is another question
  expect(search.length + held.length).toBe(3);
  expect({ dropped, repeated }).toEqual({ dropped: 1, repeated: 1 });
});
