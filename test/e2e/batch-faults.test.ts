import { expect, test } from "vitest";

import { seededRandom, randomInteger } from "../../src/random.ts";
import { runCot, runShell, startCot } from "../support/cli.ts";
import { env, numberOf } from "../support/numbered.ts";
import { questionLines, runFolder, type RunFolder } from "../support/run-folder.ts";
import { serve } from "../support/serve.ts";
import type { Reply, SeenRequest, TestServer } from "./server/start.ts";

const questions = 120;

/** Answers with the number that was asked about, so that a reply in the wrong place shows. */
function right(request: SeenRequest): Reply {
  return { text: `It is so.\n\nAnswer: ${numberOf(request)}` };
}

function expectAllOnce(folder: RunFolder, count = questions): void {
  expect(folder.rows("out.jsonl").map(({ id, answer }) => [id, answer])).toEqual(
    Array.from({ length: count }, (_, i) => [String(i + 1), String(i + 1)]),
  );
}

const faults: Record<string, Reply> = {
  "429": { status: 429 },
  "429 with retry-after-ms": { status: 429, headers: { "retry-after-ms": "5" } },
  "429 with retry-after": { status: 429, headers: { "retry-after": "0" } },
  "500": { status: 500 },
  "503": { status: 503 },
  "a reset before headers": { fault: "reset" },
  "a reset after headers": { fault: "reset-after-headers" },
  "a reset half way": { fault: "reset-half-way" },
  "a truncated stream": { fault: "truncated" },
  "a malformed chunk": { fault: "malformed-chunk" },
  "a stall": { fault: "stall" },
  silence: { fault: "silence" },
  "empty choices": { fault: "empty-choices" },
};

async function survive(of: Reply[]): Promise<void> {
  const random = seededRandom(11);
  const server = await serve((request) =>
    random() < 0.05 ? of[randomInteger(random, 0, of.length - 1)]! : right(request),
  );
  const folder = runFolder();
  const file = folder.write("q.txt", questionLines(questions));
  const run = await runCot(
    [
      "batch",
      file,
      "-m",
      "test",
      "--base-url",
      server.url,
      "--timeout",
      "0.5",
      "-o",
      folder.path("out.jsonl"),
    ],
    { env },
  );
  expect(run.stderr).toContain(`${questions} answered`);
  expect(run.code).toBe(0);
  expectAllOnce(folder);
}

// mutant: a reply that broke off taken for an answer
// mutant: a question dropped instead of asked again
test.each(Object.keys(faults))("%s now and then: every question is answered exactly once", async (name) => {
  await survive([faults[name]!]);
});

// mutant: a lost line
// mutant: a line written twice
test("all faults together: every question is answered exactly once", async () => {
  await survive(Object.values(faults));
});

/** A run that is killed as soon as the server has seen so many requests, or so many milliseconds later. */
async function runUntilKilled(
  server: TestServer,
  command: string[],
  afterRequests: number,
  laterMs: number,
): Promise<void> {
  const until = server.requests.length + afterRequests;
  const { child, finished } = startCot(command, { env });
  child.stdin.end();
  const kill = setInterval(() => {
    if (server.requests.length < until) return;
    clearInterval(kill);
    setTimeout(() => child.kill("SIGKILL"), laterMs);
  }, 2);
  await finished;
  clearInterval(kill);
}

test("kill -9 at twenty random moments: no loss, no torn line, nothing asked twice that was on disk", async () => {
  const random = seededRandom(5);
  const server = await serve((request) => ({ ...right(request), delayMs: randomInteger(random, 0, 20) }));
  const folder = runFolder();
  const file = folder.write("q.txt", questionLines(400));
  const command = [
    "batch",
    file,
    "-m",
    "test",
    "--base-url",
    server.url,
    "-c",
    "8",
    "-o",
    folder.path("out.jsonl"),
  ];
  for (let kill = 0; kill < 20; kill++) {
    await runUntilKilled(server, command, randomInteger(random, 1, 18), randomInteger(random, 0, 60));
    for (const line of folder.read("out.jsonl").split("\n").slice(0, -1)) JSON.parse(line);
  }
  const stored = new Set(
    folder
      .read("out.jsonl.journal")
      .split("\n")
      .slice(1, -1)
      .map((line) => (JSON.parse(line) as { key: string }).key),
  );
  const before = server.requests.length;
  const last = await runCot(command, { env });
  expect(last.code).toBe(0);
  expectAllOnce(folder, 400);
  expect(server.requests.length - before).toBe(400 - stored.size);
  // what a kill can cost is what was in flight
  expect(server.requests.length).toBeLessThanOrEqual(400 + 20 * 8);
}, 120_000);

test("a disk that is full (a file-size limit) is 74, and the journal goes on where it stood", async () => {
  const server = await serve(right);
  const folder = runFolder();
  const file = folder.write("q.txt", questionLines(questions));
  const command = `$COT batch ${file} -m test --base-url ${server.url} -o ${folder.path("out.jsonl")}`;
  const full = await runShell(`ulimit -f 24; exec ${command}`, { env });
  expect(full.code).toBe(74);
  expect(full.stderr).toContain("cannot write");
  const kept = folder.read("out.jsonl.journal").split("\n").length - 2;
  expect(kept).toBeGreaterThan(0);
  const before = server.requests.length;
  const rest = await runShell(command, { env });
  expect(rest.code).toBe(0);
  expect(server.requests.length - before).toBeLessThanOrEqual(questions - kept);
  expectAllOnce(folder);
});
