import { describe, expect, test } from "vitest";

import { createExaminer, type Answered, type ExamineOptions } from "../../src/distill/examine.ts";
import type { Sample } from "../../src/reasoning/result.ts";
import { noUsage } from "../../src/reasoning/usage.ts";
import { sampleOf } from "./sample.ts";

const origin = { model: "t", endpoint: "test", prompt: "step-by-step", policy: null };
const question = { id: "q1", question: "What is 17×24?", gold: "408" };

/** Right traces that say the same in other words, and one that is wrong. */
const short = "17×24: 17×20 = 340, 17×4 = 68, 340 + 68 = 408";
const long = "First we take 24 as 25 less 1: 17×25 = 425, and then we take one 17 away: 425 − 17 = 408";
const wrong = "17×20 = 340, 17×4 = 58, 340 + 58 = 398";

function examiner(more: Partial<ExamineOptions> = {}) {
  const messages: ExamineOptions["messages"] = (asked) => [
    { role: "user", content: `Solve: ${asked.question}` },
  ];
  return createExaminer({ keep: 2, select: "shortest", messages, ...more });
}

function answered(texts: readonly (readonly [string, string])[], more: Partial<Answered> = {}): Answered {
  const samples = texts.map(([text, answer], index): Sample =>
    sampleOf(text, answer, { index, usage: { ...noUsage, completionTokens: text.length } }),
  );
  return { question, samples, origin, ...more };
}

const reasonsOf = (samples: readonly { verdicts: { reason: string | null } }[]) =>
  samples.map(({ verdicts }) => verdicts.reason);

describe("examining a question's samples", () => {
  test("verifies, then leaves out copies, then selects; the shortest comes first", async () => {
    const { samples, lessons } = await examiner({ keep: 1 }).examine(
      answered([
        [long, "408"],
        [wrong, "398"],
        [short, "408"],
        [`${short} `, "408"],
      ]),
    );
    expect(reasonsOf(samples)).toEqual(["not-selected", "wrong-answer", null, "duplicate"]);
    expect(samples[3]!.duplicateOf).toBe("q1#2");
    expect(lessons.map(({ sample }) => sample)).toEqual([2]);
    expect(lessons[0]!.lesson).toMatchObject({ prompt: "Solve: What is 17×24?", reasoning: short });
  });

  test("a wrong trace stands against a right one, but none that fails for another reason too", async () => {
    const [one] = (
      await examiner().examine(
        answered([
          [short, "408"],
          [wrong, "398"],
        ]),
      )
    ).lessons;
    expect(one!.lesson.rejected).toMatchObject({ reasoning: wrong });
    expect(one!.against).toBe(1);
    const torn = await examiner().examine({
      ...answered([[short, "408"]]),
      samples: [sampleOf(short, "408"), sampleOf(wrong, "398", { index: 1, finishReason: "length" })],
    });
    expect(torn.lessons[0]!.lesson.rejected).toBeUndefined();
  });

  test("remembers earlier questions: their traces are not taught twice", async () => {
    const both = examiner();
    await both.examine(answered([[short, "408"]]));
    const again = await both.examine(answered([[short, "408"]], { question: { ...question, id: "q2" } }));
    expect(again.samples[0]).toMatchObject({
      duplicateOf: "q1#0",
      verdicts: { reason: "duplicate", failed: ["duplicate"], accepted: false },
    });
    expect(again.lessons).toEqual([]);
  });

  test("the part is the question's own, whatever became of it", async () => {
    const { part, lessons } = await examiner().examine(answered([[wrong, "398"]]));
    expect(lessons).toEqual([]);
    expect((await examiner().examine(answered([[short, "408"]]))).part).toBe(part);
  });
});

describe("decontamination", () => {
  const run = "one two three four five six seven eight nine ten eleven twelve thirteen";
  const decontaminate = [
    { path: "a.jsonl", items: [{ id: "a1", question: `Say ${run} and stop.` }] },
    { path: "b.jsonl", items: [{ id: "b1", question: "What is 17×24?" }] },
  ];

  test("a question that stands in an evaluation file is known before it is asked", () => {
    expect(examiner({ decontaminate }).contamination(question)).toMatchObject({
      file: "b.jsonl",
      item: "b1",
      how: "exact",
    });
    expect(
      examiner({ decontaminate }).contamination({ id: "x", question: "What is 17×25?" }),
    ).toBeUndefined();
  });

  test("a trace that quotes one is left out, with the place", async () => {
    const other = { id: "x", question: "What is 17×25?", gold: "425" };
    const { samples } = await examiner({ decontaminate }).examine(
      answered(
        [
          ["17×25 = 425", "425"],
          [`They say ${run} and then 17×25 = 425`, "425"],
        ],
        { question: other },
      ),
    );
    expect(reasonsOf(samples)).toEqual([null, "contaminated"]);
    expect(samples[1]!.contamination).toMatchObject({ file: "a.jsonl", item: "a1", how: "n-gram" });
  });
});
