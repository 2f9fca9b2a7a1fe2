import { describe, expect, it } from "vitest";
import { priceOf } from "../../src/models/price.ts";
import { connect } from "../../src/models/connection.ts";
import {
  findProvider,
  parseModelSpec,
  providerAt,
  providerBaseUrl,
  providers,
} from "../../src/models/providers.ts";

describe("parseModelSpec", () => {
  it.each([
    ["groq:openai/gpt-oss-120b", { provider: "groq", model: "openai/gpt-oss-120b" }],
    ["ollama:qwen3:4b", { provider: "ollama", model: "qwen3:4b" }],
    ["openai", { provider: "openai" }],
    ["openai:", { provider: "openai" }],
    ["builtin", { provider: "builtin" }],
    ["builtin:./small", { provider: "builtin", model: "./small" }],
    ["qwen3:4b", { provider: null, model: "qwen3:4b" }],
    ["gpt-4.1", { provider: null, model: "gpt-4.1" }],
  ])("%s", (text, expected) => {
    expect(parseModelSpec(text, false)).toEqual(expected);
  });

  it("takes all of it for a name where there is a base URL", () => {
    expect(parseModelSpec("openai:gpt-4.1", true)).toEqual({ provider: null, model: "openai:gpt-4.1" });
  });
});

describe("the table of presets", () => {
  it("has sixteen, each with an address, and a dated default model wherever a key is needed", () => {
    expect(providers.map(({ name }) => name)).toEqual([
      ..."openai azure anthropic deepseek openrouter groq together fireworks mistral".split(" "),
      ..."gemini xai huggingface ollama lmstudio llamacpp vllm".split(" "),
    ]);
    for (const { name, baseUrl, baseUrlVariable, keyVariable, defaultModel, source } of providers) {
      expect(baseUrl || baseUrlVariable, name).toBeTruthy();
      expect(baseUrl.endsWith("/"), name).toBe(false);
      if (keyVariable !== undefined && baseUrl !== "") {
        expect(defaultModel, name).toBeTruthy();
        expect(source, name).toMatch(/, 20\d\d-\d\d(-\d\d)?$/);
      }
    }
  });

  it("knows what the default models cost, save where the reply or the hoster says it", () => {
    const unpriced = providers.filter(
      ({ name, defaultModel }) => defaultModel !== undefined && priceOf(name, defaultModel) === undefined,
    );
    expect(unpriced.map(({ name }) => name)).toEqual(["openrouter", "fireworks", "huggingface"]);
  });

  it("knows a preset by its host, but not whoever listens on a local port", () => {
    expect(providerAt("api.groq.com")?.name).toBe("groq");
    expect(providerAt("127.0.0.1:11434")).toBeUndefined();
    expect(providerAt("example.test")).toBeUndefined();
  });

  it.each([
    ["ollama", {}, "http://127.0.0.1:11434/v1"],
    ["ollama", { OLLAMA_HOST: "gpu-box" }, "http://gpu-box:11434/v1"],
    ["ollama", { OLLAMA_HOST: "0.0.0.0:9999" }, "http://127.0.0.1:9999/v1"],
    ["ollama", { OLLAMA_HOST: ":9999" }, "http://127.0.0.1:9999/v1"],
    ["ollama", { OLLAMA_HOST: "::1" }, "http://[::1]:11434/v1"],
    ["ollama", { OLLAMA_HOST: "[::]:9999" }, "http://127.0.0.1:9999/v1"],
    ["ollama", { OLLAMA_HOST: "gpu-box/ollama/" }, "http://gpu-box:11434/ollama/v1"],
    ["ollama", { OLLAMA_HOST: "https://gate.test/a/b" }, "https://gate.test:443/a/b/v1"],
    ["ollama", { OLLAMA_HOST: "ftp://x:y" }, "ftp://x:y/v1"],
    ["ollama", { OLLAMA_HOST: "https://ollama.test/" }, "https://ollama.test:443/v1"],
    ["azure", {}, ""],
    [
      "azure",
      { AZURE_OPENAI_ENDPOINT: "https://x.openai.azure.com/" },
      "https://x.openai.azure.com/openai/v1",
    ],
    [
      "azure",
      { AZURE_OPENAI_ENDPOINT: "https://x.openai.azure.com/openai/v1/" },
      "https://x.openai.azure.com/openai/v1",
    ],
  ])("%s with %j is at %s", (name, environment, expected) => {
    expect(providerBaseUrl(findProvider(name)!, environment)).toBe(expected);
  });
});

describe("connect", () => {
  const at = (baseUrl: string, headers = {}) => connect({ provider: null }, { baseUrl, headers });

  it("tidies a base URL", () => {
    expect(at("http://localhost:8000/v1/").baseUrl).toBe("http://localhost:8000/v1");
    expect(at("http://localhost:8000/v1/chat/completions").baseUrl).toBe("http://localhost:8000/v1");
    expect(at("https://user:p%40ss@a.test/v1?version=2")).toMatchObject({
      baseUrl: "https://a.test/v1",
      host: "a.test",
      query: { version: "2" },
      headers: { authorization: `Basic ${Buffer.from("user:p@ss").toString("base64")}` },
    });
  });

  it.each(["", "localhost:8000", "ftp://a.test", "not a url"])("refuses %j", (baseUrl) => {
    expect(() => at(baseUrl)).toThrow(expect.objectContaining({ code: "usage" }) as Error);
  });

  it("refuses a header that cannot be sent, without its value", () => {
    expect(() => at("http://a.test", { "x-key": "se\ncret" })).toThrow(/--header(?!.*cret)/);
  });

  it("says which variable an address is missing from", () => {
    expect(() => connect({ provider: "azure", model: "m" }, {})).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("AZURE_OPENAI_ENDPOINT") as string }) as Error,
    );
  });
});
