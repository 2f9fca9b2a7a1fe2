import { expect, test } from "vitest";

import { createTally } from "../../src/distill/tally.ts";
import { waterfall } from "../../src/distill/waterfall.ts";
import { examinedOf, verdictsOf } from "./examined.ts";

const kept = verdictsOf(null);
const wrong = verdictsOf("wrong-answer");

test("counts samples by the rule that took them, and what was verified although not kept", () => {
  const tally = createTally();
  tally.add(examinedOf("a", kept, wrong, verdictsOf("duplicate"), verdictsOf("not-selected")));
  tally.add(examinedOf("b", wrong, verdictsOf("truncated")));
  tally.leftOut();
  expect(tally.counts).toMatchObject({
    questions: 2,
    questionsLeftOut: 1,
    samples: 6,
    accepted: 3,
    kept: 1,
    keptQuestions: 1,
    rejected: { "wrong-answer": 2, duplicate: 1, "not-selected": 1, truncated: 1 },
  });
  expect(tally.usage).toEqual({
    promptTokens: 30,
    completionTokens: 60,
    cost: expect.closeTo(0.06) as number,
  });
});

test("the difficulty of questions, by the share of their samples that are verified", () => {
  const tally = createTally();
  const add = (...right: boolean[]): void =>
    tally.add(examinedOf("q", ...right.map((one) => (one ? kept : wrong))));
  add(false, false);
  add(true, false, false);
  add(true, false);
  add(true, true, false);
  add(true, true);
  expect(tally.counts.passRates).toEqual({ never: 1, seldom: 1, often: 2, always: 1 });
});

test("what checked steps and the vote would have passed alone is measured where golds are known", () => {
  const tally = createTally({ votes: 2 });
  const passed = (gold: boolean | null) =>
    verdictsOf(gold === false ? "wrong-answer" : null, { gold, steps: "passed" });
  tally.add(examinedOf("a", passed(true), passed(false)));
  tally.add(examinedOf("b", passed(null)));
  tally.add(examinedOf("c", verdictsOf(null, { gold: true })));
  // the vote of the two samples of `a`, which agree; a single one is no vote
  expect(tally.counts.precision).toEqual({
    steps: { accepted: 2, right: 1 },
    agreement: { accepted: 2, right: 1 },
  });
  expect(createTally().counts.precision).toEqual({ steps: null, agreement: null });
});

test("the waterfall leads from all samples to those that are kept, in the order of the rules", () => {
  const tally = createTally();
  tally.add(examinedOf("a", kept, verdictsOf("duplicate"), wrong, verdictsOf("failed"), wrong));
  const rows = waterfall(tally.counts);
  expect(rows.map(({ taken, left }) => [taken, left])).toEqual([
    [1, 4],
    [2, 2],
    [1, 1],
  ]);
  expect(rows.at(-1)!.left).toBe(tally.counts.kept);
});
