import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";

import { runCot, startCot } from "../support/cli.ts";
import { startProxy } from "../support/local-proxy.ts";
import { serve } from "../support/serve.ts";
import { startServer, type TestServer } from "./server/start.ts";

const ask = ["ask", "What is 17×24?"];
const at = (server: TestServer): string[] => ["--base-url", server.url, "-m", "m"];

describe("a fault of the endpoint, before anything is shown", () => {
  test.each(["reset", "reset-after-headers", "malformed-chunk", "empty-choices"] as const)(
    "%s is asked again",
    async (fault) => {
      const server = await serve([{ fault }, { text: "The answer is 408." }]);
      expect(await runCot([...ask, ...at(server), "-a"])).toMatchObject({ code: 0, stdout: "408\n" });
      expect(server.requests).toHaveLength(2);
    },
  );

  test("a silence is asked again", async () => {
    const server = await serve([{ fault: "silence" }, { text: "The answer is 408." }]);
    const run = await runCot([...ask, ...at(server), "-a", "--timeout", "0.2"]);
    expect(run).toMatchObject({ code: 0, stdout: "408\n" });
  });

  test.each([
    [{ status: 401 }, 77, "COT_API_KEY"],
    [{ status: 404, error: { message: "The model `m` does not exist" } }, 5, "does not exist"],
    [{ status: 400, error: { message: "messages: wrong" } }, 5, "messages: wrong"],
    [{ status: 429, error: { message: "no money", code: "insufficient_quota" } }, 5, "no money"],
    [{ fault: "malformed-reply" }, 5, "HTML"],
    [{ status: 429, error: { message: "slow down" } }, 75, "slow down"],
    [{ status: 503 }, 75, "503"],
    [{ fault: "reset" }, 75, "cut off"],
  ] as const)("%j exits %i, with nothing on stdout", async (reply, code, message) => {
    const server = await serve(reply);
    const run = await runCot([...ask, ...at(server), "--retries", "0"]);
    expect(run).toMatchObject({ code, stdout: "" });
    expect(run.stderr).toContain(message);
  });
});

test("a stream that breaks half-way is shown as far as it came, and exits 75", async () => {
  const server = await serve({ text: "17×20 is 340, and 17×4 is 68, so it is 408.", fault: "truncated" });
  const run = await runCot([...ask, ...at(server)]);
  expect(run.code).toBe(75);
  expect(run.stdout).toContain("17×20 is");
  expect(run.stdout).not.toContain("Answer:");
  expect(server.requests).toHaveLength(1);
});

test("a whole reply to a request for a stream is taken, also where a proxy calls it plain text", async () => {
  const body = JSON.stringify({
    object: "chat.completion",
    choices: [{ index: 0, message: { content: "The answer is 408." }, finish_reason: "stop" }],
  });
  const server = await serve({ raw: { contentType: "text/plain", body } });
  const run = await runCot([...ask, ...at(server)]);
  expect(run).toMatchObject({ code: 0, stdout: "The answer is 408.\n\nAnswer: 408\n" });
});

test.each(["error", "insufficient_system_resource", "abort"])(
  "a reply that breaks off at the endpoint (finish reason %s) is no answer",
  async (finishReason) => {
    const server = await serve({ text: "17×24 = 340 + 17×4 = ", finishReason });
    const run = await runCot(["ask", ...at(server), "--retries", "0", "Q?"]);
    expect(run).toMatchObject({ code: 75, stdout: "17×24 = 340 + 17×4 =\n" });
    expect(run.stderr).toContain(`finish reason ${finishReason}`);
  },
);

test("a long Retry-After is said and kept, and Ctrl-C ends it at once", async () => {
  const server = await serve({
    status: 429,
    error: { message: "slow down" },
    headers: { "retry-after": "60" },
  });
  const { child, finished } = startCot([...ask, ...at(server)]);
  child.stderr.on("data", (chunk: string) => {
    if (chunk.includes("waiting")) child.kill("SIGINT");
  });
  const run = await finished;
  expect(run.code).toBe(130);
  expect(run.stderr).toMatch(/slow down.*waiting 6\d s/);
  expect(server.requests).toHaveLength(1);
});

test("a refused parameter is dropped and said once; one of --set is not", async () => {
  const server = await serve(({ body }) =>
    body?.["temperature"] === undefined
      ? { text: "The answer is 408." }
      : { status: 400, error: { message: "temperature is not supported", param: "temperature" } },
  );
  const dropped = await runCot([...ask, ...at(server), "-t", "0.5", "-a"]);
  expect(dropped).toMatchObject({ code: 0, stdout: "408\n" });
  expect(dropped.stderr.match(/does not take temperature/g)).toHaveLength(1);
  const kept = await runCot([...ask, ...at(server), "--set", "temperature=0.5", "-a"]);
  expect(kept).toMatchObject({ code: 5, stdout: "\n" });
});

test("--set and --header reach the request as given, and --dry-run shows just that", async () => {
  const server = await serve({ text: "The answer is 408." });
  const flags = [
    ...at(server),
    "--set",
    "top_p=0.9",
    "--set",
    'stop=["x"]',
    "--set",
    "a.b=null",
    "--header",
    "X-Team=cot",
  ];
  const env = { COT_API_KEY: "sk-secret" };
  const dry = await runCot([...ask, ...flags, "--dry-run"], { env });
  expect(server.allRequests).toHaveLength(0);
  await runCot([...ask, ...flags], { env });
  const [request] = server.requests;
  expect(request!.body).toMatchObject({ top_p: 0.9, stop: ["x"], a: { b: null } });
  expect(request!.headers).toMatchObject({ "x-team": "cot", authorization: "Bearer sk-secret" });
  const shown = JSON.parse(dry.stdout) as { body: unknown; headers: Record<string, string> };
  expect(shown.body).toEqual(request!.body);
  expect(shown.headers["authorization"]).toBe("Bearer [redacted]");
  expect(dry.stdout + dry.stderr).not.toContain("secret");
});

test("nothing of the environment leaks to a base URL of one's own, and OPENAI_LOG writes nothing", async () => {
  const server = await serve({ text: "The answer is 408." });
  const env = {
    OPENAI_ORG_ID: "leak",
    OPENAI_PROJECT_ID: "leak",
    OPENAI_ADMIN_KEY: "leak",
    OPENAI_CUSTOM_HEADERS: "x-leak: leak",
    GROQ_API_KEY: "leak",
    OPENAI_LOG: "debug",
    COT_API_KEY: "mine",
  };
  expect(await runCot([...ask, ...at(server), "-a"], { env })).toMatchObject({
    code: 0,
    stdout: "408\n",
    stderr: "",
  });
  expect(JSON.stringify(server.requests[0]!.headers)).not.toContain("leak");
  expect(server.requests[0]!.headers["authorization"]).toBe("Bearer mine");
});

test("no key follows a redirect to another host", async () => {
  const other = await serve({ text: "The answer is 408." });
  const first = await serve({ status: 307, headers: { location: `${other.url}/chat/completions` } });
  const run = await runCot([...ask, ...at(first), "-a"], { env: { COT_API_KEY: "sk-secret" } });
  expect(run).toMatchObject({ code: 0, stdout: "408\n" });
  expect(first.requests[0]!.headers["authorization"]).toBe("Bearer sk-secret");
  expect(other.requests[0]!.headers).not.toHaveProperty("authorization");
});

test("a plain proxy is used where the environment names one", async () => {
  const server = await serve({ text: "The answer is 408." });
  const proxy = await startProxy();
  onTestFinished(() => proxy.close());
  const env = { HTTP_PROXY: proxy.url };
  expect(await runCot([...ask, ...at(server), "-a"], { env })).toMatchObject({ code: 0, stdout: "408\n" });
  expect(proxy.seen).toEqual([`POST ${server.url}/chat/completions`]);
});

describe("OpenAI itself, behind a proxy that leads to a server of ours", async () => {
  const fixture = (name: string): string =>
    fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));
  const tls = { key: await readFile(fixture("key.pem")), cert: await readFile(fixture("certificate.pem")) };
  const server = await startServer(
    { text: "The answer is 408.", reasoning: "340 + 68" },
    { tls, keys: ["sk-mine"] },
  );
  const proxy = await startProxy(server.port);
  afterAll(() => Promise.all([server.close(), proxy.close()]));
  const env = {
    HTTPS_PROXY: proxy.url,
    NODE_EXTRA_CA_CERTS: fixture("certificate.pem"),
    OPENAI_API_KEY: "sk-mine",
  };

  test("a reasoning model is asked through Responses, and shows its summary", async () => {
    const run = await runCot([...ask, "-m", "openai:o4-mini", "--json"], { env });
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      answer: "408",
      reasoning: "340 + 68",
      model: "o4-mini",
      endpoint: "api.openai.com",
      samples: [{ reasoning_from: "summary" }],
    });
    expect(proxy.seen.at(-1)).toBe("CONNECT api.openai.com:443");
    expect(server.requests.at(-1)!.body).toMatchObject({ store: false });
  });

  test("any other is asked through chat completions", async () => {
    const run = await runCot([...ask, "-m", "openai:gpt-4.1", "-a"], { env });
    expect(run).toMatchObject({ code: 0, stdout: "408\n" });
    expect(server.requests.at(-1)!.url).toBe("/v1/chat/completions");
  });

  test("a certificate that nobody vouches for is refused, with the way to trust it", async () => {
    const run = await runCot([...ask, "-m", "openai:gpt-4.1", "--retries", "0"], {
      env: { ...env, NODE_EXTRA_CA_CERTS: "" },
    });
    expect(run).toMatchObject({ code: 75, stdout: "" });
    expect(run.stderr).toContain("NODE_EXTRA_CA_CERTS");
  });
});
