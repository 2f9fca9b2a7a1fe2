import { describe, expect, it } from "vitest";
import { gradeAnswer } from "../../src/grading/equal.ts";
import { fixture } from "./fixtures.ts";

interface Pair {
  class: string;
  answer: string;
  gold: string;
  verdict: string;
}

const pairs = fixture<Pair>("pairs.jsonl");

describe("gradeAnswer", () => {
  it.each(pairs)("judges the pairs of class %s", (_, rows) => {
    const judged = rows.map((row) => ({ ...row, verdict: gradeAnswer(row.answer, row.gold) }));
    expect(judged).toEqual(rows);
  });

  it("has at least 300 pairs to judge", () => {
    expect(pairs.flatMap(([, rows]) => rows).length).toBeGreaterThanOrEqual(300);
  });

  it("judges alike both ways round, but where the gold sets the form", () => {
    // a rounded gold, an answer given in a sentence, a gold that carries its choice's text
    const oneWay = new Set(["rounding", "prose", "choices", "nothing", "hostile"]);
    const rows = pairs.filter(([name]) => !oneWay.has(name)).flatMap(([, pair]) => pair);
    const turned = rows.map((row) => ({ ...row, verdict: gradeAnswer(row.gold, row.answer) }));
    expect(turned).toEqual(rows);
  });

  it("takes identical strings for equal at any size, and long ones for unknown", () => {
    const long = "x+".repeat(100_000);
    expect(gradeAnswer(long, long)).toBe("equal");
    expect(gradeAnswer(long, "5")).toBe("unknown");
    expect(gradeAnswer("5", long)).toBe("unknown");
  });

  it("cannot tell anything by an empty gold", () => {
    expect(gradeAnswer("5", "")).toBe("unknown");
    expect(gradeAnswer("", "")).toBe("unknown");
  });

  it("takes a percent sign for a unit where the question asks for a percentage", () => {
    const question = "What percent of the plants are in bloom?";
    expect(gradeAnswer("25%", "25", { question })).toBe("equal");
    expect(gradeAnswer("25", "25%", { question })).toBe("equal");
    expect(gradeAnswer("25%", "25", { question: "How many plants are in bloom?" })).toBe("different");
  });
});
