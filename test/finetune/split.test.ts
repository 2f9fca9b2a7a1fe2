import { expect, test } from "vitest";
import { splitQuestions } from "../../src/finetune/split.ts";
import { sums } from "./support.ts";

test("no question is in two parts, also where it stands there twice", () => {
  const questions = [...sums(50), ...sums(50).map((each) => ({ ...each, id: `again-${each.id}` }))];
  const { train, validation, heldOut } = splitQuestions(questions);
  const texts = [train, validation, heldOut].map((part) => new Set(part.map(({ question }) => question)));
  expect(texts[0]!.size + texts[1]!.size + texts[2]!.size).toBe(50);
  expect(texts.map(({ size }) => size)).toEqual([35, 5, 10]);
  expect(train).toHaveLength(70);
});

test("the order of the file does not matter, and questions of one's own replace the held-out part", () => {
  const questions = sums(40);
  const one = splitQuestions(questions);
  const other = splitQuestions([...questions].reverse());
  expect(other.heldOut).toEqual(one.heldOut);
  const own = splitQuestions(questions, sums(3));
  expect(own.heldOut).toEqual(sums(3));
  expect(own.train.length + own.validation.length).toBe(40);
});

test("too few are refused", () => {
  expect(() => splitQuestions(sums(4))).toThrow(/4 different questions/);
});
