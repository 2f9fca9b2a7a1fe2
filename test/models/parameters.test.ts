import { describe, expect, it } from "vitest";
import type { ModelRequest } from "../../src/models/model.ts";
import {
  chatBody,
  isOpenAiReasoningModel,
  responsesBody,
  usesResponses,
} from "../../src/models/parameters.ts";
import { findProvider } from "../../src/models/providers.ts";
import { mockRequest } from "../support/mock-model.ts";

const everything: Partial<ModelRequest> = {
  samples: 3,
  temperature: 0.5,
  maxTokens: 100,
  effort: "high",
  seed: 7,
};
const body = (provider: string | undefined, model: string, fields: Partial<ModelRequest> = everything) =>
  chatBody(mockRequest(fields), model, provider === undefined ? undefined : findProvider(provider));

describe("isOpenAiReasoningModel", () => {
  it.each([
    "o1",
    "o3-mini",
    "o4-mini-2025-04-16",
    "gpt-5",
    "gpt-5-mini",
    "gpt-5.2",
    "openai/o3",
    "openai/gpt-5",
  ])("%s is one", (model) => {
    expect(isOpenAiReasoningModel(model)).toBe(true);
  });
  it.each([
    "gpt-4o",
    "gpt-4.1-mini",
    "gpt-5-chat-latest",
    "openai/gpt-oss-120b",
    "qwen3",
    "olmo-2",
    "deepseek-reasoner",
  ])("%s is none", (model) => {
    expect(isOpenAiReasoningModel(model)).toBe(false);
  });
});

describe("chatBody", () => {
  it("sends little where little is asked for", () => {
    expect(body(undefined, "m", {})).toEqual({
      model: "m",
      messages: [{ role: "user", content: "What is 17×24?" }],
      stream: true,
      stream_options: { include_usage: true },
    });
    expect(body(undefined, "m", { stream: false })).not.toHaveProperty("stream");
  });

  it("speaks as most endpoints do", () => {
    expect(body(undefined, "m")).toMatchObject({
      n: 3,
      temperature: 0.5,
      max_tokens: 100,
      reasoning_effort: "high",
      seed: 7,
    });
  });

  it("speaks to OpenAI's reasoning models as they want it, wherever they are", () => {
    for (const provider of ["openai", "azure", "openrouter", undefined]) {
      const sent = body(provider, "o4-mini");
      expect(sent).toMatchObject({ max_completion_tokens: 100 });
      expect(sent).not.toHaveProperty("temperature");
      expect(sent).not.toHaveProperty("max_tokens");
    }
    expect(body("openai", "gpt-5.1", { temperature: 0.5, effort: "none" })).toHaveProperty(
      "temperature",
      0.5,
    );
  });

  it("knows the quirks of presets", () => {
    expect(body("openrouter", "m")).toMatchObject({
      reasoning: { effort: "high" },
      usage: { include: true },
    });
    expect(body("openrouter", "m")).not.toHaveProperty("reasoning_effort");
    expect(body("deepseek", "m")).toMatchObject({ reasoning_effort: "high" });
    const unthinking = body("deepseek", "m", { effort: "none" });
    expect(unthinking).toMatchObject({ thinking: { type: "disabled" } });
    expect(unthinking).not.toHaveProperty("reasoning_effort");
    expect(body("mistral", "m")).toMatchObject({ random_seed: 7 });
    expect(body("mistral", "m")).not.toHaveProperty("stream_options");
    expect(body("ollama", "m")).not.toHaveProperty("n");
    expect(body("openai", "gpt-4.1")).toMatchObject({ max_completion_tokens: 100, temperature: 0.5 });
  });

  it("lets --set have the last word, down to nested fields", () => {
    const set = {
      temperature: 1,
      stream_options: { include_usage: false },
      chat_template_kwargs: { enable_thinking: false },
      stop: null,
    };
    expect(body(undefined, "m", { set, temperature: 0 })).toMatchObject({
      temperature: 1,
      stream: true,
      stream_options: { include_usage: false },
      chat_template_kwargs: { enable_thinking: false },
      stop: null,
    });
  });

  it("leaves out what was refused, though not what --set says", () => {
    const amendments = { dropped: new Set(["seed", "temperature"]), swapMaxTokens: true };
    const request = mockRequest({ ...everything, set: { temperature: 1 } });
    const sent = chatBody(request, "m", undefined, amendments);
    expect(sent).not.toHaveProperty("seed");
    expect(sent).toMatchObject({ temperature: 1, max_completion_tokens: 100 });
  });
});

describe("responsesBody", () => {
  it("asks for a summary and for nothing to be stored", () => {
    expect(responsesBody(mockRequest(everything), "o4-mini")).toEqual({
      model: "o4-mini",
      input: [{ role: "user", content: "What is 17×24?" }],
      max_output_tokens: 100,
      reasoning: { effort: "high", summary: "auto" },
      store: false,
      stream: true,
    });
  });

  it("asks without a summary where that was refused", () => {
    const amendments = { dropped: new Set(["reasoning.summary"]), swapMaxTokens: false };
    expect(responsesBody(mockRequest({ effort: "low" }), "o4-mini", amendments)["reasoning"]).toEqual({
      effort: "low",
    });
    expect(responsesBody(mockRequest(), "o4-mini", amendments)).not.toHaveProperty("reasoning");
  });

  it("writes a schema as this API wants it", () => {
    const responseFormat = {
      type: "json_schema",
      json_schema: { name: "a", strict: true, schema: { type: "object" } },
    };
    expect(responsesBody(mockRequest({ responseFormat }), "o4-mini")["text"]).toEqual({
      format: { type: "json_schema", name: "a", strict: true, schema: { type: "object" } },
    });
  });

  it("is used for OpenAI's reasoning models at OpenAI alone", () => {
    expect(usesResponses(findProvider("openai"), "gpt-5-mini")).toBe(true);
    expect(usesResponses(findProvider("openai"), "gpt-4.1")).toBe(false);
    expect(usesResponses(findProvider("openrouter"), "openai/gpt-5")).toBe(false);
    expect(usesResponses(undefined, "gpt-5")).toBe(false);
  });
});
