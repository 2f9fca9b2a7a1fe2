import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { realTemplate } from "../distill/lint/real-templates.ts";
import { runCot } from "../support/cli.ts";
import { parquetFile } from "../support/parquet.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cot-lint-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

const sound = (question: string, answer = "<think>\n2+2=4\n</think>\n\nThe answer is 4."): string =>
  JSON.stringify({
    messages: [
      { role: "user", content: question },
      { role: "assistant", content: answer },
    ],
  }) + "\n";

test("a sound file is 0, one that cannot be read 2", async () => {
  const clean = await runCot(["lint", await file("a.jsonl", sound("2+2?"))]);
  expect([clean.code, clean.stderr]).toEqual([0, ""]);
  expect(clean.stdout).toContain("1 row of messages, nothing wrong");
  for (const path of [join(folder, "none.jsonl"), folder]) {
    const run = await runCot(["lint", path]);
    expect([run.code, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toContain(path);
  }
  expect((await runCot(["lint"])).code).toBe(2);
});

test("a finding is FILE:LINE: rule: message, and exit 1", async () => {
  const path = await file("b.jsonl", `${sound("a")}no JSON\n\n${sound("a")}${sound("b", "")}`);
  const run = await runCot(["lint", path]);
  expect(run.code).toBe(1);
  const lines = run.stdout.split("\n");
  expect(lines[0]).toMatch(new RegExp(`^${path}:2: json: not JSON`));
  expect(lines[1]).toBe(`${path}:4: duplicate: the same as line 1`);
  expect(lines[2]).toBe(`${path}:5: empty: the answer is empty`);
  expect(lines[3]).toContain("4 rows of messages, 3 findings");
});

test("one rule does not bury the others: the rest is counted", async () => {
  const bad = Array.from({ length: 50 }, (_, i) => sound(`q${String(i)}`, "")).join("");
  const run = await runCot(["lint", await file("c.jsonl", `${bad}no JSON\n`)]);
  expect(run.stdout.match(/: empty: the answer/g)).toHaveLength(20);
  expect(run.stdout).toContain("empty: and 30 more");
  expect(run.stdout).toContain(":51: json:");
});

test("reads stdin, gives JSON, and holds a file against the format named", async () => {
  const run = await runCot(["lint", "-", "--as", "alpaca", "--json"], { stdin: sound("a") });
  expect(run.code).toBe(1);
  expect(JSON.parse(run.stdout)).toMatchObject({ file: "stdin", format: "alpaca", rows: 1 });
});

test("one JSON list, as LLaMA-Factory reads it: rows are named by line and number", async () => {
  const rows = [sound("a"), sound("b", ""), sound("a")].map((line) => JSON.parse(line) as object);
  const path = await file("list.json", JSON.stringify(rows, null, 1));
  const run = await runCot(["lint", path]);
  expect(run.code).toBe(1);
  const [empty, duplicate, sum] = run.stdout.split("\n");
  expect(empty).toMatch(new RegExp(`^${path}:\\d+: row 2: empty: the answer is empty$`));
  expect(duplicate).toMatch(/:\d+: row 3: duplicate: the same as row 1$/);
  expect(sum).toContain("3 rows of messages, 2 findings");
  const cut = await runCot(["lint", await file("cut.json", JSON.stringify(rows).slice(0, -30))]);
  expect(cut.stdout).toMatch(/row 3: json: not JSON/);
});

test("gzip, whatever it is called; a damaged one is exit 2", async () => {
  const packed = gzipSync(sound("a") + sound("b"));
  for (const name of ["f.jsonl.gz", "f.jsonl"]) {
    const run = await runCot(["lint", await file(name, packed)]);
    expect([run.code, run.stdout], run.stderr).toEqual([
      0,
      `${join(folder, name)}: 2 rows of messages, nothing wrong\n`,
    ]);
  }
  const cut = await runCot(["lint", await file("cut.jsonl.gz", packed.subarray(0, 40))]);
  expect([cut.code, cut.stdout]).toEqual([2, ""]);
});

test("Parquet, as data sets are shared: rows are named by number", async () => {
  const rows = [
    { instruction: "What is 2+2?", output: "2+2=4\n\nAnswer: 4" },
    { instruction: "What is 2+3?", output: "We add and" },
  ];
  const path = await file("train.parquet", parquetFile(rows));
  const run = await runCot(["lint", path]);
  expect(run.code, run.stderr).toBe(1);
  expect(run.stdout.split("\n").slice(0, 2)).toEqual([
    `${path}: row 2: truncated: the answer looks cut off: it ends with the word "and"`,
    `${path}: 2 rows of alpaca, 1 finding`,
  ]);
});

test("a model's control characters never reach the terminal", async () => {
  const run = await runCot(["lint", await file("d.jsonl", '{"messages": "\\u001b[31mred"}\n')]);
  expect(run.code).toBe(1);
  expect(run.stdout).not.toContain("\u001b");
});

test("the template proof: a real template that drops reasoning is caught, and the way out is named", async () => {
  const data = await file("e.jsonl", sound("2+2?"));
  const template = await file("chat_template.jinja", realTemplate("deepseek-r1:8b"));
  const run = await runCot(["lint", data, "--chat-template", template]);
  expect(run.code, run.stdout).toBe(1);
  expect(run.stdout).toMatch(/:1: template: .*reasoning/);
  const missing = await runCot(["lint", data, "--chat-template", join(folder, "nothing")]);
  expect(missing.code).toBe(2);
});
