import { describe, expect, onTestFinished, test } from "vitest";
import { runCot, startCot } from "../support/cli.ts";
import { runFolder } from "../support/run-folder.ts";
import { startFineTuningServer, type FineTuningScript } from "./server/fine-tuning.ts";

const env = { COT_API_KEY: "key" };
const rows = Array.from({ length: 12 }, (_, i) => ({
  messages: [
    { role: "user", content: `What is ${i} + 1?` },
    { role: "assistant", content: `${i}+1=${i + 1}\n\nAnswer: ${i + 1}` },
  ],
}));
const lines = (all: readonly object[]): string => all.map((row) => `${JSON.stringify(row)}\n`).join("");
const sums = lines(
  Array.from({ length: 40 }, (_, i) => ({ question: `What is ${i} + 3?`, answer: String(i + 3) })),
);

async function serve(script: FineTuningScript = {}) {
  const server = await startFineTuningServer(script);
  onTestFinished(() => server.close());
  const folder = runFolder();
  const data = folder.write("train.jsonl", lines(rows));
  const out = folder.path("job");
  const args = [
    "finetune",
    data,
    "--method",
    "supervised",
    "-m",
    "test",
    "--base-url",
    server.url,
    "-o",
    out,
  ];
  return { server, folder, args };
}

describe("wrong usage", () => {
  const data = (): string => runFolder().write("q.jsonl", sums);
  test.each([
    [["--method", "reinforcement"], "-o"],
    [["-o", "/tmp/never"], "--method"],
    [["--method", "guess", "-o", "/tmp/never"], "guess"],
    [["--method", "supervised", "--kl", "1", "-o", "/tmp/never"], "--kl"],
    [["--method", "reinforcement", "-m", "openai:gpt", "-o", "/tmp/never"], "--export"],
    [["--method", "reinforcement", "--reward", "", "-o", "/tmp/never"], "--reward"],
    [["--method", "reinforcement", "-m", "builtin:/nowhere", "-o", "/tmp/never"], "/nowhere"],
    [["--export", "trl", "--reward", "length", "-o", "/tmp/never"], "length"],
    [["--method", "supervised", "--set", "suffix=x", "-o", "/tmp/never"], "--set"],
    [["--method", "supervised", "-m", "openai:gpt", "--steps", "9", "-o", "/tmp/never"], "n_epochs"],
  ])("%j", async (flags, said) => {
    const run = await runCot(["finetune", data(), ...flags]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain(said);
  });
});

test("--dry-run says what would be done, and does none of it", async () => {
  const folder = runFolder();
  const data = folder.write("q.jsonl", sums);
  const run = await runCot([
    "finetune",
    data,
    "--method",
    "reinforcement",
    "-o",
    folder.path("out"),
    "--dry-run",
  ]);
  expect(run.code).toBe(0);
  expect(run.stdout).toContain("40 of 40 can be used");
  expect(folder.exists("out")).toBe(false);
});

test("--export needs no method and no model, and writes what it names", async () => {
  const folder = runFolder();
  const run = await runCot([
    "finetune",
    folder.write("q.jsonl", sums),
    "--export",
    "verl",
    "-o",
    folder.path("out"),
  ]);
  expect(run.code).toBe(0);
  for (const path of run.stdout.trim().split("\n"))
    expect(folder.exists(path.slice(folder.path("").length))).toBe(true);
});

test("convert writes GGUF, and refuses what is no model", async () => {
  const folder = runFolder();
  expect(await runCot(["convert", "builtin:base", folder.path("base.gguf")])).toMatchObject({
    code: 0,
    stdout: "",
  });
  expect(folder.read("base.gguf").slice(0, 4)).toBe("GGUF");
  const refused = await runCot(["convert", folder.path(""), folder.path("x.gguf")]);
  expect(refused.code).toBe(2);
  expect(folder.exists("x.gguf")).toBe(false);
});

describe("a fine-tuning job at an endpoint", () => {
  test("uploads, starts, follows through a 500, and names the model", async () => {
    const { server, folder, args } = await serve({ brokenPoll: true, base64: true });
    const run = await runCot([...args, "--json"], { env });
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      model: "ft:test:student",
      status: "succeeded",
      trained_tokens: 4321,
      curve: [
        { step: 1, value: 2.5 },
        { step: 2, value: 1.5 },
        { step: 3, value: 0.5 },
      ],
    });
    expect(run.stderr).toContain("Validating training file");
    expect(run.stderr).toContain("-m ft:test:student and the same --base-url");
    expect([...server.uploads.values()].map((text) => text.split("\n"))).toEqual([
      rows.map((row) => JSON.stringify(row)),
    ]);
    expect(server.created).toMatchObject([{ model: "test", training_file: "file-0" }]);
    expect(folder.rows("job/log.jsonl")).toHaveLength(3);
    const again = await runCot(args, { env });
    expect(again.code).toBe(0);
    expect(again.stdout).toContain("ft:test:student");
    expect(server.created).toHaveLength(1);
  });

  test("a data set of cot distill brings its validation part; kept models are named", async () => {
    const { server, folder, args } = await serve({ checkpoints: true });
    folder.write("set/messages/train.jsonl", lines(rows.slice(2)));
    folder.write("set/messages/validation.jsonl", lines(rows.slice(0, 2)));
    folder.write("set/messages/test.jsonl", "");
    args[1] = folder.path("set");
    const run = await runCot(args, { env });
    expect(run.code, run.stderr).toBe(0);
    expect(server.created).toMatchObject([{ training_file: "file-0", validation_file: "file-1" }]);
    expect(server.uploads.get("file-1")!.split("\n")).toEqual(
      rows.slice(0, 2).map((row) => JSON.stringify(row)),
    );
    expect(run.stdout).toContain("step 2: ft:test:student:step-2\nstep 3: ft:test:student:step-3\n");
    const { checkpoints } = JSON.parse((await runCot([...args, "--json"], { env })).stdout) as {
      checkpoints: unknown;
    };
    expect(checkpoints).toEqual([
      { step: 2, model: "ft:test:student:step-2" },
      { step: 3, model: "ft:test:student:step-3" },
    ]);
  });

  test("--set is sent with the job, and makes it another one; --html draws its losses", async () => {
    const { server, folder, args } = await serve();
    const set = ["--set", "suffix=mine", "--set", "method.supervised.hyperparameters.n_epochs=2"];
    const run = await runCot([...args, ...set, "--html", folder.path("job.html")], { env });
    expect(run.code, run.stderr).toBe(0);
    expect(server.created).toMatchObject([
      { suffix: "mine", method: { type: "supervised", supervised: { hyperparameters: { n_epochs: 2 } } } },
    ]);
    expect(folder.read("job.html")).toMatch(/ft:test:student.*<polyline/s);
    expect((await runCot(args, { env })).stderr).toContain("another endpoint, model, data, seed or --set");
  });

  test("--retries holds for its calls", async () => {
    const { server, args } = await serve({ brokenPoll: true });
    expect((await runCot([...args, "--retries", "0"], { env })).code).toBe(75);
    expect(server.polls).toBe(1);
  });

  test("an interrupted run leaves the job alone, and the next one follows it", async () => {
    const { server, args } = await serve({ polls: 3 });
    const { child, finished } = startCot(args, { env });
    child.stdin.end();
    let said = "";
    child.stderr.on("data", (text: string) => {
      if (said.includes("was created")) return;
      said += text;
      if (said.includes("was created")) child.kill("SIGINT");
    });
    expect((await finished).code).toBe(130);
    expect(server.cancelled).toEqual([]);
    const again = await runCot(args, { env });
    expect(again.code).toBe(0);
    expect(again.stderr).toContain("is followed on");
    expect(server.created).toHaveLength(1);
  });

  test("a second Ctrl-C cancels it there", async () => {
    const { server, args } = await serve({ polls: 100 });
    const { child, finished } = startCot(args, { env });
    child.stdin.end();
    let said = "";
    let signals = 0;
    child.stderr.on("data", (text: string) => {
      said += text;
      if (signals === 0 && said.includes("was created")) signals += Number(child.kill("SIGINT"));
      if (signals === 1 && said.includes("Ctrl-C once more")) signals += Number(child.kill("SIGINT"));
    });
    expect((await finished).code).toBe(130);
    expect(server.cancelled).toEqual(["ftjob-0"]);
  });

  test.each([
    ["failed", "line 3 has no assistant"],
    ["cancelled", "was cancelled"],
    ["expired", "expired"],
  ] as const)("a job that %s is exit 5, and the next run starts another", async (end, said) => {
    const { server, args } = await serve({ end, polls: 1 });
    const run = await runCot(args, { env });
    expect(run).toMatchObject({ code: 5, stdout: "" });
    expect(run.stderr).toContain(said);
    await runCot(args, { env });
    expect(server.created).toHaveLength(2);
  });

  test("a refused job is exit 5 with the endpoint's words; a bad row is exit 2 with its line", async () => {
    const { args, folder, server } = await serve({ refuse: "this model cannot be trained" });
    const run = await runCot(args, { env });
    expect(run.code).toBe(5);
    expect(run.stderr).toContain("this model cannot be trained");
    args[1] = folder.write("bad.jsonl", `${lines(rows.slice(0, 1))}{"text":"nothing"}\n`);
    const bad = await runCot(args, { env });
    expect(bad.code).toBe(2);
    expect(bad.stderr).toContain("line 2");
    expect(server.created).toHaveLength(1);
  });
});
