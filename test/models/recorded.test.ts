import { readFile } from "node:fs/promises";
import { afterAll, describe, expect, it } from "vitest";
import { openModel } from "../../src/models/open.ts";
import type { Completion, ReasoningSource } from "../../src/models/model.ts";
import { startServer } from "../e2e/server/start.ts";
import { collect, mockRequest } from "../support/mock-model.ts";

interface Row {
  name: string;
  from: ReasoningSource;
  /** Prompt, completion and reasoning tokens, as far as the endpoint says. */
  tokens: [number | null, number | null, number | null];
  text?: string;
  reasoning?: string | undefined;
  finishReason?: string | null;
  cost?: number;
}

const none: Row["tokens"] = [null, null, null];
const rows: Row[] = [
  { name: "openai", from: "text", tokens: [31, 7, 0], reasoning: undefined },
  { name: "deepseek", from: "reasoning_content", tokens: [31, 50, 40] },
  { name: "openrouter", from: "reasoning", tokens: [31, 50, 40], cost: 0.00012 },
  { name: "openrouter-details", from: "reasoning_details", tokens: none },
  { name: "ollama", from: "reasoning", tokens: [31, 50, null] },
  { name: "llamacpp", from: "reasoning_content", tokens: [31, 50, null] },
  { name: "vllm", from: "reasoning_content", tokens: [31, 50, null] },
  { name: "vllm-template", from: "tag", tokens: [31, 50, null] },
  { name: "lmstudio", from: "reasoning_content", tokens: [31, 50, null] },
  { name: "groq", from: "reasoning", tokens: [31, 50, null] },
  { name: "mistral", from: "reasoning", tokens: [31, 50, null] },
  { name: "gemini", from: "tag", tokens: [31, 50, null] },
  { name: "anthropic", from: "text", tokens: [31, 50, null], reasoning: undefined },
  { name: "no-finish-reason", from: "text", tokens: none, reasoning: undefined, finishReason: null },
  { name: "no-done", from: "text", tokens: none, reasoning: undefined },
  {
    name: "thought-too-long",
    from: "reasoning_content",
    tokens: [31, 16, null],
    text: "",
    reasoning: "17×20 is 340, and 17×4",
    finishReason: "length",
  },
];

let stream = Buffer.alloc(0);
let chunkSize = Infinity;
const server = await startServer(() => ({
  raw: { contentType: "text/event-stream", body: stream, chunkSize },
}));
afterAll(() => server.close());

async function ask(): Promise<Completion> {
  const model = await openModel({ provider: null, model: "m" }, { baseUrl: server.url, retries: 0 });
  const last = (await collect(model.generate(mockRequest()))).at(-1);
  return (last as { completions: Completion[] }).completions[0]!;
}

describe("streams as endpoints write them", () => {
  for (const { name, from, tokens, ...row } of rows) {
    const { text = "17×24 = 408", finishReason = "stop", cost } = row;
    const reasoning = "reasoning" in row ? row.reasoning : "340 + 68";

    it.each([Infinity, 1])(`${name}, in pieces of %d bytes`, async (size) => {
      stream = await readFile(new URL(`../fixtures/endpoints/${name}.sse`, import.meta.url));
      chunkSize = size;
      const completion = await ask();
      expect(completion.text).toBe(text);
      expect(completion.reasoning).toBe(reasoning);
      expect(completion.reasoningFrom).toBe(from);
      expect(completion.finishReason).toBe(finishReason);
      expect(completion.cost).toBe(cost);
      const { promptTokens, completionTokens, reasoningTokens } = completion.usage;
      expect([promptTokens, completionTokens, reasoningTokens]).toEqual(tokens);
    });
  }

  it("none of them, cut off before its end, is taken for an answer", async () => {
    for (const { name } of rows) {
      const whole = await readFile(new URL(`../fixtures/endpoints/${name}.sse`, import.meta.url), "utf8");
      stream = Buffer.from(
        whole.slice(0, whole.indexOf('"finish_reason":"') - 40).replace(/data: \[DONE\].*/s, ""),
      );
      await expect(ask(), name).rejects.toMatchObject({ code: /network|malformed/ });
    }
  });
});
