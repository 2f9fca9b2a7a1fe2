import { describe, expect, test } from "vitest";
import { phrasesOf, recombine, refusalOf } from "../../../src/optimize/proposals/instructions.ts";
import { instructionIn, reflectionPrompt } from "../../../src/optimize/proposals/reflect.ts";
import { mockModel } from "../../support/mock-model.ts";
import { rolloutOf } from "../support.ts";

describe("an instruction is refused", () => {
  const phrases = phrasesOf([{ id: "1", question: "A farmer picks 260 apples on Monday.", gold: "260" }]);
  test.each([
    ["", "empty"],
    ["x".repeat(2001), "characters"],
    ["Answer {{question}} well.", "placeholder"],
    ["Be careful.", "there already"],
    ["As when a FARMER picks 260 apples: add.", '"a farmer picks 260 apples"'],
  ])("%j", (text, reason) => {
    expect(refusalOf(text, ["", "Be careful."], phrases)).toContain(reason);
  });
  test("not for four words of the data", () => {
    expect(refusalOf("When a farmer picks 260, add.", [], phrases)).toBeUndefined();
  });
});

test("recombining keeps each sentence once", () => {
  expect(recombine("Be careful. Check it twice!", "Check it twice! Say why.")).toBe(
    "Be careful. Check it twice! Say why.",
  );
});

test.each([
  ["thoughts <instruction> Check. </instruction>", "Check."],
  ["<instruction>A</instruction> no: <instruction>B</instruction>", "B"],
  ["Check.", "Check."],
  ["  ", undefined],
])("the instruction in %j", (reply, instruction) => {
  expect(instructionIn(reply)).toBe(instruction);
});

test("the reflection model sees traces, rewards, wrong steps and feedback", () => {
  const worst = rolloutOf({ reward: 0, feedback: "carry the one" });
  worst.result.samples[0]!.checks = [{ step: "17×20=350", ok: false, expected: "340" }];
  const prompt = reflectionPrompt({
    model: mockModel([""]),
    instruction: "",
    template: "{{question}}",
    reward: "accuracy",
    worst: [worst],
    best: [],
    proposal: 0,
    onReply: () => undefined,
  });
  for (const part of [
    "What is 17×24?",
    "Right answer: 408",
    "Wrong step: 17×20=350 (it is 340)",
    "carry the one",
  ]) {
    expect(prompt).toContain(part);
  }
});
