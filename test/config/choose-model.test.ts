import { expect, test } from "vitest";

import { chooseModel } from "../../src/config/choose-model.ts";
import type { Config } from "../../src/config/schema.ts";

const choose = (
  flags: { model?: string; baseUrl?: string },
  env: Record<string, string> = {},
  config: Config = {},
) => chooseModel(flags, { path: "/c.json", config }, env);

const own = "http://localhost:8080/v1";

test("the flag, then COT_MODEL, then the config", () => {
  const env = { COT_MODEL: "groq:b", OPENAI_API_KEY: "k" };
  const config = { model: "mistral:c" };
  expect(choose({ model: "xai:a" }, env, config)).toMatchObject({
    spec: { provider: "xai", model: "a" },
    decidedBy: "--model",
  });
  expect(choose({}, env, config)).toMatchObject({
    spec: { provider: "groq", model: "b" },
    decidedBy: "COT_MODEL",
  });
  expect(choose({}, {}, config)).toMatchObject({
    spec: { provider: "mistral", model: "c" },
    decidedBy: "/c.json",
  });
});

test("an alias of the config is what it stands for", () => {
  const config = { models: { fast: "groq:llama", local: "builtin" } };
  expect(choose({ model: "fast" }, {}, config)).toMatchObject({ spec: { provider: "groq", model: "llama" } });
  expect(choose({}, { COT_MODEL: "local" }, config)).toMatchObject({ spec: { provider: "builtin" } });
});

test("with --base-url all of --model is the model's name", () => {
  expect(choose({ model: "openai:x", baseUrl: own })).toMatchObject({
    spec: { provider: null, model: "openai:x" },
    baseUrl: own,
  });
  expect(choose({ baseUrl: own })).toMatchObject({ spec: { provider: null }, baseUrl: own });
});

test("a colon that no provider stands before belongs to the name", () => {
  expect(choose({ model: "qwen3:8b" }, { OPENAI_BASE_URL: own })).toMatchObject({
    spec: { provider: null, model: "qwen3:8b" },
    baseUrl: own,
  });
});

test("OPENAI_BASE_URL counts only where no provider is named", () => {
  const env = { OPENAI_BASE_URL: own };
  expect(choose({ model: "groq:x" }, env)?.baseUrl).toBeUndefined();
  expect(choose({ model: "x" }, env)).toMatchObject({ spec: { provider: null, model: "x" }, baseUrl: own });
  expect(choose({}, env)).toMatchObject({ spec: { provider: null }, baseUrl: own });
});

test("then the first preset with a key, its variable or the config's", () => {
  expect(choose({}, { GROQ_API_KEY: "k", DEEPSEEK_API_KEY: "k" })).toMatchObject({
    spec: { provider: "deepseek" },
  });
  expect(choose({}, {}, { keys: { mistral: { command: "pass mistral" } } })).toMatchObject({
    spec: { provider: "mistral" },
  });
  expect(choose({}, {}, { keys: { mistral: { env: "MY_KEY" } } })).toBeUndefined();
  expect(choose({ model: "x" }, { GROQ_API_KEY: "k" })).toMatchObject({
    spec: { provider: "groq", model: "x" },
  });
});

test("an empty variable is as if it were not set", () => {
  expect(choose({}, { COT_MODEL: "", OPENAI_BASE_URL: "", OPENAI_API_KEY: "" })).toBeUndefined();
  expect(choose({}, { OPENAI_API_KEY: " \n" })).toBeUndefined();
});

test("a bare name without any key says how to name a provider", () => {
  expect(() => choose({ model: "llama" })).toThrow('nothing says where the model "llama" is');
});

test.each(["localhost:8080", "ftp://x", "/v1"])("refuses %s as a base URL", (baseUrl) => {
  expect(() => choose({ baseUrl })).toThrow(`not "${baseUrl}"`);
});

test("a provider that is mistyped is guessed", () => {
  const refusal = (model: string): unknown => {
    try {
      return choose({ model });
    } catch (error) {
      return error;
    }
  };
  expect(refusal("opneai:gpt-5")).toMatchObject({
    code: "key",
    hint: expect.stringContaining("Did you mean openai:gpt-5?") as string,
  });
  expect(refusal("some:model:free")).toMatchObject({
    hint: expect.stringContaining("-m ollama:some:model:free") as string,
  });
});
