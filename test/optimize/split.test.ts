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

test("the same text twice is on one side, and an unreadable gold on none", async () => {
  const question = "What is 1+1?";
  const {
    search,
    test: held,
    dropped,
  } = await splitQuestions([
    { id: "a", question, gold: "2" },
    { id: "b", question, gold: "2" },
    { id: "c", question: "Why?", gold: " … " },
  ]);
  expect([search.length, held.length]).toContain(2);
  expect(dropped).toBe(1);
});
