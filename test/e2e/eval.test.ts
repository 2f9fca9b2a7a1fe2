import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCot, type CotRun } from "../support/cli.ts";
import { startServer } from "./server/start.ts";
import type { Script, TestServer } from "./server/script.ts";

let folder: string;
let server: TestServer | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cot-eval-"));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await rm(folder, { recursive: true });
});

async function file(name: string, lines: readonly (object | string)[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(
    path,
    lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join(""),
  );
  return path;
}

async function rows(path: string): Promise<unknown[]> {
  return (await readFile(path, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
}

interface Report {
  results: Record<string, unknown>[];
  by: Record<string, Record<string, Record<string, unknown>>>;
  comparisons: Record<string, unknown>[];
}
const report = ({ stdout }: CotRun): Report => JSON.parse(stdout) as Report;

describe("--from", () => {
  const answers = [
    { id: "a", gold: "408", answer: "408.0", kind: "product" },
    { id: "b", gold: "12", output: "5+7 makes 12.\nThe answer is 12.", kind: "sum" },
    { id: "c", gold: "12", output: "", kind: "sum" },
    {
      id: "d",
      gold: "7",
      error: { code: "truncated", message: "cut off", retryable: false },
      kind: "product",
    },
    { id: "a", gold: "408", answer: "407", kind: "product" },
  ];

  test("grades without a model, and writes a verdict a row in the file's order", async () => {
    const [from, verdicts] = [await file("a.jsonl", answers), join(folder, "v.jsonl")];
    const run = await runCot(["eval", "--from", from, "-o", verdicts, "--json", "--by", "kind"]);
    expect(run.code).toBe(0);
    expect(await rows(verdicts)).toEqual([
      { id: "a", answer: "408.0", gold: "408", verdict: "equal" },
      { id: "b", answer: "12", gold: "12", verdict: "equal" },
      { id: "c", answer: null, gold: "12", verdict: "different" },
      { id: "d", answer: null, gold: "7", verdict: "different" },
      { id: "a", answer: "407", gold: "408", verdict: "different" },
    ]);
    const { results, by, comparisons } = report(run);
    // four questions, at 1/2, 1, 0 and 0
    expect(results).toMatchObject([
      {
        questions: 4,
        samples: 2,
        pass_at_1: 0.375,
        answered: { rate: 0.6, reasons: { truncated: 0.2, no_answer: 0.2 } },
      },
    ]);
    expect(results[0]!.stderr).toBeCloseTo(
      Math.sqrt((4 / 3) * (2 * 0.375 ** 2 + 0.125 ** 2 + 0.625 ** 2)) / 4,
      12,
    );
    expect(by.kind!.sum).toMatchObject({ questions: 2, pass_at_1: 0.5 });
    expect(comparisons).toEqual([]);
  });

  test("reads stdin, and results of a batch", async () => {
    server = await startServer({ text: "I think.\nThe answer is 408" });
    const questions = await file("q.jsonl", [{ question: "17×24?", answer: "408" }]);
    const batch = await runCot(["batch", questions, "--base-url", server.url, "-m", "m"]);
    const run = await runCot(["eval", "--from", "-", "--json"], { stdin: batch.stdout });
    expect(report(run).results).toMatchObject([{ pass_at_1: 1, format_rate: 1 }]);
  });

  test.each([
    [{ id: "x", answer: "1" }, ":2"],
    [{ id: "x", gold: "1" }, ":2"],
    ["nonsense", ":2"],
  ])("%j is exit 2 with file and line", async (row, place) => {
    const from = await file("a.jsonl", [answers[0]!, row]);
    const { code, stdout, stderr } = await runCot(["eval", "--from", from]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`${from}${place}`);
  });

  test("nothing, or nowhere, is exit 2", async () => {
    expect((await runCot(["eval", "--from", await file("none.jsonl", [])])).code).toBe(2);
    expect((await runCot(["eval", "--from", join(folder, "nowhere")])).code).toBe(2);
    expect((await runCot(["eval"])).code).toBe(2);
  });

  test("--min-accuracy", async () => {
    const from = await file("a.jsonl", answers);
    expect((await runCot(["eval", "--from", from, "--min-accuracy", "0.375"])).code).toBe(0);
    const missed = await runCot(["eval", "--from", from, "--min-accuracy", "0.38"]);
    expect(missed.code).toBe(1);
    expect(missed.stderr).toContain("37.5 %");
  });

  test("a reward command grades what equality cannot", async () => {
    const from = await file("a.jsonl", [
      { id: "1", answer: "a poem" },
      // a gold that nobody reads
      { id: "2", answer: "prose", gold: "$$" },
    ]);
    const command = 'grep -q poem && echo 1 || echo \'{"reward": 0.25, "feedback": "no poem"}\'';
    const run = await runCot(["eval", "--from", from, "--reward", command, "--json"]);
    expect(report(run).results).toMatchObject([{ pass_at_1: 0.625, dropped: 0 }]);
    expect((await runCot(["eval", "--from", from, "--reward", "acuracy"])).code).toBe(2);
  });

  test("an answer that the command fails on counts as one that cannot be judged; it is asked once an answer", async () => {
    const from = await file("a.jsonl", [
      { id: "1", answer: "a poem" },
      { id: "2", answer: "prose" },
      { id: "3", answer: "prose" },
    ]);
    const calls = join(folder, "calls");
    const command = `echo >> ${calls}; grep -q poem && echo 1 || { echo no poem >&2; exit 1; }`;
    const run = await runCot(["eval", "--from", from, "--reward", command, "--json"]);
    expect(run.code, run.stderr).toBe(0);
    expect(report(run).results).toMatchObject([{ pass_at_1: 1 / 3, unknown: 2 }]);
    expect(run.stderr.match(/: no poem/g)).toHaveLength(1);
    expect(await readFile(calls, "utf8")).toBe("\n\n\n");
  });

  test("--markdown and --html", async () => {
    const [from, page] = [await file("a.jsonl", answers), join(folder, "page.html")];
    const run = await runCot(["eval", "--from", from, "--markdown", "--html", page]);
    expect(run.stdout).toMatch(/^\|.*\| questions \| accuracy \|/);
    expect(await readFile(page, "utf8")).toContain("<!doctype html>");
  });
});

describe("a dataset", () => {
  const questions = Array.from({ length: 12 }, (_, i) => ({
    id: `q${String(i)}`,
    question: `What is ${String(i)}+1?`,
    answer: String(i + 1),
  }));
  /** Right on everything with reasoning; without, on every third question. */
  const reasoner: Script = ({ body }) => {
    const text = (body!.messages as { content: string }[]).at(-1)!.content;
    const number = Number(/What is (\d+)/.exec(text)![1]);
    const direct = text.includes("only the final answer");
    return { text: `I think.\nThe answer is ${String(direct && number % 3 > 0 ? 99 : number + 1)}` };
  };

  async function evaluate(flags: string[], script: Script = reasoner): Promise<CotRun> {
    server ??= await startServer(script);
    const dataset = await file("questions.jsonl", questions);
    return runCot(["eval", dataset, "--base-url", server.url, "-m", "m", ...flags]);
  }

  test("accuracy, pass@k and vote; every sample is taken", async () => {
    const run = await evaluate(["-n", "4", "--json"]);
    expect(run.code).toBe(0);
    expect(report(run).results).toMatchObject([
      {
        name: "step-by-step",
        questions: 12,
        samples: 4,
        pass_at_1: 1,
        pass_at_k: { "1": 1, "2": 1, "4": 1 },
        maj_at_k: 1,
      },
    ]);
    expect(server!.requests.reduce((sum, { body }) => sum + Number(body!.n ?? 1), 0)).toBe(48);
  });

  test("--compare: paired, with interval and p, in one table", async () => {
    const run = await evaluate(["--compare", "direct,step-by-step"]);
    expect(run.code).toBe(0);
    // 8 of 12 questions differ, all one way: 2 × 2⁻⁸
    expect(run.stdout).toContain(
      "direct 33.3 ±27.9 → step-by-step 100.0 ±0.0 (+66.7 [+38.8, +94.5], p=0.008)",
    );
    const json = report(await evaluate(["--compare", "direct,step-by-step", "--json"]));
    expect(json.results.map(({ name }) => name)).toEqual(["direct", "step-by-step"]);
    expect(json.comparisons).toMatchObject([{ a: "direct", b: "step-by-step", p: 2 / 256 }]);
    expect(json.comparisons[0]!.difference).toBeCloseTo(2 / 3, 12);
  });

  test("a policy with samples is measured by its vote", async () => {
    const policy = await file("vote.policy.json", [
      { version: 1, strategy: "step-by-step", sampling: { samples: 3 } },
    ]);
    // two of three samples are right
    const script: Script = ({ body }) => {
      const number = Number(/What is (\d+)/.exec(JSON.stringify(body!.messages))![1]);
      return {
        text: [String(number + 1), "99", String(number + 1)].map((answer) => `So.\nThe answer is ${answer}`),
      };
    };
    const run = await evaluate(["--compare", policy, "--json"], script);
    expect(report(run).results).toMatchObject([
      { name: "step-by-step", samples: 1, pass_at_1: 1 },
      { name: policy, samples: 1, pass_at_1: 1 },
    ]);
    const raw = await evaluate(["--policy", policy, "-n", "3", "--json"]);
    expect(report(raw).results).toMatchObject([{ samples: 3, pass_at_1: 2 / 3, maj_at_k: 1 }]);
  });

  test("with -o nothing is asked twice, and the verdicts are there", async () => {
    const output = join(folder, "out.jsonl");
    const first = await evaluate(["-o", output, "--json"]);
    const asked = server!.requests.length;
    expect(asked).toBe(12);
    const second = await evaluate(["-o", output, "--json"]);
    expect(server!.requests).toHaveLength(asked);
    expect(report(second).results[0]!.pass_at_1).toBe(report(first).results[0]!.pass_at_1);
    expect((await rows(output))[0]).toEqual({ id: "q0", answer: "1", gold: "1", verdict: "equal" });
    await evaluate(["-o", output, "--fresh"]);
    expect(server!.requests).toHaveLength(2 * asked);
  });

  test("what the endpoint refused for good is asked again with --retry-failed alone", async () => {
    let refuses = true;
    const script: Script = (request, index) =>
      refuses && JSON.stringify(request.body).includes("What is 3+1")
        ? { status: 400, error: { message: "too long", type: "invalid_request_error" } }
        : reasoner(request, index);
    const flags = ["-o", join(folder, "out.jsonl"), "--json"];
    expect((await evaluate(flags, script)).code).toBe(3);
    refuses = false;
    expect((await evaluate(flags)).code).toBe(3);
    expect(server!.requests).toHaveLength(12);
    const again = await evaluate([...flags, "--retry-failed"]);
    expect(again.code).toBe(0);
    expect(report(again).results[0]!.pass_at_1).toBe(1);
    expect(server!.requests).toHaveLength(13);
  });

  test("--by slices every setting, and says where no question has the field", async () => {
    const flags = ["--compare", "direct,step-by-step", "--by", "nowhere"];
    const run = await evaluate(flags);
    expect(run.stdout).toMatch(/^nowhere, direct /m);
    expect(run.stdout).toMatch(/^nowhere, step-by-step /m);
    expect(run.stderr).toContain("--by nowhere: no question has that field");
    const { results, by } = report(await evaluate([...flags, "--json"]));
    const slices = results.map((result) => result.by as typeof by);
    expect(slices.map(({ nowhere }) => nowhere!["(none)"]!.pass_at_1)).toEqual([1 / 3, 1]);
    expect(by.nowhere!["(none)"]).toMatchObject({ name: "direct", pass_at_1: 1 / 3 });
  });

  test("somebody else's file is left alone", async () => {
    const output = await file("mine.jsonl", ["mine"]);
    expect((await evaluate(["-o", output])).code).toBe(2);
    expect(await readFile(output, "utf8")).toBe("mine\n");
    expect(server!.requests).toHaveLength(0);
  });

  test("--min-accuracy is exit 1, a refused key 77, a broken question 3", async () => {
    expect((await evaluate(["-p", "direct", "--min-accuracy", "0.5"])).code).toBe(1);
    await server!.close();
    server = await startServer(reasoner, { keys: ["secret"] });
    expect((await evaluate([])).code).toBe(77);
    await server.close();
    server = undefined;
    const script: Script = (request, index) =>
      JSON.stringify(request.body).includes("What is 3+1")
        ? { fault: "malformed-reply" }
        : reasoner(request, index);
    const broken = await evaluate(["--json", "--retries", "0"], script);
    expect(broken.code).toBe(3);
    expect(report(broken).results).toMatchObject([
      { questions: 12, answered: { reasons: { malformed: 1 / 12 } } },
    ]);
  });

  test("a question without a right answer is exit 2 before anything is sent", async () => {
    server = await startServer();
    const dataset = await file("q.jsonl", [questions[0]!, { question: "Why?" }]);
    const { code, stderr } = await runCot(["eval", dataset, "--base-url", server.url, "-m", "m"]);
    expect(code).toBe(2);
    expect(stderr).toContain("question 2");
    expect(server.requests).toHaveLength(0);
  });

  test("without a model it is exit 77, and the dry run sends nothing", async () => {
    const dataset = await file("q.jsonl", questions);
    expect((await runCot(["eval", dataset])).code).toBe(77);
    const dry = await evaluate(["--compare", "direct,step-by-step", "-n", "2", "--dry-run"]);
    expect(dry.code).toBe(0);
    expect(dry.stdout).toContain("step-by-step\nquestions  12");
    expect(server!.requests).toHaveLength(0);
  });
});
