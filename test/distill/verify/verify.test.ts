import { describe, expect, test } from "vitest";

import { CotError } from "../../../src/errors.ts";
import { verdictIn } from "../../../src/distill/verify/judge.ts";
import { passesVote, stepVerdict, verifySamples } from "../../../src/distill/verify/verify.ts";
import type { Sample } from "../../../src/reasoning/result.ts";
import { noUsage } from "../../../src/reasoning/usage.ts";
import { mockModel, type MockModel } from "../../support/mock-model.ts";
import { sampleOf } from "../sample.ts";

const right = "17×24: 17×20 = 340, 17×4 = 68, 340 + 68 = 408";
const withGold = { id: "1", question: "What is 17×24?", gold: "408" };
const withoutGold = { id: "1", question: "What is 17×24?" };
const reason = (question: typeof withGold | typeof withoutGold, sample: Sample, ...others: Sample[]) =>
  verifySamples(question, [sample, ...others]).then(([verdicts]) => verdicts!.reason);

describe("with a right answer", () => {
  test("decides by it, in whatever form it is written", async () => {
    expect(await reason(withGold, sampleOf(right, "408"))).toBeNull();
    expect(await reason(withGold, sampleOf(right, "408.0"))).toBeNull();
    expect(await reason(withGold, sampleOf(right, "407"))).toBe("wrong-answer");
  });

  test("a wrong step rejects a right answer: the student would learn it", async () => {
    expect(await reason(withGold, sampleOf("17×20 = 350, 17×4 = 58, 350 + 58 = 408", "408"))).toBe(
      "wrong-step",
    );
  });

  test("steps that do not end in the answer are no reason where the answer is known", async () => {
    expect(await reason(withGold, sampleOf("17×20 = 340, and so on", "408"))).toBeNull();
  });
});

describe("as everything else is graded here", () => {
  const asked = { id: "1", question: "What percentage of 80 is 20?", gold: "25" };

  test("with the question at hand: a percent sign is a unit where it asks for a percentage", async () => {
    expect(await reason(asked, sampleOf("20/80 = 0.25, and 0.25×100 = 25", "25%"))).toBeNull();
    expect(
      await reason({ ...asked, question: "What is 20/80?" }, sampleOf("20/80 = 25%", "25%")),
    ).not.toBeNull();
    const { question } = asked;
    expect(
      await reason({ id: "1", question }, sampleOf("20/80 = 0.25, and 0.25×100 = 25", "25%")),
    ).toBeNull();
  });

  test("a right answer that says nothing decides nothing", async () => {
    const [verdicts] = await verifySamples({ ...withGold, gold: "?" }, [sampleOf(right, "408")]);
    expect(verdicts).toMatchObject({ gold: null, accepted: true });
  });

  test("JSON by value", async () => {
    const gold = '{"b": 2, "a": 1}';
    const sample = { ...sampleOf(right, "x"), answer: { a: 1, b: 2 } };
    expect((await verifySamples({ ...withGold, gold }, [sample]))[0]!.gold).toBe(true);
  });
});

describe("without a right answer", () => {
  test("checked steps that end in the answer are enough", async () => {
    expect(await reason(withoutGold, sampleOf(right, "408"))).toBeNull();
    expect(await reason(withoutGold, sampleOf(right, "409"))).toBe("inconsistent-ending");
    expect(await reason(withoutGold, sampleOf("17×4 = 69", "69"))).toBe("wrong-step");
  });

  test("a trace without a checkable step needs the vote of four", async () => {
    const prose = (answer: string): Sample => sampleOf("It is plain to see.", answer);
    expect(await reason(withoutGold, prose("5"))).toBe("unproven");
    expect(await reason(withoutGold, prose("5"), prose("5"), prose("5"))).toBe("unproven");
    expect(await reason(withoutGold, prose("5"), prose("5"), prose("5.0"), prose("6"))).toBeNull();
    expect(await reason(withoutGold, prose("5"), prose("5"), prose("7"), prose("6"))).toBe("unproven");
    expect(passesVote(prose("5"), [prose("5"), prose("5")], { votes: 2 })).toBe(true);
  });

  test("unchecked is not passed", () => {
    expect(stepVerdict(sampleOf("It is plain to see.", "5"), "?")).toBe("unchecked");
    expect(stepVerdict(sampleOf(right, "408"), "?")).toBe("passed");
  });
});

test("what was cut off, failed, or holds nothing to learn from", async () => {
  expect(await reason(withGold, sampleOf(right, "408", { finishReason: "length" }))).toBe("truncated");
  const failure = { code: "server", message: "503", retryable: true } as const;
  expect(await reason(withGold, sampleOf("", undefined, { error: failure }))).toBe("failed");
  expect(await reason(withGold, sampleOf("Hm.", undefined))).toBe("no-answer");
  expect(await reason(withGold, sampleOf("408", "408", { reasoning: null }))).toBe("no-reasoning");
});

test("text filters come last, and each has its reason", async () => {
  const chinese = `${right} 因此答案是四百零八,我们可以再检查一遍这个结果`;
  expect(await reason(withGold, sampleOf(chinese, "408"))).toBe("language");
  const circles = `${"We look at the same thing again and again.\n".repeat(5)}${right}`;
  expect(await reason(withGold, sampleOf(circles, "408"))).toBe("repetition");
  expect(await reason(withGold, sampleOf(`${right}<|im_end|>`, "408"))).toBe("template-token");
  const long = sampleOf(right, "408", { usage: { ...noUsage, completionTokens: 20_000 } });
  expect(await reason(withGold, long)).toBe("length");
});

test("reasoning that is part of the text is read once", async () => {
  const line = "Now we add the two numbers that we have found so far.\n";
  expect(await reason(withGold, sampleOf(`${line}${line}340 + 68 = 408`, "408"))).toBeNull();
});

test("every rule is recorded apart, and the first that failed is the reason", async () => {
  const bad = sampleOf(`17×4 = 69<|im_end|>`, "409", { finishReason: "length" });
  const [verdicts] = await verifySamples(withGold, [bad]);
  expect(verdicts).toEqual({
    gold: false,
    steps: "wrong",
    agreement: null,
    judge: null,
    failed: ["truncated", "wrong-answer", "wrong-step", "template-token"],
    accepted: false,
    reason: "truncated",
  });
});

describe("a judge model", () => {
  const prose = (answer: string): Sample => sampleOf("It is plain to see.", answer);
  const verdictsOf = (judge: MockModel, ...samples: Sample[]) =>
    verifySamples(withoutGold, samples, { judge });

  test("is asked about what nothing else can prove, and about that alone", async () => {
    const judge = mockModel(["The steps hold.\n**Verdict:** right", "Verdict: wrong", "I cannot tell."]);
    const verdicts = await verdictsOf(judge, prose("408"), sampleOf(right, "408"), prose("5"), prose("7"));
    expect(verdicts.map(({ judge: said, reason }) => [said, reason])).toEqual([
      [true, null],
      [null, null],
      [false, "judged-wrong"],
      [null, "unproven"],
    ]);
    expect(judge.requests).toHaveLength(3);
    expect(judge.requests[0]!.messages[0]!.content).toContain("It is plain to see.");
    await verifySamples(withGold, [prose("408"), prose("1")], { judge });
    expect(judge.requests).toHaveLength(3);
  });

  test("a trace with another fault is not worth a request", async () => {
    const judge = mockModel(["Verdict: right"]);
    await verdictsOf(judge, sampleOf("It is plain.<|im_end|>", "5"));
    expect(judge.requests).toEqual([]);
  });

  test("that fails for one trace leaves it unproven; one that can never answer ends the run", async () => {
    const busy = mockModel([new CotError("server", "503")]);
    expect((await verdictsOf(busy, prose("5")))[0]).toMatchObject({ judge: null, reason: "unproven" });
    const unknown = mockModel([new CotError("refused", "The model `x` does not exist", { status: 404 })]);
    await expect(verdictsOf(unknown, prose("5"))).rejects.toMatchObject({ code: "refused" });
  });

  test.each([
    ["Verdict: right", true],
    ["**Verdict: Incorrect.**", false],
    ["Verdict: right? No.\nVERDICT : wrong", false],
    ["Verdict: unknown", null],
    ["It is right.", null],
  ])("%j is %j", (reply, verdict) => expect(verdictIn(reply)).toBe(verdict));
});
