import { expect, test } from "vitest";

import { selectTraces, type Candidate } from "../../../src/distill/select/select.ts";

const candidates: Candidate[] = [
  { index: 0, text: "first we add the tens and then we add the ones", tokens: 30 },
  { index: 1, text: "first we add the tens and then we add the units", tokens: 20 },
  { index: 2, text: "count on from the larger number in steps of ten", tokens: 40 },
  { index: 3, text: "first we add the tens and then we add the rest", tokens: 25 },
];

test("the shortest, of equal length the first drawn", () => {
  expect(selectTraces(candidates, "shortest", 2, 0.5)).toEqual([1, 3]);
  const alike = candidates.map((one) => ({ ...one, tokens: 5 }));
  expect(selectTraces(alike, "shortest", 2, 0.5)).toEqual([0, 1]);
});

test("the most unlike one another", () => {
  expect(selectTraces(candidates, "diverse", 2, 0.5)).toEqual([1, 2]);
});

test("a question that is always solved gives one diverse trace, so that it does not crowd out hard ones", () => {
  expect(selectTraces(candidates, "diverse", 2, 1)).toEqual([1]);
});

test("all of them, and none of none", () => {
  expect(selectTraces(candidates, "all", 2, 0.5)).toEqual([1, 3, 0, 2]);
  for (const how of ["shortest", "diverse", "all"] as const) expect(selectTraces([], how, 2, 0)).toEqual([]);
});
