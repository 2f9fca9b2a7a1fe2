import { expect, test } from "vitest";

import { runCot, runShell } from "../support/cli.ts";
import { at, serve } from "../support/serve.ts";
import type { Script } from "./server/script.ts";

const right: Script = { text: "The answer is 408." };

test("0: answered", async () => {
  const server = await serve(right);
  expect(await runCot(["ask", ...at(server), "-a", "--expect", "408", "Q?"])).toMatchObject({
    code: 0,
    stdout: "408\n",
  });
});

test("1: --expect differs; the answer is printed all the same", async () => {
  const server = await serve(right);
  expect(await runCot(["ask", ...at(server), "-a", "--expect", "407", "Q?"])).toMatchObject({
    code: 1,
    stdout: "408\n",
  });
});

test("1: a run in which the last answer differs, and only that", async () => {
  const server = await serve(right);
  const run = await runCot(["ask", ...at(server), "-a", "--expect", "407"], { stdin: "Q?\n" });
  expect(run).toMatchObject({ code: 1, stdout: "408\n" });
  expect(run.stderr).toContain("1 misses --expect or --min-agreement");
});

test("1: agreement under --min-agreement, a tie included", async () => {
  const server = await serve((_, index) => ({ text: `The answer is ${index % 2}.` }));
  const run = await runCot([
    "ask",
    ...at(server),
    "-a",
    "-n",
    "2",
    "--seed",
    "1",
    "--min-agreement",
    "0.5",
    "Q?",
  ]);
  expect(run.code).toBe(1);
  expect(run.stderr).toContain("a tie");
});

test.each([
  [["ask", "--smaples", "3", "Q?"], "Did you mean --samples?"],
  [["ask", "-n", "0", "Q?"], 'not "0"'],
  [["ask", "--min-agreement", "0.5", "-n", "1", "Q?"], "--min-agreement"],
  [["ask", "-p", "nonesuch", "-m", "builtin", "Q?"], "nonesuch"],
  [["ask", "--policy", "/nonesuch.json", "-m", "builtin", "Q?"], "/nonesuch.json"],
  [["ask", "--context", "/nonesuch.txt", "-m", "builtin", "Q?"], "/nonesuch.txt"],
  [["ask", "--config", "/nonesuch.json", "Q?"], "/nonesuch.json"],
  [["ask", "--reasoning-to", "/nonesuch/f", "--base-url", "http://[::1]:9", "-m", "m", "Q?"], "/nonesuch/f"],
  [["ask", "--cache-dir", "/proc/nowhere/cot", "-m", "builtin", "Q?"], "/proc/nowhere/cot"],
  [["ask", "--base-url", "localhost:80", "-m", "m", "Q?"], "localhost:80"],
  [["ask", "--json", "-a", "-m", "builtin", "Q?"], "exclude"],
  [["aks", "Q?"], "Did you mean ask?"],
  [[], "Usage"],
])("2: %j", async (args, says) => {
  const run = await runCot(args);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toContain(says);
});

test("3: a run in which some questions have no answer", async () => {
  const server = await serve(({ body }) =>
    JSON.stringify(body).includes("bad") ? { text: "Hm", finishReason: "length" } : right,
  );
  const run = await runCot(["ask", ...at(server), "-a"], { stdin: "a?\nbad\nb?\n" });
  expect(run).toMatchObject({ code: 3, stdout: "408\n\n408\n" });
  // why, once, not for each
  expect(run.stderr).toContain("question 2: the token limit");
});

test("3: --max-failures; what was waiting for its turn is not sent", async () => {
  const server = await serve({ status: 400, error: { message: "too long" } });
  const stdin = "a question that fails\n".repeat(40);
  const run = await runCot(["ask", ...at(server), "-a", "-c", "1", "--max-failures", "2"], { stdin });
  expect(run).toMatchObject({ code: 3 });
  expect(run.stderr).toContain("2 failed");
  // one may have left before the second failure was counted
  expect(server.requests.length).toBeLessThanOrEqual(3);
  expect(run.stdout).toBe("\n".repeat(server.requests.length));
});

test("4: cut off by the token limit: what had arrived is shown, and no answer", async () => {
  const server = await serve({ text: "17×20=340, so the answer is 3", finishReason: "length" });
  const text = await runCot(["ask", ...at(server), "Q?"]);
  expect(text).toMatchObject({ code: 4, stdout: "17×20=340, so the answer is 3\n" });
  expect(await runCot(["ask", ...at(server), "-a", "Q?"])).toMatchObject({ code: 4, stdout: "\n" });
  const json = await runCot(["ask", ...at(server), "--json", "--expect", "3", "Q?"]);
  expect(json.code).toBe(4);
  expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: "truncated", retryable: false } });
  expect(JSON.parse(json.stdout)).not.toHaveProperty("answer");
});

test.each([
  ["an unknown model", { status: 404, error: { code: "model_not_found" } }, "refused"],
  ["a bad request", { status: 400 }, "refused"],
  ["a page instead of a reply", { fault: "malformed-reply" as const }, "malformed"],
  ["no quota", { status: 429, error: { code: "insufficient_quota" } }, "quota"],
])("5: %s", async (_, reply, code) => {
  const server = await serve(reply);
  const run = await runCot(["ask", ...at(server), "--json", "Q?"]);
  expect(run.code).toBe(5);
  expect(JSON.parse(run.stdout)).toMatchObject({ error: { code, retryable: false } });
});

/** Runs a line of JavaScript in `cot` before anything else. */
function planted(line: string): { NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(line)}` };
}

test("70: a bug says so, with what a report needs", async () => {
  const env = planted("URL.canParse = () => { throw new TypeError('planted') }");
  const run = await runCot(["ask", "--base-url", "http://127.0.0.1:9", "-m", "m", "Q?"], { env });
  expect(run).toMatchObject({ code: 70, stdout: "" });
  expect(run.stderr).toMatch(/this is a bug in cot[\s\S]*TypeError: planted/);
});

test("70: an event loop that runs dry before the result", async () => {
  // the wait before a retry never ends, and holds nothing
  const env = planted(
    "import timers from 'node:timers/promises'; import { syncBuiltinESMExports } from 'node:module';" +
      "timers.setTimeout = () => new Promise(() => undefined); syncBuiltinESMExports()",
  );
  const server = await serve({ status: 503 });
  const flags = ["--base-url", server.url, "-m", "m", "--retries", "3"];
  const run = await runCot(["ask", ...flags, "Q?"], { env });
  expect(run.code).toBe(70);
  expect(run.stderr).toContain("ran dry");
});

test("74: the output cannot be written", async () => {
  const server = await serve(right);
  const run = await runShell(`$COT ask ${at(server).join(" ")} Q? > /dev/full`);
  expect(run.code).toBe(74);
  expect(run.stderr).toContain("cannot be written");
  expect(await runShell(`printf 'a\\nb\\n' | $COT ask ${at(server).join(" ")} > /dev/full`)).toMatchObject({
    code: 74,
  });
});

test.each([
  ["a rate limit", { status: 429 }, "rate_limit"],
  ["a server error", { status: 503 }, "server"],
  ["a reset connection", { fault: "reset" as const }, "network"],
  ["a stream cut off", { text: "The answer is 408.", fault: "truncated" as const }, "network"],
])("75: %s", async (_, reply, code) => {
  const server = await serve(reply);
  const run = await runCot(["ask", ...at(server), "--json", "Q?"]);
  expect(run.code).toBe(75);
  expect(JSON.parse(run.stdout)).toMatchObject({ error: { code, retryable: true } });
});

test("75: a stream cut off is never an answer; what had arrived is shown", async () => {
  const server = await serve({ text: "17×20=340, 17×4=68. The answer is 408.", fault: "truncated" });
  const run = await runCot(["ask", ...at(server), "Q?"]);
  expect(run.code).toBe(75);
  expect(run.stdout).toMatch(/^17×20/);
  expect(run.stdout).not.toContain("Answer:");
});

test("75: a refused connection", async () => {
  const server = await serve();
  await server.close();
  expect(await runCot(["ask", ...at(server), "Q?"])).toMatchObject({ code: 75 });
});

test("77: no key where one is needed; the message names variable, config and keyless ways", async () => {
  const run = await runCot(["ask", "-m", "groq:x", "--json", "Q?"]);
  expect(run).toMatchObject({ code: 77, stdout: "" });
  for (const part of ["GROQ_API_KEY", "config.json", "builtin", "ollama:"])
    expect(run.stderr).toContain(part);
});

test("77: a refused key; it is not printed", async () => {
  const server = await serve(right, { keys: ["good"] });
  const run = await runCot(["ask", ...at(server), "Q?"], { env: { COT_API_KEY: "sk-wrong-wrong" } });
  expect(run.code).toBe(77);
  expect(run.stdout + run.stderr).not.toContain("sk-wrong");
});
