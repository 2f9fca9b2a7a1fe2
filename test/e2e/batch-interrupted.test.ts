import { describe, expect, test } from "vitest";
import { runCot, startCot } from "../support/cli.ts";
import { endpoint, env, numberOf } from "../support/numbered.ts";
import { questionLines, runFolder } from "../support/run-folder.ts";
import { serve } from "../support/serve.ts";
import type { TestServer } from "./server/script.ts";

/** Waits until a server was asked so often. */
async function received(server: TestServer, requests: number): Promise<void> {
  while (server.requests.length < requests) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("interruption", () => {
  // mutant: what is in flight dropped at the first Ctrl-C, although it is paid for
  test("the first Ctrl-C waits for what is in flight, and nothing is asked twice afterwards", async () => {
    const server = await serve((request) => ({ text: `Answer: ${numberOf(request)}`, delayMs: 120 }));
    const folder = runFolder();
    const command = ["batch", folder.write("q.txt", questionLines(60)), ...endpoint(server), "-c", "4"];
    const { child, finished } = startCot([...command, "-o", folder.path("out.jsonl")], { env });
    child.stdin.end();
    await received(server, 10);
    child.kill("SIGINT");
    expect((await finished).code).toBe(130);
    const asked = server.requests.length;
    expect(asked).toBeLessThan(60);
    expect(folder.rows("out.jsonl")).toHaveLength(asked);
    const again = await runCot([...command, "-o", folder.path("out.jsonl")], { env });
    expect(again.code).toBe(0);
    expect(server.requests).toHaveLength(60);
    expect(folder.rows("out.jsonl").map(({ answer }) => Number(answer))).toEqual(
      Array.from({ length: 60 }, (_, i) => i + 1),
    );
  });

  test("the second Ctrl-C ends it at once", async () => {
    const server = await serve({ fault: "silence" });
    const folder = runFolder();
    const command = ["batch", folder.write("q.txt", questionLines(5)), ...endpoint(server)];
    const { child, finished } = startCot([...command, "-o", folder.path("out.jsonl")], { env });
    child.stdin.end();
    await received(server, 1);
    child.kill("SIGINT");
    setTimeout(() => child.kill("SIGINT"), 50);
    expect((await finished).code).toBe(130);
  });

  test("a second process on one output is refused, naming it; a killed one holds nobody up", async () => {
    const server = await serve({ fault: "silence" });
    const folder = runFolder();
    const output = folder.path("out.jsonl");
    const command = ["batch", folder.write("q.txt", questionLines(3)), ...endpoint(server), "-o", output];
    const { child, finished } = startCot(command, { env });
    child.stdin.end();
    await received(server, 1);
    const second = await runCot(command, { env });
    expect(second.code).toBe(2);
    expect(second.stderr).toContain(output);
    child.kill("SIGKILL");
    await finished;
    expect(folder.exists("out.jsonl.journal.lock")).toBe(true);
    await server.close();
    const third = await runCot([...command, "--retries", "0"], { env });
    expect(third.code).toBe(75);
    expect(third.stderr).not.toContain("another process");
  });
});

test("a resumed run that is interrupted early leaves every line that was there", async () => {
  let failing = true;
  const server = await serve((request) => {
    if (numberOf(request) !== 1) return { text: `Answer: ${numberOf(request)}` };
    return failing ? { status: 500 } : { fault: "silence" };
  });
  const folder = runFolder();
  const file = folder.write("q.txt", questionLines(20));
  const command = ["batch", file, ...endpoint(server), "--retries", "0", "-o", folder.path("out.jsonl")];
  expect((await runCot(command, { env })).code).toBe(3);
  expect(folder.rows("out.jsonl")).toHaveLength(20);
  failing = false;
  const { child, finished } = startCot([...command, "--timeout", "1"], { env });
  child.stdin.end();
  await received(server, 21);
  child.kill("SIGINT");
  expect((await finished).code).toBe(130);
  expect(folder.rows("out.jsonl").map(({ id }) => Number(id))).toEqual(
    Array.from({ length: 19 }, (_, i) => i + 2),
  );
});

describe("a disk that fails", () => {
  test("/dev/full is 74", async () => {
    const server = await serve({ text: "Answer: 2" });
    const folder = runFolder();
    const file = folder.write("q.txt", questionLines(3));
    const run = await runCot(["batch", file, ...endpoint(server), "-o", "/dev/full"], { env });
    expect(run.code).toBe(74);
  });

  test("an output that cannot be opened is 2, before anything is sent", async () => {
    const server = await serve({ text: "Answer: 2" });
    const folder = runFolder();
    const file = folder.write("q.txt", questionLines(3));
    for (const output of ["/proc/out.jsonl", folder.path("no/such/folder.jsonl"), folder.path(".")]) {
      expect((await runCot(["batch", file, ...endpoint(server), "-o", output], { env })).code).toBe(2);
    }
    expect(server.requests).toHaveLength(0);
  });
});
