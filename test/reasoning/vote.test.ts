import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  groupAnswers,
  hasAgreement,
  isDecided,
  leaderProbability,
  nextRound,
  sameAnswer,
} from "../../src/reasoning/vote.ts";
import { sample } from "./support.ts";

describe("groups", () => {
  test("equal answers are one vote, shown in the form seen first", () => {
    const groups = groupAnswers(["7", "408", "408.0", "$408$"].map((answer) => sample(answer)));
    expect(groups).toEqual([
      { answer: "408", members: [1, 2, 3] },
      { answer: "7", members: [0] },
    ]);
  });

  test("on equal counts the answer seen first comes first; no answer is no vote", () => {
    const groups = groupAnswers([sample(undefined), sample("2"), sample("1"), sample("1"), sample("2")]);
    expect(groups.map((group) => group.answer)).toEqual(["2", "1"]);
  });

  test("JSON is equal by value, whatever the order of its keys", () => {
    expect(sameAnswer({ a: 1, b: [true, "x"] }, { b: [true, "x"], a: 1 })).toBe(true);
    expect(sameAnswer({ a: 1 }, { a: 1, b: null })).toBe(false);
    expect(sameAnswer([1, 2], [2, 1])).toBe(false);
    expect(sameAnswer([], {})).toBe(false);
    expect(sameAnswer(null, {})).toBe(false);
    expect(sameAnswer({ toString: 1 }, { a: 1 })).toBe(false);
  });
});

describe("rounds", () => {
  test.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [5, 3],
    [40, 21],
  ])("of %i samples, the first %i decide the vote if all agree", (samples, first) => {
    expect(nextRound([], samples)).toBe(first);
    expect(isDecided([first], samples - first)).toBe(true);
  });

  test.each([
    { counts: [2, 1], remaining: 2, next: 1 },
    { counts: [1, 1, 1], remaining: 2, next: 2 },
    { counts: [2, 2], remaining: 1, next: 1 },
    { counts: [1], remaining: 4, next: 2 },
  ])("after $counts with $remaining to go, $next more could decide", ({ counts, remaining, next }) => {
    expect(isDecided(counts, remaining)).toBe(false);
    expect(nextRound(counts, remaining)).toBe(next);
  });

  test("a possible tie is not decided, because a tie is no majority", () => {
    expect(isDecided([2], 2)).toBe(false);
    expect(isDecided([3], 2)).toBe(true);
  });

  test("what is decided cannot be changed by any outcome of the rest", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 6 }),
        fc.option(fc.double({ min: 0.01, max: 1, noNaN: true }), { nil: undefined }),
        (counts, rest, minAgreement) => {
          const rule = minAgreement === undefined ? {} : { minAgreement };
          fc.pre(isDecided(counts, rest.length, rule));
          const verdict = (groups: number[]): boolean => {
            const [leader, runnerUp] = [...groups].sort((a, b) => b - a);
            const share = leader! / groups.reduce((sum, count) => sum + count, 0);
            return hasAgreement(share, leader === runnerUp, minAgreement ?? 0);
          };
          const after = [...counts];
          // a vote for group i, or, past the end, a sample without an answer
          for (const vote of rest) if (vote < after.length) after[vote]!++;
          const winner = counts.indexOf(Math.max(...counts));
          expect(after.indexOf(Math.max(...after))).toBe(winner);
          expect(verdict(after)).toBe(verdict(counts));
        },
      ),
    );
  });

  test("with a minimum of agreement, sampling goes on until that verdict is settled too", () => {
    // the winner is fixed, but 3 of 3 may still become 3 of 5, which is under 0.8
    expect(isDecided([3], 2, { minAgreement: 0.8 })).toBe(false);
    expect(isDecided([3], 2, { minAgreement: 0.6 })).toBe(true);
    expect(isDecided([4], 1, { minAgreement: 0.8 })).toBe(true);
    // 3 against 1, one to go: at best 4 of 5, which misses 0.9
    expect(isDecided([3, 1], 1, { minAgreement: 0.9 })).toBe(true);
    expect(nextRound([], 5, { minAgreement: 0.8 })).toBe(4);
  });
});

describe("adaptive consistency", () => {
  test("the leader's probability is the Beta integral over (1/2, 1]", () => {
    // Beta(4, 1) has the distribution x⁴: 1 − 1/16; Beta(2, 2): one half by symmetry when 1 to 1
    expect(leaderProbability(3, 0)).toBeCloseTo(15 / 16, 12);
    expect(leaderProbability(1, 1)).toBeCloseTo(0.5, 12);
    // 1 − I(1/2; 4, 2) = 1 − (C(5,4) + C(5,5)) / 32
    expect(leaderProbability(3, 1)).toBeCloseTo(26 / 32, 12);
  });

  test("0.95 stops at four that agree, of forty", () => {
    expect(nextRound([], 40, { confidence: 0.95 })).toBe(4);
    expect(isDecided([4], 36, { confidence: 0.95 })).toBe(true);
    expect(isDecided([3], 37, { confidence: 0.95 })).toBe(false);
  });
});

test("agreement: a tie always misses, and a share does not fail by a last bit", () => {
  expect(hasAgreement(0.6, false, 0.6)).toBe(true);
  expect(hasAgreement(0.1 + 0.2, false, 0.3)).toBe(true);
  expect(hasAgreement(0.5, true, 0.1)).toBe(false);
  expect(hasAgreement(null, false, 0.1)).toBe(false);
});
