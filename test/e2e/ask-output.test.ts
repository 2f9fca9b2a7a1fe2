import { expect, test } from "vitest";

import { runCot } from "../support/cli.ts";
import { at, serve } from "../support/serve.ts";

const steps = "17×20=340, 17×4=68.\n340+68=408.\nThe answer is 408.";

test("prints the model's words, then the answer", async () => {
  const server = await serve({ text: steps });
  const run = await runCot(["ask", ...at(server), "What is 17×24?"]);
  expect(run).toMatchObject({ code: 0, stdout: `${steps}\n\nAnswer: 408\n`, stderr: "" });
});

test("puts the question by the step-by-step prompt, alone", async () => {
  const server = await serve();
  await runCot(["ask", ...at(server), "What", "is", "17×24?"]);
  expect(server.requests[0]?.body).toMatchObject({
    model: "test-model",
    messages: [
      {
        role: "user",
        content:
          "Solve the following problem step by step: What is 17×24?\n\n" +
          "Provide a detailed reasoning process before stating the final answer.",
      },
    ],
  });
});

test("-a prints the answer alone", async () => {
  const server = await serve({ text: steps });
  expect(await runCot(["ask", ...at(server), "-a", "17×24?"])).toMatchObject({ code: 0, stdout: "408\n" });
});

test("--json prints one object, with everything in it", async () => {
  const server = await serve({ text: steps, reasoning: "Hm.", dialect: "deepseek" });
  const { code, stdout } = await runCot(["ask", ...at(server), "--json", "--expect", "408", "17×24?"]);
  expect(code).toBe(0);
  expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  expect(JSON.parse(stdout)).toMatchObject({
    v: 1,
    id: "1",
    question: "17×24?",
    answer: "408",
    reasoning: expect.stringContaining("Hm.") as string,
    gold: "408",
    correct: true,
    model: "test-model",
    endpoint: `127.0.0.1:${server.port}`,
    prompt: "step-by-step",
    policy: null,
    samples: [{ reasoning_from: "reasoning_content", finish_reason: "stop" }],
  });
});

test("--format csv has a header and the result", async () => {
  const server = await serve({ text: steps });
  const { stdout } = await runCot(["ask", ...at(server), "--format", "csv", "17×24?"]);
  expect(stdout).toMatch(/^id,question,answer,reasoning,.*\n1,17×24\?,408,"17×20/);
});

test("--no-stream prints the same", async () => {
  const server = await serve({ text: steps, reasoning: " Hm.\n", dialect: "deepseek" });
  const [streamed, whole] = await Promise.all([
    runCot(["ask", ...at(server), "17×24?"]),
    runCot(["ask", ...at(server), "--no-stream", "17×24?"]),
  ]);
  expect(streamed.stdout).toBe(`Hm.\n\n${steps}\n\nAnswer: 408\n`);
  expect(whole.stdout).toBe(streamed.stdout);
});

test("--reasoning-to writes the reasoning to a file", async () => {
  const server = await serve({ text: steps });
  const line = `$COT ask -a --base-url ${server.url} -m m --reasoning-to "$F" 17×24? && cat "$F"`;
  const { runShell } = await import("../support/cli.ts");
  const { stdout } = await runShell(`F=$(mktemp); ${line}; rm "$F"`);
  expect(stdout).toBe("408\n17×20=340, 17×4=68.\n340+68=408.\n");
});

test("escape sequences of a model reach nobody", async () => {
  const evil = "\u001b]0;owned\u0007\u001b[2J\u009b31m\rThe answer is 4\u001b[8m08.";
  const server = await serve({ text: evil, reasoning: evil, dialect: "deepseek" });
  for (const format of ["text", "answer", "jsonl", "csv"]) {
    const { stdout, stderr } = await runCot(["ask", ...at(server), "--format", format, "17×24?"]);
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  }
});

test("an endpoint's error message is as untrusted", async () => {
  const server = await serve({ status: 400, error: { message: "no \u001b[2Jway" } });
  const { stderr } = await runCot(["ask", ...at(server), "17×24?"]);
  expect(stderr).toContain("way");
  expect(stderr).not.toContain("\u001b");
});

test("the tally of a vote, checks and verdicts go to stderr", async () => {
  const server = await serve((_, index) => ({ text: `2+2=5.\nThe answer is ${[4, 5, 4][index % 3] ?? 4}.` }));
  const run = await runCot(["ask", ...at(server), "-a", "-n", "3", "--seed", "1", "--check", "2+2?"]);
  expect(run.stdout).toMatch(/^[45]\n$/);
  expect(run.stderr).toContain("votes of 3 samples");
  expect(run.stderr).toContain("wrong: 2+2=5 (it is 4)");
  const quiet = await runCot(["ask", ...at(server), "-aq", "-n", "3", "--seed", "1", "--check", "2+2?"]);
  expect(quiet.stderr).toBe("");
});

test("no colour and no status line off a terminal", async () => {
  const server = await serve({ text: steps, reasoning: "Hm." });
  const run = await runCot(["ask", ...at(server), "17×24?"], { env: { TERM: "xterm-256color" } });
  expect(run.stdout + run.stderr).not.toContain("\u001b");
});
