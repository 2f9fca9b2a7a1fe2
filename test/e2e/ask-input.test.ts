import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

import { runCot, runShell, startCot } from "../support/cli.ts";
import { at, prompts, serve } from "../support/serve.ts";

const direct = ["-p", "direct"];

test("a question given as words leaves stdin alone: a while-read loop sees every line", async () => {
  const server = await serve(({ body }) => ({
    text: `The answer is ${JSON.stringify(body).includes("a?") ? 1 : 2}.`,
  }));
  const flags = at(server).join(" ");
  const run = await runShell(
    `printf 'a?\\nb?\\na?\\n' | while read -r q; do $COT ask -a ${flags} "$q"; done`,
  );
  expect(run).toMatchObject({ code: 0, stdout: "1\n2\n1\n" });
  expect(server.requests).toHaveLength(3);
});

test("a question given as words does not wait for a stdin that stays open", async () => {
  const server = await serve({ text: "The answer is 1." });
  const { child, finished } = startCot(["ask", ...at(server), "-a", "a?"]);
  expect(await finished).toMatchObject({ code: 0, stdout: "1\n" });
  child.stdin.end();
});

test("words are joined; a word of a dash and a digit, and all after --, are part of the question", async () => {
  const server = await serve({ text: "The answer is -2." });
  await runCot(["ask", ...at(server), ...direct, "-5+3=?"]);
  await runCot(["ask", ...at(server), ...direct, "--", "--is", "-n", "a", "flag?"]);
  expect(prompts(server)).toEqual([
    "-5+3=?\n\nGive only the final answer.",
    "--is -n a flag?\n\nGive only the final answer.",
  ]);
});

test("lines of stdin: several in flight, results in order, empty lines left out", async () => {
  const questions = Array.from({ length: 20 }, (_, i) => `What is ${i}+0?`);
  const server = await serve(({ body }) => {
    const number = Number(/What is (\d+)/.exec(JSON.stringify(body))?.[1]);
    return { text: `The answer is ${number}.`, delayMs: number % 2 === 0 ? 60 : 0 };
  });
  const run = await runCot(["ask", ...at(server), "-a", "-c", "4"], {
    stdin: `\n${questions.join("\n\r\n")}\n`,
  });
  expect(run).toMatchObject({ code: 0, stdout: questions.map((_, i) => `${i}\n`).join("") });
  expect(server.maxInFlight).toBeGreaterThan(1);
  expect(server.maxInFlight).toBeLessThanOrEqual(4);
});

test("a JSON line has id, answer, context and fields that are carried", async () => {
  const server = await serve({ text: "The answer is 4." });
  const line = JSON.stringify({
    id: "x",
    question: "2+2?",
    answer: "4",
    context: "Sums.",
    topic: "t",
    model: "m",
  });
  const { stdout } = await runCot(["ask", ...at(server), "--json"], { stdin: `${line}\n` });
  expect(JSON.parse(stdout)).toMatchObject({
    id: "x",
    gold: "4",
    correct: true,
    topic: "t",
    input: { model: "m" },
  });
  expect(prompts(server)[0]).toMatch(/^Context:\nSums\.\n\nSolve the following/);
});

test("text: each question is named", async () => {
  const server = await serve({ text: "The answer is 1." });
  const { stdout } = await runCot(["ask", ...at(server)], { stdin: "a?\nb?\n" });
  expect(stdout).toBe(
    "Question: a?\nThe answer is 1.\n\nAnswer: 1\n\nQuestion: b?\nThe answer is 1.\n\nAnswer: 1\n",
  );
});

test("a bad line ends the run with exit 2 after the questions before it; --skip-bad goes on", async () => {
  const server = await serve({ text: "The answer is 1." });
  const stdin = 'a?\n{"no": "question"}\nb?\n';
  const run = await runCot(["ask", ...at(server), "-a"], { stdin });
  expect(run).toMatchObject({ code: 2, stdout: "1\n" });
  expect(run.stderr).toMatch(/stdin, line 2/);
  expect(await runCot(["ask", ...at(server), "-a", "--skip-bad"], { stdin })).toMatchObject({
    code: 0,
    stdout: "1\n1\n",
  });
});

test("cot ask - makes all of stdin one question", async () => {
  const server = await serve({ text: "The answer is 1." });
  const run = await runCot(["ask", ...at(server), ...direct, "-a", "-"], { stdin: "line one\nline two\n" });
  expect(run).toMatchObject({ code: 0, stdout: "1\n" });
  expect(prompts(server)).toEqual(["line one\nline two\n\nGive only the final answer."]);
});

test("--context takes a file, or stdin", async () => {
  const server = await serve({ text: "The answer is 1." });
  const file = join(await mkdtemp(join(tmpdir(), "cot-")), "notes.txt");
  await writeFile(file, "From a file.\n");
  await runCot(["ask", ...at(server), ...direct, "Q?", "--context", file]);
  await runCot(["ask", ...at(server), ...direct, "Q?", "--context", "-"], { stdin: "From stdin.\n" });
  expect(prompts(server)).toEqual([
    "Context:\nFrom a file.\n\nQ?\n\nGive only the final answer.",
    "Context:\nFrom stdin.\n\nQ?\n\nGive only the final answer.",
  ]);
});

test("an empty stdin, and a closed one, is a run without questions: exit 2", async () => {
  const server = await serve();
  const empty = await runCot(["ask", ...at(server)], { stdin: "" });
  expect(empty).toMatchObject({ code: 2, stdout: "" });
  expect(empty.stderr).toContain("no question");
  expect(await runShell(`$COT ask ${at(server).join(" ")} <&-`)).toMatchObject({ code: 2, stdout: "" });
  expect(server.requests).toHaveLength(0);
});

test("an empty question is wrong usage", async () => {
  expect(await runCot(["ask", "-m", "builtin", ""])).toMatchObject({ code: 2, stdout: "" });
  expect(await runCot(["ask", "-m", "builtin", "-"], { stdin: "\n" })).toMatchObject({ code: 2, stdout: "" });
});

test("that stdin is empty is said alone, before anything about a model", async () => {
  const run = await runCot(["ask"]);
  expect(run).toMatchObject({ code: 2, stdout: "" });
  expect(run.stderr).toMatch(/^cot: stdin holds no question\n/);
});

test.each([["-"], ["Q?", "--context", "-"], []])(
  "Ctrl-C ends the wait for stdin: ask %s %s %s",
  async (...words) => {
    const { child, finished } = startCot(["ask", "-m", "builtin", ...words]);
    child.stdin.on("error", () => undefined);
    // taken once it is read: more than a pipe holds, and no line ends in it
    await new Promise((resolve) => child.stdin.write("1+".repeat(500_000), resolve));
    child.kill("SIGINT");
    expect(await finished).toMatchObject({ code: 130, stdout: "" });
  },
);

test("a directory as stdin is an input that cannot be read", async () => {
  const run = await runShell("$COT ask -m builtin < /");
  expect(run).toMatchObject({ code: 2, stdout: "" });
});

test("--dry-run prints each question's request, and sends nothing", async () => {
  const server = await serve();
  const env = { OPENAI_API_KEY: "sk-secret-secret" };
  const run = await runCot(["ask", ...at(server), "--dry-run", "-t", "0.5", "--set", "a.b=1"], {
    stdin: "a?\nb?\n",
    env,
  });
  expect(run.code).toBe(0);
  const requests = run.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { body: unknown });
  expect(requests).toHaveLength(2);
  expect(requests[0]?.body).toMatchObject({ model: "test-model", temperature: 0.5, a: { b: 1 } });
  expect(run.stdout).not.toContain("secret");
  expect(server.allRequests).toHaveLength(0);
});

test("--dry-run of a vote says that more than the first request may follow", async () => {
  const dry = async (...flags: string[]) => {
    const flagsOf = ["--base-url", "http://localhost:1/v1", "-m", "m", "--dry-run", ...flags];
    const { stdout, stderr } = await runCot(["ask", ...flagsOf, "a?"]);
    return { n: (JSON.parse(stdout) as { body: { n?: number } }).body.n, stderr };
  };
  const says = (samples: number) =>
    `cot: ${samples} samples: only a question's first request is shown; more follow until the vote is decided\n`;
  expect(await dry("-n", "3")).toEqual({ n: 2, stderr: says(3) });
  expect(await dry("-n", "3", "--seed", "1")).toEqual({ n: undefined, stderr: says(3) });
  expect(await dry("-n", "2")).toEqual({ n: 2, stderr: "" });
  expect(await dry()).toEqual({ n: undefined, stderr: "" });
});
