import { describe, expect, test } from "vitest";
import { CotError } from "../../src/errors.ts";
import { ask } from "../../src/reasoning/ask.ts";
import type { AskEvent } from "../../src/reasoning/options.ts";
import { mockModel } from "../support/mock-model.ts";
import { options, question } from "./support.ts";

const refining = { ...options, refineRounds: 2 };
const wrong = "17×20 = 350\n17×4 = 68\n350+68 = 418\nThe answer is 418";
const right = "17×20 = 340\n17×4 = 68\n340+68 = 408\nThe answer is 408";
const says = (answer: string): string => `I think about it.\n\nThe answer is ${answer}`;

describe("a wrong step", () => {
  test("is shown to the model, with its right value; the corrected trace replaces the first", async () => {
    const events: AskEvent[] = [];
    const model = mockModel([wrong, right]);
    const result = await ask(question, refining, model, { onEvent: (event) => events.push(event) });
    expect(result).toMatchObject({
      answer: "408",
      correct: true,
      refined: { rounds: 1, changed: true, from: "418" },
      votes: [{ answer: "408", count: 1 }],
      usage: { completionTokens: 10 },
      latencyMs: 2,
    });
    const [asked, shown, told] = model.requests[1]!.messages;
    expect(asked).toEqual(model.requests[0]!.messages[0]);
    expect(shown).toEqual({ role: "assistant", content: wrong });
    expect(told!.content).toContain("17×20=350");
    expect(told!.content).toContain("340");
    expect(result.samples).toHaveLength(1);
    expect(result.samples[0]!.before!.text).toBe(wrong);
    expect(events.map((event) => event.type).slice(-2)).toEqual(["refine-start", "refine-done"]);
  });

  test("is redone round after round, up to the bound", async () => {
    const model = mockModel([wrong, wrong, wrong, right]);
    const result = await ask(question, refining, model);
    expect(result.refined).toEqual({ rounds: 2, changed: false, from: "418" });
    expect(model.requests).toHaveLength(3);
    // each round has an index of its own: a seed, and a place in the store
    expect(model.requests.map((request) => request.firstSample)).toEqual([0, 1, 2]);
  });

  test("the built-in model gets its text up to the last good step, and writes what follows itself", async () => {
    const first = "17×4 = 68\n17×20 = 350\nThe answer is 418";
    const model = mockModel([first, "17×20 = 340\n340+68 = 408\nThe answer is 408"], { endpoint: "builtin" });
    const result = await ask(question, refining, model);
    expect(model.requests[1]).toMatchObject({ prefix: "17×4 = 68\n", temperature: 1 });
    expect(result.answer).toBe("408");
    expect(result.samples[0]!.text).toMatch(/^17×4 = 68\n17×20 = 340/);
  });
});

describe("without a wrong step", () => {
  test("an independent solution that agrees ends it: the first stays", async () => {
    const model = mockModel([says("408"), says("408.0")]);
    const result = await ask(question, refining, model);
    expect(result.refined).toEqual({ rounds: 1, changed: false, from: "408" });
    expect(model.requests[1]!.messages).toEqual(model.requests[0]!.messages);
    expect(result.samples[0]!.text).toBe(says("408"));
  });

  test("where they differ a third, shown both, decides", async () => {
    const model = mockModel([says("418"), says("408"), says("408")]);
    const result = await ask(question, refining, model);
    expect(result).toMatchObject({ answer: "408", refined: { rounds: 1, changed: true, from: "418" } });
    expect(model.requests[2]!.messages[0]!.content).toContain(`Solution 1:\n${says("418")}`);
    expect(model.requests[2]!.messages[0]!.content).toContain(`Solution 2:\n${says("408")}`);
  });

  test.each([
    ["sides with the first", "418"],
    ["says something else again", "9"],
  ])("a third that %s changes nothing", async (_, third) => {
    const result = await ask(question, refining, mockModel([says("418"), says("408"), says(third)]));
    expect(result).toMatchObject({ answer: "418", refined: { changed: false } });
  });

  test("two more votes do not outweigh three", async () => {
    const script = [says("418"), says("418"), says("418"), says("408"), says("408")];
    const model = mockModel((request) => script[request.firstSample]!);
    const result = await ask(question, { ...refining, samples: 3, everySample: true }, model);
    expect(result).toMatchObject({ answer: "418", agreement: 1, refined: { changed: false } });
  });
});

test("a round without an answer, or that fails, changes nothing", async () => {
  const silent = await ask(question, refining, mockModel([wrong, ""]));
  expect(silent).toMatchObject({ answer: "418", refined: { rounds: 2, changed: false } });
  const failed = await ask(question, refining, mockModel([wrong, new CotError("server", "500")]));
  expect(failed).toMatchObject({ answer: "418", refined: { changed: false } });
});

test("an interrupt fails the question: it is not finished", async () => {
  const result = await ask(question, refining, mockModel([wrong, new CotError("interrupted", "stop")]));
  expect(result.error?.code).toBe("interrupted");
  expect(result).not.toHaveProperty("answer");
});

test("a question without an answer is not refined", async () => {
  const model = mockModel([{ text: "17×20 =", finishReason: "length" }]);
  const result = await ask(question, refining, model);
  expect(result.error?.code).toBe("truncated");
  expect(model.requests).toHaveLength(1);
});
