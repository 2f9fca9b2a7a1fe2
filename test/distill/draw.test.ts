import { expect, test } from "vitest";

import { drawSamples, type DrawOptions } from "../../src/distill/draw.ts";
import { memoryStore } from "../../src/models/memory-store.ts";
import { cache } from "../../src/models/middleware/cache.ts";
import { mockModel, type MockModel } from "../support/mock-model.ts";

const question = { id: "q", question: "What is 17×24?", gold: "408" };
const options: DrawOptions = {
  samples: 8,
  keep: 2,
  adaptive: true,
  prompt: "step-by-step",
  strategy: "step-by-step",
  messages: (asked) => [{ role: "user", content: asked.question }],
};

const byParts = "17×24: we take 17×20 = 340 and 17×4 = 68, and 340 + 68 = 408.\n\nAnswer: 408";
const byQuarters = "24 is 25 less 1, so 17×25 = 425 and 425 - 17 = 408.\n\nAnswer: 408";
const wrong = "17×20 = 340, 17×4 = 58, and 340 + 58 = 398.\n\nAnswer: 398";

/** How many samples the model was asked for. */
const drawn = (model: MockModel): number => model.requests.reduce((sum, { samples }) => sum + samples, 0);

async function draw(texts: readonly string[], more: Partial<DrawOptions> = {}): Promise<number> {
  const model = mockModel((_, sample) => texts[Math.min(sample, texts.length - 1)]!);
  const result = await drawSamples(question, { ...options, ...more }, cache(memoryStore())(model));
  expect(result.samples).toHaveLength(drawn(model));
  return drawn(model);
}

test("two verified traces are enough", async () => {
  expect(await draw([byParts, byQuarters])).toBe(2);
  expect(await draw([byParts, wrong, wrong, byQuarters])).toBe(4);
});

test("copies of a trace, exact or nearly so, count once: what is kept in the end has to be there", async () => {
  expect(await draw([byParts, byParts, `${byParts} `, byQuarters])).toBe(4);
  expect(await draw([byParts, byParts], { keep: 1 })).toBe(1);
});

test("a teacher that always says the same is asked no more than -n times", async () => {
  expect(await draw([byParts])).toBe(8);
  expect(await draw([byParts], { samples: 3 })).toBe(3);
});

test("without a right answer there are enough for a vote from the start", async () => {
  const model = mockModel(() => "It was Homer, as everybody says.\n\nAnswer: Homer");
  await drawSamples({ id: "w", question: "Who wrote it?" }, options, cache(memoryStore())(model));
  expect(model.requests[0]!.samples).toBe(4);
});
