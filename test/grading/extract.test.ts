import { describe, expect, it } from "vitest";
import { extractAnswer } from "../../src/grading/extract.ts";
import { fixture } from "./fixtures.ts";

interface Output {
  class: string;
  question?: string;
  output: string;
  answer: string | null;
  anchor?: string;
}

const outputs = fixture<Output>("outputs.jsonl");

describe("extractAnswer", () => {
  it.each(outputs)("finds the answers of class %s", (_, rows) => {
    const found = rows.map((row) => {
      const options = row.question === undefined ? {} : { question: row.question };
      const extracted = extractAnswer(row.output, options);
      const anchor = row.anchor === undefined ? {} : { anchor: extracted?.anchor };
      return { ...row, answer: extracted?.answer ?? null, ...anchor };
    });
    expect(found).toEqual(rows);
  });

  it("has at least 200 outputs to read", () => {
    expect(outputs.flatMap(([, rows]) => rows).length).toBeGreaterThanOrEqual(200);
  });

  it("finds nothing in a text that the token limit cut off", () => {
    expect(extractAnswer("The answer is 12, but wait", { truncated: true })).toBeUndefined();
    expect(extractAnswer("The answer is 12.", { truncated: false })?.answer).toBe("12");
  });

  it("says where the statement starts", () => {
    const text = "We add 3 and 4.\nThe answer is 7.";
    expect(extractAnswer(text)).toEqual({ answer: "7", anchor: "phrase", at: text.indexOf("answer") });
  });

  it("counts the place from the start of the whole text, thoughts included", () => {
    const text = "<think>maybe \\boxed{5}</think>\nSo \\boxed{6}";
    expect(extractAnswer(text)?.at).toBe(text.lastIndexOf("\\boxed"));
  });
});
