import { expect, test } from "vitest";

import { parsePolicy } from "../../src/prompts/policy.ts";
import { CotError } from "../../src/errors.ts";
import type { Model } from "../../src/models/model.ts";
import { formatPolicy } from "../../src/prompts/policy.ts";
import { buildMessages, puttingWith } from "../../src/prompts/prompt.ts";
import { retrievingPrompt } from "../../src/prompts/retrieval.ts";

const policy = parsePolicy(
  JSON.stringify({
    version: 1,
    strategy: "step-by-step",
    instructions: "{{question}}",
    retrieve: 2,
    demonstrations: [
      { question: "How much is 3 × 4?", response: "12" },
      { question: "Anna has 3 apples and buys 4. How many apples has she?", response: "7" },
      { question: "Ben has 9 pears and eats 2. How many pears has he?", response: "7" },
      { question: "How much is 30 ÷ 6?", response: "5" },
    ],
  }),
  "p.policy.json",
);
const prompt = retrievingPrompt(policy, "p.policy.json", () => undefined);
const shown = (question: string) =>
  buildMessages({ question }, prompt)
    .filter(({ role }) => role === "user")
    .map(({ content }) => content);

test("the likest questions, the likest last, whatever their numbers", () => {
  expect(shown("How much is 77 ÷ 11?")).toEqual([
    "How much is 3 × 4?",
    "How much is 30 ÷ 6?",
    "How much is 77 ÷ 11?",
  ]);
  expect(shown("Carl has 5 apples and buys 6. How many apples has he?").slice(0, 2)).toEqual(
    expect.arrayContaining(["Anna has 3 apples and buys 4. How many apples has she?"]),
  );
});

test("a question is never shown its own answer", () => {
  expect(shown("how much is  30 ÷ 6?").slice(0, -1)).not.toContain("How much is 30 ÷ 6?");
});

test("where nothing is alike, the first ones", () => {
  expect(shown("Warum?")).toHaveLength(3);
});

/** A model whose endpoint embeds as told. */
function embedding(reply: (text: string) => number[]): { model: Model; asked: string[] } {
  const asked: string[] = [];
  const embedder = (id: string): Model => ({
    id,
    endpoint: "test",
    async *generate({ messages }) {
      const { content } = messages[0]!;
      asked.push(content);
      const text = Buffer.from(Int8Array.from(reply(content)).buffer).toString("base64");
      const usage = { promptTokens: 1, completionTokens: 0, reasoningTokens: null, cachedTokens: null };
      yield await Promise.resolve({
        type: "finish",
        completions: [{ sample: 0, text, reasoningFrom: "text", finishReason: "stop", usage, latencyMs: 1 }],
      });
    },
  });
  return { model: { id: "chat", endpoint: "test", generate: embedder("chat").generate, embedder }, asked };
}

const pack = (numbers: number[]) => Buffer.from(Int8Array.from(numbers).buffer).toString("base64");
const withVectors = parsePolicy(
  formatPolicy({
    ...policy,
    embeddings: {
      model: "embed",
      vectors: [
        [1, 0],
        [0, 100],
        [10, 90],
        [100, 1],
      ].map(pack),
    },
  }),
  "p.policy.json",
);

test("by embeddings, where the endpoint has them: the likest last, never the question itself", async () => {
  const putting = puttingWith(retrievingPrompt(withVectors, "p", () => undefined));
  const { model } = embedding(() => [0, 3]);
  const question = { question: "How much is 77 ÷ 11?" };
  await putting.prepare!(question, model);
  const users = putting.messages(question).filter(({ role }) => role === "user");
  expect(users.map(({ content }) => content)).toEqual([
    "Ben has 9 pears and eats 2. How many pears has he?",
    "Anna has 3 apples and buys 4. How many apples has she?",
    "How much is 77 ÷ 11?",
  ]);
  const itself = { question: "anna has 3 apples and  buys 4. How many apples has she?" };
  await putting.prepare!(itself, model);
  expect(putting.messages(itself)[2]!.content).toContain("Ben");
});

test("by words where it has none, which is said once and asked once; what passes is passed on", async () => {
  const notes: string[] = [];
  const putting = puttingWith(retrievingPrompt(withVectors, "p", (text) => notes.push(text)));
  let code: "refused" | "network" = "network";
  const { model, asked } = embedding(() => {
    throw new CotError(code, "not now");
  });
  const question = { question: "How much is 77 ÷ 11?" };
  await expect(putting.prepare!(question, model)).rejects.toMatchObject({ code: "network" });
  code = "refused";
  await putting.prepare!(question, model);
  await putting.prepare!({ question: "Another" }, model);
  expect(notes).toEqual(["demonstrations are found by their words, not by embed: not now"]);
  expect(asked).toHaveLength(2);
  expect(putting.messages(question)[2]!.content).toBe("How much is 30 ÷ 6?");
});

test("a policy whose vectors are not its demonstrations' is none", () => {
  const broken = { ...policy, embeddings: { model: "embed", vectors: [pack([1, 2])] } };
  expect(() => parsePolicy(formatPolicy(broken), "p")).toThrow("4 demonstrations, and 1 vectors");
});
