import { expect, test } from "vitest";
import { bootstrapDemonstrations } from "../../../src/optimize/proposals/demonstrations.ts";
import { rolloutOf } from "../support.ts";

const about = (id: string, text: string, reward = 1) =>
  rolloutOf({ question: { id, question: `Q${id}` }, text, reward });
const verified = ({ reward }: { reward: number | null }): boolean => reward === 1;

test("sets of two and four, the shortest verified traces, a question each", () => {
  const rollouts = ["1", "2", "3", "4", "5"].map((id) => about(id, `${"x".repeat(Number(id))}\nAnswer: 1`));
  const { sets, questions } = bootstrapDemonstrations(
    [...rollouts, about("1", "much longer than before\nAnswer: 1"), about("6", "wrong", 0)],
    verified,
  );
  expect(sets.map((set) => set.map(({ question }) => question))).toEqual([
    ["Q1", "Q2"],
    ["Q1", "Q2", "Q3", "Q4"],
  ]);
  expect([...questions]).toEqual(["Q1", "Q2", "Q3", "Q4"]);
  expect(sets[0]![0]!.response).toBe("x\nAnswer: 1");
});

test("a wrong step, or no reasoning, is no demonstration", () => {
  const slip = about("1", "2+2=5, so 4");
  slip.result.samples[0]!.checks = [{ step: "2+2=5", ok: false, expected: "4" }];
  const bare = about("2", "4");
  bare.result.samples[0]!.reasoning = null;
  expect(bootstrapDemonstrations([slip, bare, about("3", "fine")], verified).sets).toEqual([]);
});
