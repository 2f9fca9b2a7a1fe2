import { expect, test } from "vitest";

import { runCot } from "../support/cli.ts";

test("without a model and a key the built-in one answers, and one line says so", async () => {
  const run = await runCot(["ask", "What is 2 + 3?"]);
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(/Answer: 5\n$/);
  expect(run.stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(run.stderr).toContain("built-in");
  expect((await runCot(["ask", "-q", "What is 2 + 3?"])).stderr).toBe("");
});

test("outside what it knows: exit 4, an empty line under -a, an error under --json", async () => {
  const flags = ["ask", "-m", "builtin"];
  expect(await runCot([...flags, "-a", "Who wrote Hamlet?"])).toMatchObject({ code: 4, stdout: "\n" });
  const json = await runCot([...flags, "--json", "Who wrote Hamlet?"]);
  expect(json.code).toBe(4);
  expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: "outside", retryable: false } });
  const lines = await runCot([...flags, "-a"], { stdin: "2 + 3\nWho wrote Hamlet?\n" });
  expect(lines).toMatchObject({ code: 3, stdout: "5\n\n" });
});

test("a chain that goes below zero on the way: its steps, and no answer", async () => {
  const { code, stdout, stderr } = await runCot(["ask", "-m", "builtin", "14-23+9"]);
  expect(code).toBe(4);
  expect(stdout).toMatch(/so 14-23=-9\n$/);
  expect(stdout).not.toContain("Answer:");
  expect(stderr).toContain("where this question leads is outside");
});

test("other commands never fall back: they name it, and exit 77", async () => {
  const run = await runCot(["batch", "-"], { stdin: "2 + 3\n" });
  expect(run).toMatchObject({ code: 77, stdout: "" });
  expect(run.stderr).toContain("builtin");
});
