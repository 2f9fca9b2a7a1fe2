import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import { parsePolicy, type Policy } from "../../src/prompts/policy.ts";
import { runCot, type CotRun } from "../support/cli.ts";
import type { ServerOptions, TestServer } from "./server/script.ts";
import { startServer } from "./server/start.ts";

let folder: string;
let server: TestServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cot-embeddings-"));
  const rows = Array.from({ length: 30 }, (_, i) => ({
    question: `What is ${String(100 + i)} + ${String(211 + 3 * i)}?`,
    answer: String(311 + 4 * i),
  }));
  await writeFile(join(folder, "q.jsonl"), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** Distils at an endpoint whose embeddings are as `options` say, from a teacher whose student needs to be shown. */
async function distill(options: ServerOptions): Promise<{ run: CotRun; policy: Policy; vectors: number }> {
  server = await startServer(({ body }) => {
    const messages = body?.["messages"] as { content: string }[];
    if (body?.["model"] === "s" && messages.length === 1) return { text: "The answer is 7." };
    const [, a, b] = /What is (\d+) \+ (\d+)/.exec(messages.at(-1)!.content)!;
    const sum = String(Number(a) + Number(b));
    return { text: `We add: ${a!} + ${b!} = ${sum}.\n\nThe answer is ${sum}.` };
  }, options);
  const words = [
    "--teacher",
    "t",
    "--student",
    "s",
    "--student-policy",
    "p.policy.json",
    "--keep",
    "1",
    "--retries",
    "1",
  ];
  const run = await runCot(["distill", "q.jsonl", "-o", "out", "--base-url", server.url, ...words], {
    cwd: folder,
  });
  const policy = parsePolicy(await readFile(join(folder, "p.policy.json"), "utf8"), "p.policy.json");
  const vectors = server.allRequests.filter(({ url }) => url.endsWith("/embeddings")).length;
  return { run, policy, vectors };
}

const models = ["t", "s", "nomic-embed-text"];

test("an endpoint that lists an embedding model and has no /embeddings is asked once, and said once", async () => {
  const { run, policy, vectors } = await distill({ models });
  expect(run.code, run.stderr).toBe(0);
  expect(vectors).toBe(1);
  expect(run.stderr.match(/no embeddings/g)).toHaveLength(1);
  expect(run.stderr).toContain("found by their words");
  expect(policy.embeddings).toBeUndefined();
  expect(policy.retrieve).toBe(3);
});

test("an endpoint without an embedding model is not asked for any, and nothing is said", async () => {
  const { run, policy, vectors } = await distill({ embed: () => [1, 2], models: ["t", "s"] });
  expect(run.code, run.stderr).toBe(0);
  expect([vectors, policy.embeddings]).toEqual([0, undefined]);
  expect(run.stderr).not.toContain("embeddings");
});

test("a reply that holds no vector is as good as none", async () => {
  const { run, policy } = await distill({ embed: () => [], models });
  expect(run.code, run.stderr).toBe(0);
  expect(policy.embeddings).toBeUndefined();
  expect(run.stderr.match(/no embeddings/g)).toHaveLength(1);
});

test("one that fails for a moment is asked again", async () => {
  let calls = 0;
  const embed = (text: string): number[] => {
    if (calls++ === 0) throw new Error("busy");
    return [text.length, Number(/\d+/.exec(text)![0])];
  };
  const { run, policy } = await distill({ embed, models });
  expect(run.code, run.stderr).toBe(0);
  expect(run.stderr).toContain("found by nomic-embed-text");
  expect(policy.embeddings?.vectors).toHaveLength(policy.demonstrations.length);
});
