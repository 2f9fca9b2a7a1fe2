import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Manifest } from "../../src/distill/output/manifest.ts";
import { parsePolicy } from "../../src/prompts/policy.ts";
import { runCot, startCot, type CotRun } from "../support/cli.ts";
import { parquetFile } from "../support/parquet.ts";
import type { Reply, Script, SeenRequest, TestServer } from "./server/script.ts";
import { startServer } from "./server/start.ts";

let folder: string;
let server: TestServer | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cot-distill-"));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await rm(folder, { recursive: true });
});

type Row = Record<string, unknown> & { id: string; verdicts: Record<string, unknown> };

async function file(name: string, lines: readonly object[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return path;
}

async function rows(...path: string[]): Promise<Row[]> {
  const text = await readFile(join(folder, ...path), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Row);
}

/** Sums, each with its right answer. */
const sums = Array.from({ length: 12 }, (_, i) => ({
  id: `s${String(i)}`,
  question: `What is ${String(31 + i)} + ${String(12 + 7 * i)}?`,
  answer: String(43 + 8 * i),
}));

const asked = ({ body }: SeenRequest): string => JSON.stringify(body?.["messages"]);

/** What a good teacher says to a question of `sums`, in one way or another. */
function worked(request: SeenRequest, wrongBy = 0, way = "We add the two numbers"): string {
  const [, a = "0", b = "0"] = /What is (\d+) \+ (\d+)/.exec(asked(request)) ?? [];
  const sum = Number(a) + Number(b) + wrongBy;
  return `${way}: ${a} + ${b} = ${String(sum)}.\n\nThe answer is ${String(sum)}.`;
}

/** What it says when it is asked for two samples: each in its own way. */
const workedTwice = (request: SeenRequest): Reply => ({
  text: [worked(request), worked(request, 0, "It is a sum, so count on from the first")],
});

async function distill(questions: string | undefined, script: Script, ...flags: string[]): Promise<CotRun> {
  await server?.close();
  server = await startServer(script);
  const words = questions === undefined ? [] : [questions];
  return runCot(["distill", ...words, "--base-url", server.url, "--teacher", "t", ...flags]);
}

const sha256 = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

test("writes ledger, traces, parts, manifest, card and recipes, all of which agree", async () => {
  const questions = await file("q.jsonl", sums);
  const out = join(folder, "out");
  let count = 0;
  const wrongOnce = (request: SeenRequest): Reply => ({
    text: [worked(request), worked(request, count++ % 3 === 0 ? 1 : 0)],
  });
  const formats = "messages,prompt-completion,sharegpt,alpaca,dpo";
  const run = await distill(questions, wrongOnce, "-o", out, "--export", formats, "--json");
  expect(run.code, run.stderr).toBe(0);
  const names = ["README.md", "journal", "ledger.jsonl", "manifest.json", "recipes", "traces.jsonl"];
  expect((await readdir(out)).sort()).toEqual([...names, ...formats.split(",")].sort());

  const manifest = JSON.parse(await readFile(join(out, "manifest.json"), "utf8")) as Manifest;
  expect(JSON.parse(run.stdout)).toEqual(manifest);
  expect(manifest.hashes["q.jsonl"]).toBe(sha256(questions));
  expect(manifest.hashes["ledger.jsonl"]).toBe(sha256(join(out, "ledger.jsonl")));
  for (const { files } of manifest.exports) {
    for (const { path, rows: count, sha256: hash } of files) {
      expect(hash).toBe(sha256(join(out, path)));
      expect(await rows("out", path)).toHaveLength(count);
    }
  }
  const ledger = await rows("out", "ledger.jsonl");
  expect(ledger).toHaveLength(manifest.counts.samples);
  const traces = await rows("out", "traces.jsonl");
  expect(traces).toHaveLength(manifest.counts.kept);

  // from a row of an export back to its question
  const [trace] = traces;
  const [path, line] = Object.entries(trace!["rows"] as Record<string, number>).find(([name]) =>
    name.startsWith("messages/"),
  )!;
  const row = (await rows("out", path))[line - 1] as unknown as {
    messages: { role: string; content: string }[];
  };
  expect(row.messages[0]!.content).toContain(trace!["question"]);
  expect(row.messages[1]!.content).toContain(`<think>\n${String(trace!["reasoning"])}\n</think>`);
  // every question is on one side
  const sides = new Map(traces.map(({ id, part }) => [id, part]));
  for (const { id, part } of traces) expect(sides.get(id)).toBe(part);

  for (const format of formats.split(",")) {
    const linted = await runCot(["lint", join(out, format, "train.jsonl"), "--as", format]);
    expect(linted.code, linted.stdout).toBe(0);
  }
  JSON.parse(await readFile(join(out, "recipes", "dataset_info.json"), "utf8"));
  expect((await readdir(join(out, "recipes"))).filter((name) => name.endsWith(".py"))).toHaveLength(2);
});

test("draws only until enough traces are verified, and all with --no-adaptive", async () => {
  const questions = await file("q.jsonl", sums);
  const samples = (all: readonly SeenRequest[]): number =>
    all.reduce((sum, { body }) => sum + Number(body?.["n"] ?? 1), 0);
  const good = (request: SeenRequest): Reply => ({ text: worked(request) });
  const run = await distill(questions, good, "-o", join(folder, "a"), "--keep", "1");
  expect(run.code, run.stderr).toBe(0);
  expect(samples(server!.requests)).toBe(sums.length);
  await distill(questions, good, "-o", join(folder, "b"), "--keep", "1", "--no-adaptive", "-n", "3");
  expect(samples(server!.requests)).toBe(3 * sums.length);
  // of samples that say the same only one would be kept
  const repeated = (request: SeenRequest): Reply => ({
    text: worked(
      request,
      0,
      Number(request.body?.["seed"]) < 6 ? "We add" : "It is a sum, so count on from one",
    ),
  });
  const wasteful = await distill(questions, repeated, "-o", join(folder, "d"), "--seed", "1");
  expect(samples(server!.requests)).toBe(6 * sums.length);
  expect(wasteful.stderr).toContain("48 of 72 verified samples repeat another: a higher -t, or --keep 1");
  expect(await rows("d", "traces.jsonl")).toHaveLength(2 * sums.length);
  const bad = (request: SeenRequest): Reply => ({ text: worked(request, 1) });
  const rejected = await distill(questions, bad, "-o", join(folder, "c"), "--keep", "1", "-n", "4");
  expect(samples(server!.requests)).toBe(4 * sums.length);
  expect(rejected.code).toBe(3);
  expect(rejected.stderr).toMatch(/answer differs from the gold +-48 +0/);
  const ledger = await rows("c", "ledger.jsonl");
  expect(new Set(ledger.map(({ verdicts }) => verdicts["reason"]))).toEqual(new Set(["wrong-answer"]));
});

test("a run that is killed goes on without asking the teacher again, and ends the same", async () => {
  const questions = await file("q.jsonl", sums);
  let cutAt: (() => void) | undefined;
  const halfWay = new Promise<void>((resolve) => (cutAt = resolve));
  server = await startServer((request, index): Reply => {
    if (index === sums.length + 9) cutAt?.();
    return { ...workedTwice(request), delayMs: 30 };
  });
  const words = ["distill", questions, "--base-url", server.url, "--teacher", "t", "-c", "2"];
  const whole = await runCot([...words, "-o", join(folder, "whole")]);
  expect(whole.code, whole.stderr).toBe(0);
  const once = server.requests.length;

  const { child, finished } = startCot([...words, "-o", join(folder, "cut")]);
  expect(once).toBe(sums.length);
  await halfWay;
  child.kill("SIGKILL");
  await finished;
  expect(await readdir(join(folder, "cut"))).not.toContain("manifest.json");
  const before = server.requests.length;
  const again = await runCot([...words, "-o", join(folder, "cut")]);
  expect(again.code, again.stderr).toBe(0);
  expect(again.stderr).toContain("going on with");
  // of ten that had been sent, two were in flight, and two on their way to the disk
  expect(server.requests.length - before).toBeLessThanOrEqual(once - 10 + 4);
  for (const name of ["ledger.jsonl", "traces.jsonl", "messages/train.jsonl", "manifest.json", "README.md"]) {
    expect(await readFile(join(folder, "cut", name), "utf8")).toBe(
      await readFile(join(folder, "whole", name), "utf8"),
    );
  }
  // what is derived is made anew from the journal alone
  await rm(join(folder, "cut", "ledger.jsonl"));
  await rm(join(folder, "cut", "messages"), { recursive: true });
  const asked = server.requests.length;
  expect((await runCot([...words, "-o", join(folder, "cut"), "--export", "alpaca"])).code).toBe(0);
  expect(server.requests.length).toBe(asked);
  expect(await readdir(join(folder, "cut"))).not.toContain("messages");
});

test("--from takes what is there: results of batch, and other tools' rows", async () => {
  const questions = await file("q.jsonl", sums);
  server = await startServer((request) => ({ text: worked(request) }));
  const answers = join(folder, "answers.jsonl");
  const batch = await runCot(["batch", questions, "--base-url", server.url, "-m", "t", "-o", answers]);
  expect(batch.code, batch.stderr).toBe(0);
  const run = await runCot(["distill", "--from", answers, "-o", join(folder, "out")]);
  expect(run.code, run.stderr).toBe(0);
  expect(await rows("out", "traces.jsonl")).toHaveLength(sums.length);

  const foreign = await file("foreign.jsonl", [
    { problem: "What is 2 + 2?", gold: "4", response: "2 + 2 = 4.\n\nThe answer is 4." },
    { problem: "What is 2 + 2?", gold: "4", response: "2 + 2 = 5.\n\nThe answer is 5." },
    { problem: "What is 3 + 4?", response: "3 + 4 = 7.\n\nThe answer is 7." },
    { problem: "Who wrote it?", response: "Somebody did, long ago.\n\nThe answer is Homer." },
  ]);
  const second = await runCot(["distill", "--from", foreign, "-o", join(folder, "second")]);
  expect(second.code, second.stderr).toBe(0);
  const ledger = await rows("second", "ledger.jsonl");
  expect(ledger.map(({ verdicts }) => verdicts["reason"])).toEqual([null, "wrong-answer", null, "unproven"]);
});

test("--from reads what data sets are shared in, and names file, row and field of what it cannot read", async () => {
  const found = sums.map(({ question, answer }) => ({
    problem: question,
    solution: `So ${question.slice(8, -1)} = ${answer}.\n\nAnswer: ${answer}`,
    answer,
  }));
  const quoted = (cell: string): string => `"${cell}"`;
  const csv = [Object.keys(found[0]!), ...found.map((row) => Object.values(row).map(quoted))];
  const files: [string, string | Uint8Array][] = [
    ["list.json", JSON.stringify(found, null, 1)],
    ["rows.jsonl.gz", gzipSync(found.map((row) => `${JSON.stringify(row)}\n`).join(""))],
    ["rows.csv", csv.map((cells) => `${cells.join(",")}\n`).join("")],
    ["rows.parquet", parquetFile(found)],
  ];
  for (const [name, content] of files) {
    await writeFile(join(folder, name), content);
    const out = `out-${name}`;
    const run = await runCot([
      "distill",
      "--from",
      join(folder, name),
      "-o",
      join(folder, out),
      "--limit",
      "11",
    ]);
    expect([name, run.code], run.stderr).toEqual([name, 0]);
    const ledger = await rows(out, "ledger.jsonl");
    expect(ledger.map(({ verdicts, gold }) => [verdicts["gold"], gold])).toEqual(
      sums.slice(0, 11).map(({ answer }) => [true, answer]),
    );
  }
  const bad = await file("bad.jsonl", [
    found[0]!,
    { problem: "Why?", level: 3 },
    { custom_id: "1", response: {} },
  ]);
  const words = ["distill", "--from", bad, "-o", join(folder, "bad")];
  const refused = await runCot(words);
  expect([refused.code, refused.stdout]).toEqual([2, ""]);
  expect(refused.stderr).toContain(
    `${bad}, line 2: nothing that was said to the question among its fields "problem", "level"`,
  );
  const skipped = await runCot([...words, "--skip-bad"]);
  expect(skipped.code, skipped.stderr).toBe(0);
  expect(skipped.stderr).toContain("2 bad rows left out");
});

test("leaves out what stands in an evaluation file, before it is asked, and says where", async () => {
  const questions = await file("q.jsonl", sums);
  const test = await file("test.jsonl", [{ id: "t1", question: "what is  34 + 33?" }]);
  const run = await distill(questions, workedTwice, ...["-o", join(folder, "out"), "--decontaminate", test]);
  expect(run.code, run.stderr).toBe(0);
  expect(server!.requests.some((request) => asked(request).includes("34 + 33"))).toBe(false);
  expect(run.stderr).toContain("s3 overlaps");
  const left = (await rows("out", "ledger.jsonl")).filter(({ id }) => id === "s3");
  expect(left).toHaveLength(1);
  expect(left[0]!["contamination"]).toMatchObject({ item: "t1", how: "exact" });
  expect(await readFile(join(folder, "out", "README.md"), "utf8")).toContain("test.jsonl` (1 items): 1 of");
});

test("--pilot forecasts, stops, and says why a teacher shows no reasoning", async () => {
  const questions = await file("q.jsonl", sums);
  const run = await distill(questions, workedTwice, "--pilot", "--json");
  expect(run.code, run.stderr).toBe(0);
  expect(JSON.parse(run.stdout)).toMatchObject({
    questions: 12,
    samples: 16,
    acceptance: { share: 1 },
    repeats: 0,
    drawsPerQuestion: { low: 2, expected: 2 },
    reasoning: "shown",
  });
  const same = await distill(questions, (request) => ({ text: worked(request) }), "--pilot");
  expect(same.stdout).toMatch(/repeated +100\.0 % of further .*\ndraws a question +8\.0/);
  const hidden = await distill(
    questions,
    {
      text: "The answer is 5.",
      usage: {
        prompt_tokens: 9,
        completion_tokens: 300,
        total_tokens: 309,
        completion_tokens_details: { reasoning_tokens: 290 },
      },
    },
    "--pilot",
  );
  expect(hidden.stderr).toContain("keeps it to itself");
});

test("--judge is asked about traces that nothing else can prove, once each, from the one budget", async () => {
  const questions = await file(
    "q.jsonl",
    Array.from({ length: 6 }, (_, i) => ({ id: `p${String(i)}`, question: `Who is number ${String(i)}?` })),
  );
  const out = join(folder, "out");
  let drawn = 0;
  const byModel = (request: SeenRequest): Reply => {
    if (request.body?.["model"] === "j") {
      return { text: asked(request).includes("number 3") ? "Verdict: wrong" : "It holds.\nVerdict: right" };
    }
    return { text: `It is plain from the list.\n\nAnswer: name ${String(drawn++)}` };
  };
  const flags = ["-o", out, "-n", "1", "--keep", "1", "--judge", "j"];
  const run = await distill(questions, byModel, ...flags);
  expect(run.code, run.stderr).toBe(0);
  const ledger = await rows("out", "ledger.jsonl");
  expect(ledger.map(({ id, verdicts }) => [id, verdicts["judge"], verdicts["reason"]])).toEqual(
    Array.from({ length: 6 }, (_, i) => [`p${String(i)}`, i !== 3, i === 3 ? "judged-wrong" : null]),
  );
  const manifest = JSON.parse(await readFile(join(out, "manifest.json"), "utf8")) as Manifest;
  expect(manifest.settings.judge).toBe("j");
  expect(server!.requests).toHaveLength(12);
  const again = await runCot(["distill", questions, "--base-url", server!.url, "--teacher", "t", ...flags]);
  expect(again.code, again.stderr).toBe(0);
  expect(server!.requests).toHaveLength(12);

  const capped = [...flags.slice(2), "-o", join(folder, "capped"), "--max-requests", "5"];
  const short = await distill(questions, byModel, ...capped);
  expect(short.code, short.stderr).toBe(3);
  expect(server!.requests).toHaveLength(5);

  const builtin = await distill(questions, byModel, "-o", join(folder, "x"), "--judge", "builtin");
  expect([builtin.code, builtin.stdout]).toEqual([2, ""]);
  expect(builtin.stderr).toContain("cannot judge");
});

test("--dry-run counts what a judge may be asked, of questions without a right answer alone", async () => {
  const open = Array.from({ length: 6 }, (_, i) => ({ question: `Who is number ${String(i)}?` }));
  const questions = await file("q.jsonl", [...open, ...sums]);
  const flags = ["-o", join(folder, "out"), "--dry-run", "--judge", "j"];
  const run = await distill(questions, {}, ...flags);
  expect(run.code, run.stderr).toBe(0);
  expect(run.stdout).toMatch(/^judge {6}0 to 48 requests more; tokens 0 to [\d,]+; cost unknown$/m);
  const found = await file(
    "found.jsonl",
    [...open, sums[0]!].map((row) => ({ gold: "", ...row, output: "Answer: 1" })),
  );
  const words = ["distill", "--from", found, ...flags.slice(0, -1), "openai:gpt-5-mini"];
  const taken = await runCot(words);
  expect(taken.stdout, taken.stderr).toMatch(
    /^requests 0\njudge {6}0 to 7 requests more; .*; cost \$0 to \$0\.\d+\n$/,
  );
  expect(server!.allRequests).toEqual([]);
  expect(await readdir(folder)).not.toContain("out");
});

test("refuses what cannot be meant", async () => {
  const questions = await file("q.jsonl", sums);
  const cases: [string[], string][] = [
    [["distill", questions, "-m", "builtin"], "-o names the folder"],
    [["distill", "-o", join(folder, "x"), "-m", "builtin"], "no questions are given"],
    [["distill", questions, "--from", questions, "-o", folder], "leave the file"],
    [["distill", questions, "-o", folder, "-m", "builtin"], "is not empty"],
    [["distill", questions, "-o", join(folder, "x"), "--export", "csv", "-m", "builtin"], 'not "csv"'],
    [
      [..."distill Q --export alpaca --trace-style field -m builtin -o".split(" "), join(folder, "x")],
      "alpaca cannot hold",
    ],
    [["distill", questions, "-o", join(folder, "x"), "-n", "1", "--keep", "2"], "--keep 2 needs"],
    [["distill", questions, "-o", join(folder, "x"), "--html", "p.html", "-m", "builtin"], "add it"],
    [
      ["distill", questions, "-o", join(folder, "x"), "--evaluate", "-m", "builtin"],
      "name one with --student",
    ],
  ];
  for (const [words, message] of cases) {
    const run = await runCot(words.map((word) => (word === "Q" ? questions : word)));
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining(message)]);
  }
});

/** Many sums, so that every part has some. */
const many = Array.from({ length: 60 }, (_, i) => ({
  id: `m${String(i)}`,
  question: `What is ${String(100 + i)} + ${String(211 + 3 * i)}?`,
  answer: String(311 + 4 * i),
}));

test("--student --evaluate compares teacher, student before and after, on the test part, paired", async () => {
  const questions = await file("q.jsonl", many);
  const out = join(folder, "out");
  await mkdir(join(out, "student"), { recursive: true });
  await writeFile(join(out, "journal"), "");
  // a job that has ended: the student that is there is used
  await writeFile(join(out, "student", "job.json"), JSON.stringify({ v: 1, model: "after" }));
  const byModel = (request: SeenRequest): Reply =>
    request.body?.["model"] === "before" ? { text: "The answer is 7." } : workedTwice(request);
  const flags = ["-o", out, "--student", "before", "--evaluate", "--html", join(folder, "page.html")];
  const run = await distill(questions, byModel, ...flags, "--json");
  expect(run.code, run.stderr).toBe(0);
  const report = JSON.parse(run.stdout) as {
    results: Record<string, unknown>[];
    comparisons: Record<string, unknown>[];
  };
  expect(report.results.map(({ name, pass_at_1: accuracy }) => [name, accuracy])).toEqual([
    ["t", 1],
    ["before", 0],
    ["after", 1],
  ]);
  expect(report.results.map((result) => result["valid_reasoning"])).toEqual([1, 0, 1]);
  expect(report.comparisons.map(({ a, b, difference }) => [a, b, difference])).toEqual([
    ["t", "before", -1],
    ["t", "after", 0],
    ["before", "after", 1],
  ]);
  const tested = new Set(
    (await rows("out", "ledger.jsonl")).filter(({ part }) => part === "test").map(({ id }) => id),
  );
  expect(report.results[0]!["questions"]).toBe(tested.size);
  expect(run.stderr).toContain("--decontaminate");
  expect(await readFile(join(folder, "page.html"), "utf8")).toContain("<td>after</td>");

  const before = server!.requests.length;
  const words = ["distill", questions, "--base-url", server!.url, "--teacher", "t", ...flags];
  const again = await runCot(words);
  expect(again.code, again.stderr).toBe(0);
  expect(again.stdout).toContain("valid reasoning");
  expect(server!.requests.length).toBe(before);
});

test("--student-policy shows each question the likest traces where they help, and none where they do not", async () => {
  const questions = await file("q.jsonl", many);
  const path = join(folder, "student.policy.json");
  const needsHelp = (request: SeenRequest): Reply => {
    const shown = (request.body?.["messages"] as unknown[]).length > 1;
    const right = request.body?.["model"] === "t" || shown;
    const last = (request.body?.["messages"] as { content: string }[]).at(-1)!;
    return right ? workedTwice({ ...request, body: { messages: [last] } }) : { text: "The answer is 7." };
  };
  const words = ["-o", join(folder, "out"), "--student", "s", "--student-policy", path];
  const run = await distill(questions, needsHelp, ...words);
  expect(run.code, run.stderr).toBe(0);
  expect(run.stderr).toMatch(/no demonstrations 0.0.* → demonstrations 100.0/);
  const policy = parsePolicy(await readFile(path, "utf8"), path);
  expect(policy.retrieve).toBe(3);
  expect(policy.demonstrations.length).toBeGreaterThan(20);

  const asked = ["ask", "What is 101 + 214?", "--base-url", server!.url, "-m", "s", "--policy", path, "-a"];
  const answer = await runCot(asked);
  expect(answer.stdout).toBe("315\n");
  const { messages } = server!.requests.at(-1)!.body as { messages: { role: string; content: string }[] };
  expect(messages.map(({ role }) => role)).toEqual(
    [..."uauauau"].map((c) => (c === "u" ? "user" : "assistant")),
  );
  // never the question itself
  expect(messages.slice(0, -1).some(({ content }) => content.includes("What is 101 + 214?"))).toBe(false);

  const loses = (request: SeenRequest): Reply => {
    const shown = (request.body?.["messages"] as unknown[]).length > 1;
    return shown ? { text: "The answer is 7." } : workedTwice(request);
  };
  const other = join(folder, "other.policy.json");
  const second = await distill(
    questions,
    loses,
    "-o",
    join(folder, "b"),
    "--student",
    "s",
    "--student-policy",
    other,
  );
  expect(second.code, second.stderr).toBe(0);
  expect(second.stderr).toContain("do not help");
  expect(parsePolicy(await readFile(other, "utf8"), other).demonstrations).toEqual([]);
});

test("--student-policy finds like traces by embeddings where the endpoint has them, and by words elsewhere", async () => {
  const questions = await file("q.jsonl", many);
  const path = join(folder, "student.policy.json");
  const needsHelp = (request: SeenRequest): Reply => {
    const messages = request.body?.["messages"] as { content: string }[];
    const right = request.body?.["model"] === "t" || messages.length > 1;
    return right
      ? workedTwice({ ...request, body: { messages: [messages.at(-1)] } })
      : { text: "The answer is 7." };
  };
  // likest are those with the nearest first number
  const embed = (text: string): number[] => {
    const angle = Number(/(\d+) \+/.exec(text)![1]) / 50;
    return [Math.cos(angle), Math.sin(angle)];
  };
  const embedded = (): SeenRequest[] => server!.allRequests.filter(({ url }) => url.endsWith("/embeddings"));
  server = await startServer(needsHelp, { embed, models: ["t", "s", "text-embedding-3-small"] });
  const flags = ["--base-url", server.url, "-o", join(folder, "out"), "--student-policy", path];
  const words = ["distill", questions, "--teacher", "t", "--student", "s", ...flags];
  const run = await runCot(words);
  expect(run.code, run.stderr).toBe(0);
  expect(run.stderr).toContain("found by text-embedding-3-small");
  const { embeddings, demonstrations } = parsePolicy(await readFile(path, "utf8"), path);
  expect(embeddings?.vectors).toHaveLength(demonstrations.length);

  const asking = ["--policy", path, "-m", "s", "-q"];
  const before = embedded().length;
  const answer = await runCot(["ask", "What is 150 + 5?", "--base-url", server.url, ...asking, "-a"]);
  expect(answer.stdout).toBe("155\n");
  expect(embedded()).toHaveLength(before + 1);
  const [first, , second] = server.requests.at(-1)!.body!["messages"] as { content: string }[];
  for (const { content } of [first!, second!]) expect(content).toMatch(/What is 1(4[89]|5[0-2]) /);

  // what was embedded and answered once is not asked for again
  const [chats, vectors] = [server.requests.length, embedded().length];
  expect((await runCot(words)).code).toBe(0);
  expect([server.requests.length, embedded().length]).toEqual([chats, vectors]);

  await server.close();
  server = await startServer(needsHelp);
  const asked = await runCot(["ask", "-a", "--base-url", server.url, ...asking.slice(0, -1)], {
    stdin: "What is 150 + 5?\nWhat is 151 + 6?\n",
  });
  expect(asked.stdout).toBe("155\n157\n");
  expect(asked.stderr.match(/found by their words, not by text-embedding-3-small/g)).toHaveLength(1);
  const two = await file("two.jsonl", sums.slice(0, 2));
  const exported = ["batch", two, "--export-requests", join(folder, "r.jsonl"), "--base-url", server.url];
  const refused = await runCot([...exported, ...asking]);
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("a policy with embeddings")]);
});

test("what teacher and student may spend is one budget", async () => {
  const questions = await file("q.jsonl", many);
  const words = [
    "-o",
    join(folder, "out"),
    "--student",
    "s",
    "--student-policy",
    join(folder, "p.policy.json"),
  ];
  const run = await distill(questions, workedTwice, ...words, "--max-requests", "63");
  expect(run.code, run.stderr).toBe(3);
  expect(run.stderr).toContain("--max-requests 63 is used up");
  expect(server!.requests).toHaveLength(63);
  expect(await readdir(join(folder, "out"))).toContain("manifest.json");
});

test("--student-policy asks nobody who is not named", async () => {
  const path = join(folder, "student.policy.json");
  const found = await file(
    "found.jsonl",
    many.map(({ question, answer }) => ({
      question,
      gold: answer,
      output: `So it is ${answer}.\n\nAnswer: ${answer}`,
    })),
  );
  const run = await runCot(["distill", "--from", found, "-o", join(folder, "out"), "--student-policy", path]);
  expect(run.code, run.stderr).toBe(0);
  expect(run.stderr).toContain("not measured");
  expect(parsePolicy(await readFile(path, "utf8"), path).provenance).toMatchObject({ measured: false });

  // nor the built-in model, which would not read them
  const words = ["--student-policy", path, "--student", "builtin:small"];
  const builtin = await runCot(["distill", "--from", found, "-o", join(folder, "b"), ...words]);
  expect(builtin.code, builtin.stderr).toBe(0);
  expect(builtin.stderr).toContain("reads no demonstrations: they are not measured");
});
