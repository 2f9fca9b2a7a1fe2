import { afterEach, describe, expect, it } from "vitest";
import type { Completion, ModelRequest } from "../../src/models/model.ts";
import { openModel } from "../../src/models/open.ts";
import { startServer, type Script, type TestServer } from "../e2e/server/start.ts";
import { collect, mockRequest } from "../support/mock-model.ts";

let server: TestServer;
afterEach(() => server.close());

async function open(script: Script) {
  server = await startServer(script);
  const notices: string[] = [];
  const settings = {
    baseUrl: server.url,
    sleep: () => Promise.resolve(),
    onNotice: (text: string) => notices.push(text),
  };
  const model = await openModel({ provider: "openai", model: "o4-mini" }, settings);
  const ask = async (fields: Partial<ModelRequest> = {}): Promise<Completion[]> => {
    const last = (await collect(model.generate(mockRequest(fields)))).at(-1);
    return (last as { completions: Completion[] }).completions;
  };
  return { ask, notices };
}

describe("the Responses API", () => {
  it.each([true, false])("gives text, summary and usage (stream: %s)", async (stream) => {
    const { ask } = await open({ text: "17×24 = 408", reasoning: "340 + 68" });
    expect(await ask({ stream })).toMatchObject([
      {
        text: "17×24 = 408",
        reasoning: "340 + 68",
        reasoningFrom: "summary",
        finishReason: "stop",
        usage: { promptTokens: 20, completionTokens: 90, reasoningTokens: 64, cachedTokens: 4 },
      },
    ]);
    expect(server.requests[0]!.url).toBe("/v1/responses");
    expect(server.requests[0]!.body).toMatchObject({ store: false, reasoning: { summary: "auto" } });
  });

  it("asks without a summary where it may have none, and says so once", async () => {
    const refusal = {
      message: "Your organization must be verified to generate reasoning summaries.",
      param: "reasoning.summary",
      code: "unsupported_value",
    };
    const { ask, notices } = await open(({ body }) =>
      (body!["reasoning"] as { summary?: string } | undefined)?.summary === undefined
        ? { text: "408" }
        : { status: 400, error: refusal },
    );
    expect(await ask()).toMatchObject([{ text: "408", reasoningFrom: "text" }]);
    expect(await ask()).toHaveLength(1);
    expect(server.requests).toHaveLength(3);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain("reasoning.summary");
  });

  it("calls the token limit by its usual name", async () => {
    const { ask } = await open({ finishReason: "length", text: "17×24 =" });
    expect(await ask({ maxTokens: 20 })).toMatchObject([{ text: "17×24 =", finishReason: "length" }]);
    expect(server.requests[0]!.body).toMatchObject({ max_output_tokens: 20 });
  });

  it("a reply that ran out of tokens while thinking has no text, and says why", async () => {
    const { ask } = await open({ finishReason: "length", text: "" });
    expect(await ask()).toMatchObject([{ text: "", finishReason: "length" }]);
  });

  it("takes a stream without its last event for broken, and one with an error for that", async () => {
    const { ask } = await open([{ finishReason: null }, { fault: "error-in-stream" }, { text: "408" }]);
    expect(await ask()).toMatchObject([{ text: "408" }]);
    expect(server.requests).toHaveLength(3);
  });

  it("takes each sample in a request of its own", async () => {
    const { ask } = await open({ text: "408" });
    expect(await ask({ samples: 3 })).toHaveLength(3);
    expect(server.requests).toHaveLength(3);
    expect(server.requests[0]!.body).not.toHaveProperty("n");
  });
});
