import { describe, expect, test } from "vitest";

import { createStreak, type Judgement, type Placed, type Streak } from "../../src/batch/streak.ts";
import type { Failure } from "../../src/reasoning/result.ts";
import { failedResult, resultOf } from "../support/result.ts";

const temporary: Failure = { code: "server", message: "503", retryable: true };
const final: Failure = { code: "refused", message: "400", retryable: false };

function failed(position: number, error: Failure = temporary): Placed {
  return { position, result: failedResult({ error }) };
}

function answered(position: number): Placed {
  return { position, result: resultOf() };
}

function positions(judgement: Judgement): number[] {
  return judgement.type === "settled" ? judgement.results.map(({ position }) => position) : [];
}

function fail(streak: Streak, count: number): Judgement[] {
  return Array.from({ length: count }, (_, i) => streak.judge(failed(i)));
}

const fresh = (): Streak => createStreak(() => false);

describe("temporary failures", () => {
  test("are held back, and are the questions' own once another question fares better", () => {
    const streak = fresh();
    expect(fail(streak, 3).map(({ type }) => type)).toEqual(["held", "held", "held"]);
    expect(positions(streak.judge(answered(3)))).toEqual([0, 1, 2, 3]);
    expect(positions(streak.end())).toEqual([]);
  });

  test("a final refusal is an answer of the endpoint, too", () => {
    const streak = fresh();
    fail(streak, 15);
    expect(positions(streak.judge(failed(15, final)))).toHaveLength(16);
  });

  test("16 in a row are the endpoint's: the run stops with their cause", () => {
    const last = fail(fresh(), 16).at(-1);
    expect(last).toMatchObject({ type: "stop", error: { code: "server" } });
    expect((last as { error: Error }).error.message).toContain("16 questions in a row");
  });

  test("15, a success, and 15 more are no row", () => {
    const streak = fresh();
    fail(streak, 15);
    streak.judge(answered(15));
    expect(fail(streak, 15).every(({ type }) => type === "held")).toBe(true);
    expect(positions(streak.end())).toHaveLength(15);
  });

  test("nothing else in the whole input is the endpoint's", () => {
    const streak = fresh();
    fail(streak, 2);
    expect(streak.end()).toMatchObject({ type: "stop", error: { code: "server" } });
  });

  test("one question that fails alone is told by its own message", () => {
    const streak = fresh();
    streak.judge(failed(0));
    expect((streak.end() as { error: Error }).error.message).toBe("503");
  });

  test("a stop for another reason settles what was held", () => {
    const streak = fresh();
    fail(streak, 4);
    expect(streak.release().map(({ position }) => position)).toEqual([0, 1, 2, 3]);
    expect(streak.release()).toEqual([]);
  });
});

describe("results from a journal", () => {
  test("neither prolong nor end a row", () => {
    const kept = new Set([answered(100), failed(101)]);
    const streak = createStreak((result) => [...kept].some((placed) => placed.result === result));
    fail(streak, 15);
    for (const placed of kept) expect(positions(streak.judge(placed))).toEqual([placed.position]);
    expect(streak.judge(failed(15)).type).toBe("stop");
  });
});

describe("what no later question would fare better with", () => {
  test.each([
    ["key", 401],
    ["budget", undefined],
    ["interrupted", undefined],
    ["output", undefined],
  ] as const)("%s stops at once", (code, status) => {
    const error: Failure = {
      code,
      message: "no",
      retryable: false,
      ...(status === undefined ? {} : { status }),
    };
    expect(fresh().judge(failed(0, error))).toMatchObject({ type: "stop", error: { code } });
  });
});
