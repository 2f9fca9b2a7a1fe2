import { describe, expect, test } from "vitest";
import { CotError } from "../../src/errors.ts";
import { evaluate } from "../../src/eval/evaluate.ts";
import { measure } from "../../src/eval/metrics.ts";
import { mockModel } from "../support/mock-model.ts";
import { options } from "../reasoning/support.ts";

const setting = { ...options, name: "s" };
const questions = ["1", "2", "3"].map((id) => ({ id, question: `Question ${id}`, gold: id }));
/** Knows the first two, and the second only in the first of its samples. */
const model = () =>
  mockModel((request, sample) => {
    const id = request.question.slice(-1);
    const right = id === "1" || (id === "2" && sample === 0);
    return `I think.\nThe answer is ${right ? id : "99"}`;
  });

test("takes every sample of every question, in order", async () => {
  const asked = model();
  const evaluation = await evaluate(questions, { ...setting, samples: 4 }, asked);
  expect(evaluation.questions.map(({ question }) => question.id)).toEqual(["1", "2", "3"]);
  expect(asked.requests.reduce((sum, request) => sum + request.samples, 0)).toBe(12);
  expect(measure("s", evaluation.questions)).toMatchObject({ samples: 4, passAt1: 5 / 12, majAtK: 1 / 3 });
});

test("a vote can be measured as one answer", async () => {
  const evaluation = await evaluate(questions, { ...setting, samples: 3, asOne: true }, model());
  expect(measure("s", evaluation.questions)).toMatchObject({ samples: 1, passAt1: 1 / 3 });
});

test("a gold that cannot be read drops its question, unasked", async () => {
  const asked = model();
  const evaluation = await evaluate([{ ...questions[0]!, gold: "$$" }, questions[1]!], setting, asked);
  expect(evaluation).toMatchObject({ dropped: 1, questions: [{ question: { id: "2" } }] });
  expect(asked.requests).toHaveLength(1);
});

test("texts are kept only where somebody will read them", async () => {
  const kept = await evaluate(questions, { ...setting, keepTexts: true }, model());
  expect(kept.questions[0]!.samples[0]!.sample.text).toContain("The answer is 1");
  const dropped = await evaluate(questions, setting, model());
  expect(dropped.questions[0]!.samples[0]!.sample).toMatchObject({ text: "I", reasoning: null });
});

describe("failures", () => {
  test("a question that failed for good counts as wrong, under its reason", async () => {
    const broken = mockModel((request) =>
      request.question.endsWith("2") ? new CotError("malformed", "no JSON") : "The answer is 1",
    );
    const { questions: graded } = await evaluate(questions, setting, broken);
    expect(measure("s", graded).answered).toEqual({ rate: 2 / 3, reasons: { malformed: 1 / 3 } });
  });

  test("a refused key stops the run, and what was not asked does not count", async () => {
    const refused = mockModel([new CotError("key", "refused", { status: 401 })]);
    const evaluation = await evaluate(questions, setting, refused);
    expect(evaluation.stoppedBy?.code).toBe("key");
    expect(evaluation.questions).toEqual([]);
  });
});
