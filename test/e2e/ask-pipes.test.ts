import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";

import { runCot, runShell, startCot } from "../support/cli.ts";
import { at, serve } from "../support/serve.ts";

test("| head ends the output early, and that is no failure", async () => {
  const server = await serve({ text: "The answer is 408." });
  const line = `yes 'a?' | head -300 | $COT ask -a ${at(server).join(" ")} | head -1; echo "\${PIPESTATUS[2]}"`;
  expect(await runShell(line)).toMatchObject({ stdout: "408\n0\n", stderr: "" });
  expect(server.requests.length).toBeLessThan(300);
});

test("output over 64 KiB reaches a reader that starts late", async () => {
  const text = `${"17×20=340. ".repeat(30_000)}\nThe answer is 408.`;
  const server = await serve({ text, chunkSize: 4096 });
  const { child, finished } = startCot(["ask", ...at(server), "Q?"]);
  child.stdin.end();
  child.stdout.pause();
  while (server.statuses[200] !== 1) await once(child.stdout, "readable");
  child.stdout.resume();
  const run = await finished;
  expect(run.code).toBe(0);
  expect(run.stdout).toBe(`${text}\n\nAnswer: 408\n`);
});

test("the text streams: it is there before the reply has ended", async () => {
  const server = await serve({ text: "17×20=340, 17×4=68.", fault: "stall" });
  const { child, finished } = startCot(["ask", ...at(server), "Q?"]);
  child.stdin.end();
  const [chunk] = (await once(child.stdout, "data")) as [string];
  expect(chunk).toMatch(/^17/);
  child.kill("SIGINT");
  await finished;
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s mid-stream: what had arrived stays, exit %i", async (signal, code) => {
  const server = await serve({ text: "17×20=340, 17×4=68. The answer is 408.", fault: "stall" });
  const { child, finished } = startCot(["ask", ...at(server), "Q?"]);
  child.stdin.end();
  await once(child.stdout, "data");
  child.kill(signal);
  const run = await finished;
  expect(run).toMatchObject({ code, signal: null });
  expect(run.stdout).toMatch(/^17×20.*\n$/);
  expect(run.stdout).not.toContain("Answer:");
});

test("SIGINT with --json: the line says that it was interrupted", async () => {
  const server = await serve({ text: "17×20=340, 17×4=68.", fault: "stall" });
  const { child, finished } = startCot(["ask", ...at(server), "--json", "Q?"]);
  child.stdin.end();
  while (server.requests.length === 0) await setImmediate();
  child.kill("SIGINT");
  const run = await finished;
  expect(run.code).toBe(130);
  expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: "interrupted" } });
});

test("a stdin that ends early ends the run", async () => {
  const server = await serve({ text: "The answer is 408." });
  expect(await runCot(["ask", ...at(server), "-a"], { stdin: "no newline at the end?" })).toMatchObject({
    code: 0,
    stdout: "408\n",
  });
});
