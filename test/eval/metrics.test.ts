import { describe, expect, test } from "vitest";
import { compare } from "../../src/eval/comparison.ts";
import { gradeQuestion, samplesOf, type GradedQuestion } from "../../src/eval/graded.ts";
import { measure, measureBy } from "../../src/eval/metrics.ts";
import { buildReport } from "../../src/eval/report.ts";
import type { Result, Sample } from "../../src/reasoning/result.ts";
import { noUsage } from "../../src/reasoning/usage.ts";
import { sample } from "../reasoning/support.ts";

const failed = sample(undefined, { error: { code: "truncated", message: "cut off", retryable: false } });

function graded(
  id: string,
  answers: (string | Sample)[],
  meta?: Record<string, unknown>,
): Promise<GradedQuestion> {
  const samples = answers.map((answer) =>
    typeof answer === "string" ? sample(answer, { anchor: "boxed" }) : answer,
  );
  return gradeQuestion({ id, question: id, gold: "408", ...(meta ? { meta } : {}) }, samples);
}

describe("grading a question", () => {
  test("each sample, and the vote over them", async () => {
    expect(await graded("q", ["407", "408", "408.0", failed])).toMatchObject({
      samples: [{ score: 0 }, { score: 1 }, { score: 1 }, { score: 0, verdict: "different" }],
      answer: "408",
      verdict: "equal",
      majority: 1,
      tie: false,
    });
  });

  test("on a tie what was said first counts", async () => {
    expect(await graded("q", ["407", "408"])).toMatchObject({ answer: "407", majority: 0, tie: true });
  });

  test("without any answer it is wrong", async () => {
    expect(await graded("q", [failed])).toMatchObject({ verdict: "different", majority: 0, votes: [] });
  });

  test("a reward in place of equality; null cannot judge, and counts as wrong", async () => {
    const rewards = [0.5, null, 0.25];
    const one = await gradeQuestion(
      { id: "q", question: "?" },
      ["a", "b", "c"].map((a) => sample(a)),
      ({ answer }) => Promise.resolve(rewards["abc".indexOf(answer as string)]!),
    );
    expect(one.samples.map(({ score, verdict }) => [score, verdict])).toEqual([
      [0.5, "equal"],
      [0, "unknown"],
      [0.25, "different"],
    ]);
  });

  test("a vote as one answer costs what all of its samples did", () => {
    const votes = [sample("7"), sample("408"), sample("408")];
    const result = {
      question: { id: "1", question: "?" },
      answer: "408",
      representative: 1,
      samples: votes,
      usage: { ...noUsage, completionTokens: 3 },
      cost: 0.3,
      latencyMs: 9,
    } as Result;
    expect(samplesOf(result, true)).toMatchObject([
      { answer: "408", usage: { completionTokens: 3 }, cost: 0.3, latencyMs: 9 },
    ]);
    expect(samplesOf(result, false)).toBe(votes);
  });
});

describe("metrics", () => {
  test("by hand, over three questions of four samples", async () => {
    const metrics = measure("m", [
      await graded("a", ["408", "408", "408", "7"]),
      await graded("b", ["408", "7", "7", "7"]),
      await graded("c", ["1", "2", "3", failed]),
    ]);
    // question means 3/4, 1/4, 0
    expect(metrics.passAt1).toBeCloseTo(1 / 3, 12);
    // 1 − C(1,2)/C(4,2) = 1, 1 − C(3,2)/6 = 1/2, 0
    expect(metrics.passAtK["2"]).toBeCloseTo(0.5, 12);
    expect(metrics.passAtK["4"]).toBeCloseTo(2 / 3, 12);
    expect(Object.keys(metrics.passAtK)).toEqual(["1", "2", "4"]);
    expect(metrics.majAtK).toBeCloseTo(1 / 3, 12);
    // squares 25/144 + 1/144 + 16/144 = 42/144; sqrt(3/2 × 42/144) / 3
    expect(metrics.stderr).toBeCloseTo(Math.sqrt((1.5 * 42) / 144) / 3, 12);
    expect(metrics.answered).toEqual({ rate: 11 / 12, reasons: { truncated: 1 / 12 } });
    expect(metrics).toMatchObject({ questions: 3, samples: 4, unknown: 0, cost: null });
    expect(metrics.tokens.perSample).toBe(1);
    expect(metrics.latencyMs).toBe(1);
  });

  test("pass@k is given for the samples that every question has", async () => {
    const metrics = measure("m", [
      await graded("a", ["1", "2", "3", "4", "5"]),
      await graded("b", ["1", "2", "3"]),
    ]);
    expect(Object.keys(metrics.passAtK)).toEqual(["1", "2", "3"]);
    expect(metrics.samples).toBe(5);
  });

  test("format and steps", async () => {
    const checks = [true, false, true, true].map((ok) => ({ step: "1+1=2", ok }));
    const metrics = measure("m", [
      await graded("a", [sample("408", { anchor: "boxed", checks }), sample("408", { anchor: "last-line" })]),
    ]);
    expect(metrics).toMatchObject({ formatRate: 0.5, stepErrorRate: 0.25, stderr: null, ci95: null });
  });

  test("what nobody wrote has no format, no steps, no latency", async () => {
    const bare = sample("408", { text: "", latencyMs: 0, usage: noUsage });
    expect(measure("m", [await graded("a", [bare])])).toMatchObject({
      formatRate: null,
      stepErrorRate: null,
      latencyMs: null,
      tokens: { perSample: null },
    });
  });

  test("slices by a field, values in natural order", async () => {
    const questions = [
      await graded("a", ["408"], { digits: 10 }),
      await graded("b", ["1"], { digits: 2 }),
      await graded("c", ["408"], { digits: 2 }),
      await graded("d", ["408"]),
    ];
    const by = measureBy("m", questions, ["digits"]);
    expect(Object.entries(by.digits!).map(([value, { passAt1 }]) => [value, passAt1])).toEqual([
      ["2", 0.5],
      ["10", 1],
      ["(none)", 1],
    ]);
  });
});

describe("comparison", () => {
  test("on the questions that both have, b − a", async () => {
    const a = {
      name: "a",
      questions: [await graded("x", ["1"]), await graded("y", ["1"]), await graded("z", ["408"])],
    };
    const b = { name: "b", questions: [await graded("y", ["408"]), await graded("x", ["408"])] };
    expect(compare(a, b)).toEqual({ a: "a", b: "b", questions: 2, difference: 1, ci95: [1, 1], p: 0.5 });
  });

  test("the others against the first; a setting without questions has no result", async () => {
    const questions = [await graded("x", ["1"])];
    const report = buildReport([
      { name: "a", questions },
      { name: "b", questions },
      { name: "c", questions: [] },
    ]);
    expect(report.results.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(report.comparisons).toMatchObject([{ a: "a", b: "b", difference: 0, ci95: null, p: 1 }]);
  });
});
