import { LLMock } from "@copilotkit/aimock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Completion, ModelRequest } from "../../src/models/model.ts";
import { listModels } from "../../src/models/list.ts";
import { openModel } from "../../src/models/open.ts";
import type { ModelSpec } from "../../src/models/providers.ts";
import { collect, mockRequest } from "../support/mock-model.ts";

// a server of the protocol that we did not write
const mock = new LLMock({ port: 0 });
const answer = "17×24 = 17×20 + 17×4 = 340 + 68 = 408.";
beforeAll(async () => {
  mock.onMessage("17×24", { content: answer });
  mock.onMessage("think", { content: answer, reasoning: "340 + 68" });
  mock.onMessage("fail", { error: { message: "overloaded", type: "server_error" }, status: 503 });
  mock.onMessage("quota", {
    error: { message: "no money", type: "insufficient_quota", code: "insufficient_quota" },
    status: 429,
  });
  await mock.start();
});
afterAll(() => mock.stop());

async function ask(
  question: string,
  fields: Partial<ModelRequest> = {},
  spec: ModelSpec = { provider: null, model: "gpt-4.1" },
): Promise<Completion[]> {
  const settings = { baseUrl: `${mock.url}/v1`, key: "mock", retries: 0 };
  const model = await openModel(spec, settings);
  const last = (await collect(model.generate(mockRequest({ question, ...fields })))).at(-1);
  return (last as { completions: Completion[] }).completions;
}

describe("against aimock", () => {
  it.each([true, false])("chat completions (stream: %s)", async (stream) => {
    const [completion] = await ask("What is 17×24?", { stream, maxTokens: 100, temperature: 0.5, seed: 1 });
    expect(completion).toMatchObject({ text: answer, finishReason: "stop", seed: 1 });
    expect(completion!.usage.completionTokens).toBeGreaterThan(0);
  });

  it("several samples", async () => {
    expect(await ask("What is 17×24?", { samples: 3 })).toHaveLength(3);
  });

  it("reasoning that comes apart", async () => {
    const [completion] = await ask("think");
    expect(completion).toMatchObject({ text: answer, reasoning: "340 + 68" });
  });

  it.each([true, false])("responses (stream: %s)", async (stream) => {
    const [completion] = await ask("think", { stream }, { provider: "openai", model: "o4-mini" });
    expect(completion).toMatchObject({
      text: answer,
      reasoning: "340 + 68",
      reasoningFrom: "summary",
      finishReason: "stop",
    });
  });

  it("errors are errors", async () => {
    await expect(ask("fail")).rejects.toMatchObject({ code: "server", status: 503 });
    await expect(ask("quota")).rejects.toMatchObject({ code: "quota" });
    await expect(ask("something nobody has scripted")).rejects.toMatchObject({
      code: "refused",
      status: 404,
    });
  });

  it("its models", async () => {
    const models = await listModels({ provider: null }, { baseUrl: `${mock.url}/v1`, key: "mock" });
    expect(models.length).toBeGreaterThan(0);
  });
});
