import { describe, expect, test } from "vitest";

import { passesVote, stepVerdict, verifySamples } from "../../../src/distill/verify/verify.ts";
import type { Sample } from "../../../src/reasoning/result.ts";
import { noUsage } from "../../../src/reasoning/usage.ts";
import { sampleOf } from "../sample.ts";

const right = "17×24: 17×20 = 340, 17×4 = 68, 340 + 68 = 408";
const withGold = { id: "1", question: "What is 17×24?", gold: "408" };
const withoutGold = { id: "1", question: "What is 17×24?" };
const reason = (question: typeof withGold | typeof withoutGold, sample: Sample, ...others: Sample[]) =>
  verifySamples(question, [sample, ...others])[0]!.reason;

describe("with a right answer", () => {
  test("decides by it, in whatever form it is written", () => {
    expect(reason(withGold, sampleOf(right, "408"))).toBeNull();
    expect(reason(withGold, sampleOf(right, "408.0"))).toBeNull();
    expect(reason(withGold, sampleOf(right, "407"))).toBe("wrong-answer");
  });

  test("a wrong step rejects a right answer: the student would learn it", () => {
    expect(reason(withGold, sampleOf("17×20 = 350, 17×4 = 58, 350 + 58 = 408", "408"))).toBe("wrong-step");
  });

  test("steps that do not end in the answer are no reason where the answer is known", () => {
    expect(reason(withGold, sampleOf("17×20 = 340, and so on", "408"))).toBeNull();
  });
});

describe("without a right answer", () => {
  test("checked steps that end in the answer are enough", () => {
    expect(reason(withoutGold, sampleOf(right, "408"))).toBeNull();
    expect(reason(withoutGold, sampleOf(right, "409"))).toBe("inconsistent-ending");
    expect(reason(withoutGold, sampleOf("17×4 = 69", "69"))).toBe("wrong-step");
  });

  test("a trace without a checkable step needs the vote of four", () => {
    const prose = (answer: string): Sample => sampleOf("It is plain to see.", answer);
    expect(reason(withoutGold, prose("5"))).toBe("unproven");
    expect(reason(withoutGold, prose("5"), prose("5"), prose("5"))).toBe("unproven");
    expect(reason(withoutGold, prose("5"), prose("5"), prose("5.0"), prose("6"))).toBeNull();
    expect(reason(withoutGold, prose("5"), prose("5"), prose("7"), prose("6"))).toBe("unproven");
    expect(passesVote(prose("5"), [prose("5"), prose("5")], { votes: 2 })).toBe(true);
  });

  test("unchecked is not passed", () => {
    expect(stepVerdict(sampleOf("It is plain to see.", "5"))).toBe("unchecked");
    expect(stepVerdict(sampleOf(right, "408"))).toBe("passed");
  });
});

test("what was cut off, failed, or holds nothing to learn from", () => {
  expect(reason(withGold, sampleOf(right, "408", { finishReason: "length" }))).toBe("truncated");
  const failure = { code: "server", message: "503", retryable: true } as const;
  expect(reason(withGold, sampleOf("", undefined, { error: failure }))).toBe("failed");
  expect(reason(withGold, sampleOf("Hm.", undefined))).toBe("no-answer");
  expect(reason(withGold, sampleOf("408", "408", { reasoning: null }))).toBe("no-reasoning");
});

test("text filters come last, and each has its reason", () => {
  const chinese = `${right} 因此答案是四百零八,我们可以再检查一遍这个结果`;
  expect(reason(withGold, sampleOf(chinese, "408"))).toBe("language");
  const circles = `${"We look at the same thing again and again.\n".repeat(5)}${right}`;
  expect(reason(withGold, sampleOf(circles, "408"))).toBe("repetition");
  expect(reason(withGold, sampleOf(`${right}<|im_end|>`, "408"))).toBe("template-token");
  const long = sampleOf(right, "408", { usage: { ...noUsage, completionTokens: 20_000 } });
  expect(reason(withGold, long)).toBe("length");
});
