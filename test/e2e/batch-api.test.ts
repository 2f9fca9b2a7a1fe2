import { describe, expect, onTestFinished, test } from "vitest";

import { runCot, startCot } from "../support/cli.ts";
import { questionLines, runFolder } from "../support/run-folder.ts";
import { startBatchServer, type BatchScript, type BatchServer } from "./server/batches.ts";

const env = { COT_API_KEY: "key" };

async function serve(script: BatchScript = {}): Promise<BatchServer> {
  const server = await startBatchServer(script);
  onTestFinished(() => server.close());
  return server;
}

function args(server: BatchServer, file: string, output: string): string[] {
  return ["batch", file, "-m", "test", "--base-url", server.url, "--via", "batch-api", "-o", output];
}

describe("--via batch-api", () => {
  test("uploads, polls through a 500, downloads, and writes in order", async () => {
    const server = await serve({ polls: 2, brokenPoll: true });
    const folder = runFolder();
    const file = folder.write("q.txt", questionLines(5));
    const run = await runCot(args(server, file, folder.path("out.jsonl")), { env });
    expect(run.stderr).toContain("5 answered");
    expect(run.code).toBe(0);
    expect(folder.rows("out.jsonl").map(({ id, answer }) => [id, answer])).toEqual(
      ["1", "2", "3", "4", "5"].map((id) => [id, id]),
    );
    expect([...server.batches.values()]).toEqual([["1", "2", "3", "4", "5"]]);
    expect(server.polls).toBe(3);
  });

  test("says that it does not look at --cache", async () => {
    const server = await serve();
    const folder = runFolder();
    const command = args(server, folder.write("q.txt", questionLines(1)), folder.path("out.jsonl"));
    const run = await runCot([...command, "--cache-dir", folder.path("cache")], { env });
    expect(run.code).toBe(0);
    expect(run.stderr).toContain("--cache is not looked at");
  });

  test("maps a request's own error, and does not fail the others", async () => {
    const server = await serve({ outcome: (id) => (id === "2" ? "refused" : "answered") });
    const folder = runFolder();
    const file = folder.write("q.txt", questionLines(3));
    const run = await runCot(args(server, file, folder.path("out.jsonl")), { env });
    expect(run.code).toBe(3);
    const [, second] = folder.rows("out.jsonl");
    expect(second).toMatchObject({ id: "2", error: { code: "refused", retryable: false } });
    expect(second).not.toHaveProperty("answer");
  });

  test("sends expired requests again, and only those", async () => {
    const server = await serve({
      outcome: (id, batch) => (batch === 0 && id !== "1" ? "expired" : "answered"),
    });
    const folder = runFolder();
    const file = folder.write("q.txt", questionLines(3));
    const run = await runCot(args(server, file, folder.path("out.jsonl")), { env });
    expect(run.code).toBe(0);
    expect([...server.batches.values()]).toEqual([
      ["1", "2", "3"],
      ["2", "3"],
    ]);
  });

  test("a budget holds: what does not fit is not sent, and the same command goes on with it", async () => {
    const server = await serve();
    const folder = runFolder();
    const command = args(server, folder.write("q.txt", questionLines(3)), folder.path("out.jsonl"));
    const run = await runCot([...command, "--max-requests", "2"], { env });
    expect(run.code).toBe(3);
    expect(run.stderr).toContain("--max-requests 2 is used up");
    expect(folder.rows("out.jsonl").map(({ id }) => id)).toEqual(["1", "2"]);
    expect((await runCot([...command, "--max-requests", "2"], { env })).code).toBe(0);
    expect([...server.batches.values()]).toEqual([["1", "2"], ["3"]]);
    const unpriced = await runCot([...command, "--max-cost", "1", "--fresh"], { env });
    expect(unpriced.code).toBe(2);
    expect(unpriced.stderr).toContain("--max-cost needs a price");
    expect(server.batches.size).toBe(2);
  });

  // mutant: a batch that the journal forgets, so that the second run submits everything once more
  test("an interrupted run waits for the batch that is under way", async () => {
    const server = await serve({ polls: 3 });
    const folder = runFolder();
    const command = args(server, folder.write("q.txt", questionLines(3)), folder.path("out.jsonl"));
    const { child, finished } = startCot(command, { env });
    child.stdin.end();
    let said = "";
    child.stderr.on("data", (text: string) => {
      said += text;
      if (said.includes("on the way")) child.kill("SIGINT");
    });
    expect((await finished).code).toBe(130);
    const again = await runCot(command, { env });
    expect(again.code).toBe(0);
    expect(server.batches.size).toBe(1);
    expect(folder.rows("out.jsonl")).toHaveLength(3);
  });

  test("a batch that the endpoint fails is exit 5, with its reason", async () => {
    const server = await serve({ failed: "the file has a bad line" });
    const folder = runFolder();
    const file = folder.write("q.txt", questionLines(2));
    const run = await runCot(args(server, file, folder.path("out.jsonl")), { env });
    expect(run.code).toBe(5);
    expect(run.stderr).toContain("the file has a bad line");
  });

  test("--cancel cancels what is under way and exits 0", async () => {
    const server = await serve({ polls: 1_000 });
    const folder = runFolder();
    const command = args(server, folder.write("q.txt", questionLines(2)), folder.path("out.jsonl"));
    const { child, finished } = startCot(command, { env });
    child.stdin.end();
    child.stderr.on("data", (text: string) => {
      if (text.includes("on the way")) child.kill("SIGINT");
    });
    await finished;
    const run = await runCot([...command, "--cancel"], { env });
    expect(run.code).toBe(0);
    expect(server.cancelled).toEqual(["batch_0"]);
  });
});
