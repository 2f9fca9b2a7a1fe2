import { afterEach, describe, expect, it } from "vitest";
import { CotError, exitCode } from "../../src/errors.ts";
import { openBudget } from "../../src/models/middleware/budget.ts";
import type { Completion, Model, ModelEvent, ModelRequest } from "../../src/models/model.ts";
import { openModel, renderRequest } from "../../src/models/open.ts";
import type { ModelSettings } from "../../src/models/settings.ts";
import {
  startServer,
  type Fault,
  type Script,
  type ServerOptions,
  type TestServer,
} from "../e2e/server/start.ts";
import { collect, mockRequest } from "../support/mock-model.ts";

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

interface SetUp {
  server: TestServer;
  model: Model;
  notices: string[];
  ask: (fields?: Partial<ModelRequest>, signal?: AbortSignal) => Promise<Completion[]>;
}

async function setUp(
  script: Script,
  settings: ModelSettings = {},
  options: ServerOptions = {},
): Promise<SetUp> {
  const server = await startServer(script, options);
  servers.push(server);
  const notices: string[] = [];
  const model = await openModel(
    { provider: null, model: "m" },
    // waits take no time
    {
      baseUrl: server.url,
      sleep: () => Promise.resolve(),
      onNotice: (text) => notices.push(text),
      ...settings,
    },
  );
  const ask = async (fields: Partial<ModelRequest> = {}, signal?: AbortSignal): Promise<Completion[]> => {
    const last = (await collect(model.generate(mockRequest(fields), signal))).at(-1);
    return (last as { completions: Completion[] }).completions;
  };
  return { server, model, notices, ask };
}

describe("an opened model", () => {
  const faults: Fault[] = [
    "reset",
    "reset-after-headers",
    "reset-half-way",
    "truncated",
    "malformed-chunk",
    "empty-choices",
    "error-in-stream",
  ];

  it.each(faults)("asks again after %s, streamed and whole", async (fault) => {
    for (const stream of [true, false]) {
      const { server, ask } = await setUp([{ fault }, { fault }, { text: "408" }]);
      expect(await ask({ stream })).toMatchObject([{ text: "408" }]);
      expect(server.requests).toHaveLength(3);
    }
  });

  it.each<Fault>(["silence", "stall"])("asks again after %s", async (fault) => {
    const { server, ask } = await setUp([{ fault }, { text: "408" }], { timeoutMs: 50 });
    expect(await ask()).toMatchObject([{ text: "408" }]);
    expect(server.requests).toHaveLength(2);
  });

  it.each([429, 500, 502, 503, 529])(
    "asks again after status %i, then gives up with its code",
    async (status) => {
      const { server, ask } = await setUp({ status }, { retries: 2 });
      await expect(ask()).rejects.toMatchObject({ code: status === 429 ? "rate_limit" : "server", status });
      expect(server.requests).toHaveLength(3);
    },
  );

  it.each([
    [400, "refused"],
    [401, "key"],
    [403, "key"],
    [404, "refused"],
    [402, "quota"],
  ])("does not ask again after status %i", async (status, code) => {
    const { server, ask } = await setUp({ status });
    await expect(ask()).rejects.toMatchObject({ code, status });
    expect(server.requests).toHaveLength(1);
  });

  it("takes a page of HTML for no answer, and says what may be wrong", async () => {
    const { server, ask } = await setUp({ fault: "malformed-reply" });
    await expect(ask()).rejects.toMatchObject({
      code: "malformed",
      hint: expect.stringContaining("/v1") as string,
    });
    expect(server.requests).toHaveLength(1);
  });

  it("is done at [DONE], whether or not the connection ends, and whatever follows", async () => {
    const { ask } = await setUp({ text: "408", fault: "never-ends" }, { timeoutMs: 5_000, retries: 0 });
    expect(await ask()).toMatchObject([{ text: "408", finishReason: "stop" }]);
    const chunk = JSON.stringify({ choices: [{ delta: { content: "408" }, finish_reason: "stop" }] });
    const body = `data: ${chunk}\n\ndata: [DONE]\n\ndata: and thanks\n\n`;
    const talkative = await setUp({ raw: { contentType: "text/event-stream", body, chunkSize: 8 } });
    expect(await talkative.ask()).toMatchObject([{ text: "408" }]);
  });

  it.each([
    [
      'error: {"code":400,"message":"the request exceeds the context size","type":"invalid_request_error"}',
      5,
    ],
    ['event: error\ndata: {"error":{"message":"the request exceeds the context size","code":400}}', 5],
    ["event: error\ndata: overloaded, exceeds the context size", 75],
  ])("says what an error in the stream says: %s", async (error, code) => {
    const body = `${error}\n\ndata: [DONE]\n\n`;
    const { ask } = await setUp({ raw: { contentType: "text/event-stream", body } }, { retries: 0 });
    const thrown = await ask().catch((one: unknown) => one as CotError);
    expect(thrown).toMatchObject({ message: expect.stringContaining("exceeds the context size") as string });
    expect(exitCode((thrown as CotError).code)).toBe(code);
  });

  it("has all of a reply whose finish reason came, whatever becomes of the connection", async () => {
    const chunk = JSON.stringify({ choices: [{ delta: { content: "408" }, finish_reason: "stop" }] });
    const headers = { "content-length": "10000" };
    const raw = { contentType: "text/event-stream", body: `data: ${chunk}\n\n`, headers };
    const { ask } = await setUp({ raw }, { timeoutMs: 200, retries: 0 });
    expect(await ask()).toMatchObject([{ text: "408", finishReason: "stop" }]);
  });

  it("takes a refusal for one, streamed and whole", async () => {
    const message = { role: "assistant", content: null, refusal: "I cannot help with that." };
    const choice = { index: 0, finish_reason: "stop" };
    const whole = JSON.stringify({ choices: [{ ...choice, message }] });
    const stream = `data: ${JSON.stringify({ choices: [{ ...choice, delta: message }] })}\n\ndata: [DONE]\n\n`;
    for (const body of [whole, stream]) {
      const { ask } = await setUp({ raw: { contentType: "", body } });
      expect(await ask()).toMatchObject([{ text: "I cannot help with that.", finishReason: "refusal" }]);
    }
  });

  it("says what had arrived of a live reply that broke, and does not start anew", async () => {
    const { server, model } = await setUp({
      text: "17×20 is 340 and then",
      reasoning: "hm",
      dialect: "deepseek",
      fault: "truncated",
      chunkSize: 4,
    });
    const events: ModelEvent[] = [];
    const error: unknown = await (async () => {
      for await (const event of model.generate(mockRequest({ live: true }))) events.push(event);
    })().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CotError);
    const shown = events.map((event) => (event.type === "text-delta" ? event.text : "")).join("");
    expect(shown).not.toBe("");
    expect((error as CotError).code).toBe("network");
    expect((error as CotError).partial).toEqual([{ sample: 0, text: shown, reasoning: "hm" }]);
    expect(server.requests).toHaveLength(1);
  });

  it("takes a whole reply to a request for a stream", async () => {
    const body = JSON.stringify({ choices: [{ message: { content: "408" }, finish_reason: "stop" }] });
    const { ask } = await setUp({ raw: { contentType: "application/json; charset=utf-8", body } });
    expect(await ask()).toMatchObject([{ text: "408", finishReason: "stop" }]);
  });

  const json = JSON.stringify({ choices: [{ message: { content: "408 ✓" }, finish_reason: "stop" }] });
  it.each([
    ["a whole reply that is called plain text", "text/plain; charset=utf-8", json],
    ["one that is called nothing", "", json],
    ["one that is called events", "text/event-stream", json],
    ["one that is called HTML", "text/html", json],
    ["one after white space that kept the connection open", "text/plain", `\n \n${json}\n`],
    ["one with a byte order mark", "text/plain", `\uFEFF${json}`],
    ["events that are called JSON", "application/json", `: wait\n\ndata: ${json}\n\ndata: [DONE]\n\n`],
    ["events that are called nothing", "", `\r\nevent: message\r\ndata: ${json}\r\n\r\n`],
  ])("tells by its beginning what a body is: %s", async (_, contentType, body) => {
    for (const chunkSize of [1, 7, 10_000]) {
      const { ask } = await setUp({ raw: { contentType, body, chunkSize } }, { retries: 0 });
      expect(await ask()).toMatchObject([{ text: "408 ✓", finishReason: "stop" }]);
    }
  });

  it("takes a page of HTML for one, whatever it is called", async () => {
    const raw = { contentType: "text/plain", body: "\n<!DOCTYPE html><p>Welcome" };
    const { ask } = await setUp({ raw }, { retries: 0 });
    await expect(ask()).rejects.toMatchObject({
      code: "malformed",
      message: expect.stringContaining("page of HTML") as string,
    });
  });

  it("takes an error object of status 200 for an error", async () => {
    const body = JSON.stringify({ error: { code: 429, message: "slow down" } });
    const { ask } = await setUp({ raw: { contentType: "application/json", body } }, { retries: 0 });
    await expect(ask()).rejects.toMatchObject({ code: "rate_limit" });
  });

  it("drops what is refused, says so once, and remembers", async () => {
    const { server, notices, ask } = await setUp((request) => {
      if (request.body!["seed"] !== undefined) {
        return { status: 400, error: { message: "Unsupported parameter: 'seed'", param: "seed" } };
      }
      return request.body!["max_tokens"] === undefined
        ? { text: "408" }
        : { status: 400, error: { message: "Use 'max_completion_tokens' instead.", param: "max_tokens" } };
    });
    expect(await ask({ seed: 7, maxTokens: 50 })).toMatchObject([{ text: "408", seed: 7 }]);
    expect(await ask({ seed: 8, maxTokens: 50 })).toMatchObject([{ text: "408", seed: 8 }]);
    expect(server.requests).toHaveLength(4);
    expect(server.requests.at(-1)!.body).toMatchObject({ max_completion_tokens: 50 });
    expect(notices).toHaveLength(2);
  });

  it("gets all samples of an endpoint that ignores n, and of one that refuses it", async () => {
    for (const script of [
      { choices: 1, text: "408" },
      ({ body }: { body: Record<string, unknown> | null }) =>
        body?.["n"] === undefined
          ? { text: "408" }
          : { status: 400, error: { message: "n > 1 is not supported" } },
    ] as Script[]) {
      const { ask } = await setUp(script);
      const completions = await ask({ samples: 3, firstSample: 2 });
      expect(completions.map(({ sample, text }) => [sample, text])).toEqual([
        [2, "408"],
        [3, "408"],
        [4, "408"],
      ]);
    }
  });

  it("shares a request's usage and cost among its samples", async () => {
    const usage = { prompt_tokens: 11, completion_tokens: 100, cost: 0.5 };
    const { ask } = await setUp({ text: ["a", "bbb"], usage });
    const completions = await ask({ samples: 2 });
    expect(
      completions.map(({ usage: { promptTokens, completionTokens } }) => [promptTokens, completionTokens]),
    ).toEqual([
      [6, 25],
      [5, 75],
    ]);
    expect(completions.map(({ cost }) => cost)).toEqual([0.125, 0.375]);
  });

  it("prices by the reply, then the settings, then the table, then not at all", async () => {
    const usage = { prompt_tokens: 1_000_000, completion_tokens: 1_000_000 };
    const priced = await setUp({ usage }, { price: { input: 1, output: 2 } });
    expect((await priced.ask())[0]!.cost).toBe(3);
    const unpriced = await setUp({ usage });
    expect((await unpriced.ask())[0]).not.toHaveProperty("cost");
    const own = await setUp({ usage: { ...usage, cost: 7 } }, { price: { input: 1, output: 2 } });
    expect((await own.ask())[0]!.cost).toBe(7);
  });

  it("holds a cap on requests with retries counted", async () => {
    const { server, ask } = await setUp({ status: 500 }, { budget: openBudget({ maxRequests: 3 }) });
    await expect(ask()).rejects.toMatchObject({ code: "budget" });
    expect(server.requests).toHaveLength(3);
  });

  it("refuses a cap on cost for a model of unknown price", async () => {
    const settings = { baseUrl: "http://localhost:1/v1", budget: openBudget({ maxCost: 1 }) };
    await expect(openModel({ provider: null, model: "m" }, settings)).rejects.toMatchObject({
      code: "usage",
    });
  });

  it("keeps to a number of requests at once", async () => {
    const { server, ask } = await setUp({ delayMs: 5 }, { concurrency: 3 });
    await Promise.all(Array.from({ length: 12 }, () => ask()));
    expect(server.maxInFlight).toBe(3);
  });

  it("stops a wait for a retry at once", async () => {
    const { ask } = await setUp({ status: 429, headers: { "retry-after": "60" } }, {
      sleep: undefined,
    } as ModelSettings);
    const controller = new AbortController();
    const asked = ask({}, controller.signal);
    setTimeout(() => {
      controller.abort();
    }, 30);
    await expect(asked).rejects.toMatchObject({ code: "interrupted" });
  });

  it("asks an endpoint without a named model for its only one, and says so", async () => {
    const server = await startServer({}, { models: ["the-only"] });
    servers.push(server);
    const notices: string[] = [];
    const settings = { baseUrl: server.url, onNotice: (text: string) => notices.push(text) };
    expect((await openModel({ provider: null }, settings)).id).toBe("the-only");
    expect(notices[0]).toContain("the-only");
    const several = await startServer({}, { models: ["a", "b"] });
    servers.push(several);
    await expect(openModel({ provider: null }, { baseUrl: several.url })).rejects.toMatchObject({
      code: "key",
      hint: expect.stringContaining("a, b") as string,
    });
  });
});

describe("renderRequest", () => {
  it("is what is sent, key redacted", async () => {
    const headers = { "X-Team": "cot", "X-Api-Key": "hidden too" };
    const settings = { key: "sk-secret", headers };
    const { server, ask } = await setUp({}, settings);
    const fields = { temperature: 0.5, maxTokens: 10, set: { top_p: 0.9 } };
    await ask(fields);
    const rendered = renderRequest(
      { provider: null, model: "m" },
      { ...settings, baseUrl: server.url },
      mockRequest(fields),
    );
    expect(rendered.body).toEqual(server.requests[0]!.body);
    expect(rendered.url).toBe(`${server.url}/chat/completions`);
    expect(rendered.headers).toMatchObject({
      authorization: "Bearer [redacted]",
      "x-team": "cot",
      "x-api-key": "[redacted]",
    });
    expect(JSON.stringify(rendered)).not.toMatch(/secret|hidden/);
    expect(server.requests[0]!.headers).toMatchObject({
      authorization: "Bearer sk-secret",
      "x-api-key": "hidden too",
    });
  });

  it("shows the bound that a cap needs, and a request a sample where it is so", () => {
    const settings = {
      baseUrl: "http://user:pass@localhost:1/v1/?api-version=1",
      budget: openBudget({ maxTokensTotal: 1000 }),
    };
    const rendered = renderRequest(
      { provider: null, model: "m" },
      settings,
      mockRequest({ samples: 3, seed: 1 }),
    );
    expect(rendered.url).toBe("http://localhost:1/v1/chat/completions?api-version=1");
    expect(rendered.headers).toMatchObject({ authorization: "Basic [redacted]" });
    expect(rendered.body).toMatchObject({ max_tokens: 8192, seed: 1 });
    expect(rendered.body).not.toHaveProperty("n");
  });

  it("knows the Responses API", () => {
    const rendered = renderRequest({ provider: "openai" }, {}, mockRequest());
    expect(rendered.url).toBe("https://api.openai.com/v1/responses");
    expect(rendered.headers).not.toHaveProperty("authorization");
    expect(rendered.body).toMatchObject({ model: "gpt-6-luna", store: false });
  });
});
