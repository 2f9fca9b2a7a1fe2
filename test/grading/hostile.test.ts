import { describe, expect, it } from "vitest";
import { gradeAnswer } from "../../src/grading/equal.ts";
import { extractAnswer } from "../../src/grading/extract.ts";
import { checkSteps } from "../../src/grading/steps.ts";

const size = 1_000_000;
const units = [
  "(",
  "{",
  "\\boxed{",
  "The answer is ",
  "the answer is 12. ",
  "1+",
  "1+1=",
  "1=",
  "9^",
  "$",
  "<answer>",
  "<answer>1</answer>",
  '"answer":"',
  '"answer": [',
  "**",
  " ",
  "\n",
  "</think>",
  "\\",
  "\\frac{",
  "1,000,",
  "|",
  "#### 1\n",
  "\n\nQuestion: x",
  "\nA: 1",
  "(A) (B) ",
  "<<1+1=2>>",
  "5% of ",
  "5 apples + ",
  "\\begin{pmatrix}",
  "\\text{",
];

/** These finish because work is bounded; the runner's own limit would tell. */
describe("a million characters of hostile text", () => {
  it.each(units)("made of %j end and do not throw", (unit) => {
    const text = unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
    extractAnswer(text);
    extractAnswer(text, { question: "Which one? (A) one (B) two" });
    extractAnswer("The answer is 5.", { question: text });
    expect(gradeAnswer(text, "5")).toBe("unknown");
    gradeAnswer(text.slice(0, 8000), text.slice(0, 7000));
    checkSteps(text);
  });

  it.each([
    ["9^9^9", "387420489"],
    ["9^{9^{9}}", "5"],
    ["2^{100000000}", "1"],
    ["99999999!", "1"],
    ["\\binom{99999999}{5000000}", "1"],
    ["\\sum_{k=1}^{99999999999} k", "1"],
    ["1e999999999", "1"],
    ["(".repeat(10_000) + "1" + ")".repeat(10_000), "2"],
    ["{".repeat(3_000) + "1" + "}".repeat(3_000), "2"],
    ["-".repeat(5_001) + "1", "1"],
    ["\\sqrt{".repeat(1_000) + "2" + "}".repeat(1_000), "2"],
    ["x^".repeat(3_000) + "2", "2"],
  ])("the expression %# is not taken for another", (answer, gold) => {
    expect(gradeAnswer(answer, gold)).not.toBe("equal");
  });
});
