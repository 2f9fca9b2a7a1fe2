import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runCot } from "../support/cli.ts";
import { endpoint, env, numberOf } from "../support/numbered.ts";
import { questionLines, runFolder } from "../support/run-folder.ts";
import { serve } from "../support/serve.ts";

describe("cot batch", () => {
  test("answers in the order of the file, whatever comes first, and sums up", async () => {
    const server = await serve((request) => ({
      text: `Answer: ${numberOf(request)}`,
      delayMs: numberOf(request) === 1 ? 150 : 0,
    }));
    const folder = runFolder();
    const file = folder.write("q.txt", questionLines(20));
    const run = await runCot(["batch", file, ...endpoint(server), "-o", folder.path("out.jsonl")], { env });
    expect(run.code).toBe(0);
    expect(run.stdout).toBe("");
    expect(run.stderr).toContain("20 answered");
    const rows = folder.rows("out.jsonl");
    expect(rows.map(({ id, answer }) => [id, answer])).toEqual(
      Array.from({ length: 20 }, (_, i) => [String(i + 1), String(i + 1)]),
    );
    expect(rows[0]).toMatchObject({
      v: 1,
      question: "What is 1 + 1?",
      model: "test",
      prompt: "step-by-step",
    });
  });

  // mutant: a journal that is not read
  test("the same command again asks nothing and changes no byte", async () => {
    const server = await serve({ text: "Answer: 2" });
    const folder = runFolder();
    const command = ["batch", folder.write("q.txt", questionLines(10)), ...endpoint(server)];
    await runCot([...command, "-o", folder.path("out.jsonl")], { env });
    const before = folder.read("out.jsonl");
    const again = await runCot([...command, "-o", folder.path("out.jsonl")], { env });
    expect(again.code).toBe(0);
    expect(again.stderr).toContain("10 of 10 from the journal");
    expect(server.requests).toHaveLength(10);
    expect(folder.read("out.jsonl")).toBe(before);
  });

  test("a larger -n asks only for the samples that are missing", async () => {
    const server = await serve((_, index) => ({ text: `Answer: ${index}` }));
    const folder = runFolder();
    const command = ["batch", folder.write("q.txt", questionLines(2)), ...endpoint(server)];
    await runCot([...command, "-n", "2", "-o", folder.path("out.jsonl")], { env });
    const more = await runCot([...command, "-n", "4", "-o", folder.path("out.jsonl")], { env });
    expect(more.code).toBe(0);
    const asked = server.requests.reduce((sum, { body }) => sum + Number(body?.["n"] ?? 1), 0);
    expect(asked).toBe(8);
    expect(folder.rows("out.jsonl").map(({ samples }) => (samples as unknown[]).length)).toEqual([4, 4]);
  });

  test("other settings on the same output are refused, and nothing is touched", async () => {
    const server = await serve({ text: "Answer: 2" });
    const folder = runFolder();
    const command = ["batch", folder.write("q.txt", questionLines(3)), ...endpoint(server)];
    const output = ["-o", folder.path("out.jsonl")];
    await runCot([...command, ...output], { env });
    const before = folder.read("out.jsonl");
    const other = await runCot([...command, ...output, "-t", "0.7"], { env });
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(/--temperature 0\.7 instead of \(none\)[\s\S]*--fresh/);
    expect(folder.read("out.jsonl")).toBe(before);
    const fresh = await runCot([...command, ...output, "-t", "0.7", "--fresh"], { env });
    expect(fresh.code).toBe(0);
    expect(server.requests).toHaveLength(6);
  });

  test("settings under which nothing was answered do not stand in the way of others", async () => {
    const folder = runFolder();
    const command = [
      "batch",
      folder.write("q.txt", "17*24\n"),
      "-m",
      "builtin",
      "-o",
      folder.path("out.jsonl"),
    ];
    expect(await runCot([...command, "--set", "top_p=1"])).toMatchObject({ code: 2 });
    expect((await runCot([...command, "--dry-run"])).code).toBe(0);
    const mended = await runCot(command);
    expect(mended.code).toBe(0);
    expect(folder.rows("out.jsonl")).toHaveLength(1);
    const journal = folder.read("out.jsonl.journal").split("\n");
    expect(JSON.parse(journal[0]!)).toMatchObject({ settings: { set: null } });
  });

  test("an output that is not ours is left alone", async () => {
    const server = await serve({ text: "Answer: 2" });
    const folder = runFolder();
    const output = folder.write("notes.txt", "mine\n");
    const command = ["batch", folder.write("q.txt", "1+1?\n"), ...endpoint(server), "-o", output];
    for (const more of [[], ["--fresh"]]) {
      const run = await runCot([...command, ...more], { env });
      expect(run.code).toBe(2);
      expect(folder.read("notes.txt")).toBe("mine\n");
    }
    expect(server.requests).toHaveLength(0);
  });

  test("a question that fails for good fails alone; only --retry-failed asks it again", async () => {
    let broken = true;
    const server = await serve((request) =>
      broken && numberOf(request) === 2
        ? { status: 400, error: { message: "too long", type: "invalid_request_error" } }
        : { text: `Answer: ${numberOf(request)}` },
    );
    const folder = runFolder();
    const command = ["batch", folder.write("q.txt", questionLines(3)), ...endpoint(server)];
    const output = ["-o", folder.path("out.jsonl")];
    const run = await runCot([...command, ...output], { env });
    expect(run.code).toBe(3);
    expect(folder.rows("out.jsonl")[1]).toMatchObject({
      id: "2",
      error: { code: "refused", retryable: false },
    });
    broken = false;
    expect((await runCot([...command, ...output], { env })).code).toBe(3);
    expect(server.requests).toHaveLength(3);
    expect((await runCot([...command, ...output, "--retry-failed"], { env })).code).toBe(0);
    expect(server.requests).toHaveLength(4);
    expect(folder.rows("out.jsonl").map(({ answer }) => answer)).toEqual(["1", "2", "3"]);
  });

  test("a temporary failure is not final: the same command asks that question again", async () => {
    let down = true;
    const server = await serve((request) =>
      down && numberOf(request) === 2 ? { status: 500 } : { text: `Answer: ${numberOf(request)}` },
    );
    const folder = runFolder();
    const command = ["batch", folder.write("q.txt", questionLines(3)), ...endpoint(server), "--retries", "0"];
    const output = ["-o", folder.path("out.jsonl")];
    const run = await runCot([...command, ...output], { env });
    expect(run.code).toBe(3);
    expect(folder.rows("out.jsonl")[1]).toMatchObject({ error: { code: "server", retryable: true } });
    down = false;
    expect((await runCot([...command, ...output], { env })).code).toBe(0);
    expect(folder.rows("out.jsonl").map(({ id, answer }) => [id, answer])).toEqual([
      ["1", "1"],
      ["2", "2"],
      ["3", "3"],
    ]);
  });
});

describe("input", () => {
  test("a bad line is an error with file and line before anything is sent; --skip-bad goes on", async () => {
    const server = await serve({ text: "Answer: 2" });
    const folder = runFolder();
    const file = folder.write("q.jsonl", '{"question":"1+1?"}\n{"problm":"x"}\n{"question":"2+2?"}\n');
    const run = await runCot(["batch", file, ...endpoint(server)], { env });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(`${file}, line 2: no field "question"`);
    expect(server.requests).toHaveLength(0);
    const skipping = await runCot(["batch", file, ...endpoint(server), "--skip-bad", "-a"], { env });
    expect(skipping.code).toBe(0);
    expect(skipping.stdout).toBe("2\n2\n");
  });

  test("a dry run says requests, tokens and that the price is unknown, and makes no output", async () => {
    const server = await serve({});
    const folder = runFolder();
    const command = ["batch", folder.write("q.txt", questionLines(7)), ...endpoint(server), "--dry-run"];
    const run = await runCot([...command, "-o", folder.path("out.jsonl")]);
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/requests +7\n[\s\S]*cost +unknown/);
    expect(server.requests).toHaveLength(0);
    expect(folder.exists("out.jsonl")).toBe(false);
  });
});

describe("an output that is half done", () => {
  // mutant: a halved cap
  test("a dry run says what is left, by the ratios seen, and leaves the files as they are", async () => {
    const server = await serve((request) => ({
      text: `Answer: ${numberOf(request)}`,
      usage: { prompt_tokens: 100, completion_tokens: 7, total_tokens: 107 },
    }));
    const folder = runFolder();
    const command = ["batch", folder.write("q.txt", questionLines(30)), ...endpoint(server)];
    const output = ["-o", folder.path("out.jsonl")];
    await runCot([...command, ...output, "--max-requests", "20"], { env });
    const before = [folder.read("out.jsonl"), folder.read("out.jsonl.journal")];
    const dry = await runCot([...command, ...output, "--dry-run"]);
    expect(dry.stdout).toMatch(
      /questions +10 \(20 more are answered already\)\nrequests +10\ntokens +1,0\d\d \(/,
    );
    expect(dry.code).toBe(0);
    expect([folder.read("out.jsonl"), folder.read("out.jsonl.journal")]).toEqual(before);
    expect(folder.exists("out.jsonl.journal.lock")).toBe(false);
    expect((await runCot([...command, ...output, "--dry-run", "--fresh"])).stdout).toMatch(/questions +30\n/);
    const other = await runCot([...command, ...output, "--dry-run", "-t", "1"]);
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining("--temperature 1")]);
    expect(server.requests).toHaveLength(20);
  });

  test("caps, pace and form may change from run to run, whichever comes first", async () => {
    const server = await serve((request) => ({ text: `Answer: ${numberOf(request)}` }));
    const folder = runFolder();
    const config = folder.write("config.json", '{"prices":{"test":{"input":1,"output":1}}}');
    const command = ["batch", folder.write("q.txt", questionLines(9)), ...endpoint(server)];
    const more = ["--config", config, "-o", folder.path("out.jsonl")];
    const changes = [
      ["--max-requests", "2"],
      // these send a limit of tokens that nobody asked for
      ["--max-cost", "1", "--max-requests", "2"],
      ["--max-tokens-total", "100000", "--max-requests", "2"],
      ["--rpm", "6000", "--tpm", "1000000", "--timeout", "9", "--retries", "1", "-c", "3"],
      ["--format", "csv", "--unordered", "--max-cost", "1"],
    ];
    const codes: (number | null)[] = [];
    for (const change of changes) codes.push((await runCot([...command, ...more, ...change], { env })).code);
    expect(codes).toEqual([3, 3, 3, 0, 0]);
    expect(server.requests).toHaveLength(9);
    const asked = server.requests.map(({ body }) => body?.["max_tokens"] ?? body?.["max_completion_tokens"]);
    expect(asked).toEqual([undefined, undefined, 8192, 8192, 8192, 8192, undefined, undefined, undefined]);
  });
});

test("keys are in no file of a run", async () => {
  const server = await serve({ text: "Answer: 2" });
  const folder = runFolder();
  const file = folder.write("q.txt", questionLines(2));
  const url = server.url.replace("//", "//user:sesame@");
  const secret = { COT_API_KEY: "sk-very-secret" };
  await runCot(["batch", file, "-m", "test", "--base-url", url, "-o", folder.path("out.jsonl")], {
    env: secret,
  });
  for (const name of ["out.jsonl", "out.jsonl.journal"]) {
    expect(readFileSync(folder.path(name), "utf8")).not.toMatch(/very-secret|sesame/);
  }
});
