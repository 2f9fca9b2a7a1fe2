import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { formatNames } from "../../src/distill/formats/names.ts";
import type { Manifest } from "../../src/distill/output/manifest.ts";
import { runCot } from "../support/cli.ts";
import type { TestServer } from "./server/script.ts";
import { startServer } from "./server/start.ts";

type Row = Record<string, unknown>;

const system = "You are careful.";
const questions = Array.from({ length: 24 }, (_, i) => ({
  id: `s${String(i)}`,
  question: `What is ${String(31 + i)} + ${String(12 + 7 * i)}?`,
  answer: String(43 + 8 * i),
}));

let folder: string;
let server: TestServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cot-provenance-"));
  // right, wrong, and right in other words
  server = await startServer(({ body }) => {
    const [, a = "0", b = "0"] = /What is (\d+) \+ (\d+)/.exec(JSON.stringify(body)) ?? [];
    const sum = Number(a) + Number(b);
    const said = (way: string, value: number): string =>
      `${way}: ${a} + ${b} = ${String(value)}.\n\nThe answer is ${String(value)}.`;
    const ways = [said("We add", sum), said("We add", sum + 1), said("It is a sum, so we count on", sum)];
    return { text: ways[Number(body?.["seed"]) - 7]! };
  });
  await writeFile(join(folder, "q.jsonl"), questions.map((one) => `${JSON.stringify(one)}\n`).join(""));
  await writeFile(join(folder, "ask.txt"), "Work it out.\n{{question}}");
  const run = await runCot(
    [
      ...["distill", "q.jsonl", "--teacher", "t", "--base-url", server.url, "-o", "out"],
      ...["--prompt", "ask.txt", "--system", system, "--set", "provider.sort=price", "--seed", "7"],
      ...["-n", "3", "-t", "0.7", "--max-tokens", "500", "--export", formatNames.join(",")],
    ],
    { cwd: folder },
  );
  expect(run.code, run.stderr).toBe(0);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const read = (path: string): string => readFileSync(join(folder, path), "utf8");
const rowsOf = (path: string): Row[] =>
  read(path)
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
const sha256 = (path: string): string => createHash("sha256").update(read(path)).digest("hex");
const manifest = (): Manifest => JSON.parse(read("out/manifest.json")) as Manifest;

describe("the way from a row of an export back to its question", () => {
  test.each(formatNames)("%s: by the traces, the ledger, the questions' file", (format) => {
    const traces = rowsOf("out/traces.jsonl");
    const ledger = rowsOf("out/ledger.jsonl");
    const { files } = manifest().exports.find((one) => one.format === format)!;
    let followed = 0;
    for (const { path, sha256: hash, part } of files) {
      expect(sha256(`out/${path}`)).toBe(hash);
      for (const [i, row] of rowsOf(`out/${path}`).entries()) {
        const [trace, ...more] = traces.filter(
          ({ rows }) => (rows as Record<string, number>)[path] === i + 1,
        );
        expect(more).toEqual([]);
        const { id, sample, against } = trace!;
        const drawn = (index: unknown): Row =>
          ledger.find((one) => one["id"] === id && one["sample"] === index)!;
        expect(drawn(sample)).toMatchObject({ part, model: "t", seed: 7 + Number(sample) });
        const asked = questions.find((one) => one.id === id)!;
        expect(drawn(sample)).toMatchObject({ question: asked.question, gold: asked.answer });
        const text = JSON.stringify(row);
        for (const piece of [asked.question, system, drawn(sample)["reasoning"]]) {
          expect(text).toContain(JSON.stringify(piece).slice(1, -1));
        }
        if (format === "dpo") {
          const { rejected } = row as { rejected: [{ content: string }] };
          expect(rejected[0].content).toContain(drawn(against)["reasoning"]);
          expect(drawn(against)["verdicts"]).toMatchObject({ reason: "wrong-answer" });
        }
        followed += 1;
      }
    }
    expect(followed).toBe(2 * questions.length);
  });

  test("the manifest says what the teacher was sent, and vouches for every file", () => {
    const { settings, teacher, hashes } = manifest();
    expect(teacher).toMatchObject({ model: "t", prompt: "ask.txt", policy: null });
    for (const { body } of server.requests) {
      expect(body).toMatchObject({
        model: teacher.model,
        messages: [
          { role: "system", content: settings.system },
          { role: "user", content: expect.stringMatching(/^Work it out\.\nWhat is/) as string },
        ],
        temperature: settings.temperature,
        max_tokens: settings.maxTokens,
        ...settings.set,
      });
      const seed = Number(body?.["seed"]) - settings.seed!;
      expect(seed >= 0 && seed < settings.samples!).toBe(true);
    }
    expect(Object.keys(hashes).sort()).toEqual(["ask.txt", "ledger.jsonl", "q.jsonl", "traces.jsonl"]);
    for (const name of ["ask.txt", "q.jsonl"]) expect(hashes[name]).toBe(sha256(name));
    for (const name of ["ledger.jsonl", "traces.jsonl"]) expect(hashes[name]).toBe(sha256(`out/${name}`));
  });

  test("a data set made from another's ledger vouches for both, and claims no settings for a teacher it did not ask", async () => {
    const run = await runCot(["distill", "--from", "out/ledger.jsonl", "-o", "again"], { cwd: folder });
    expect(run.code, run.stderr).toBe(0);
    const made = JSON.parse(read("again/manifest.json")) as Manifest;
    expect(made.hashes["out/ledger.jsonl"]).toBe(sha256("out/ledger.jsonl"));
    expect(made.hashes["ledger.jsonl"]).toBe(sha256("again/ledger.jsonl"));
    expect(made.settings).toMatchObject({ samples: null, adaptive: null, temperature: null, set: null });
    expect(made.teacher).toEqual(manifest().teacher);
    expect(made.counts.kept).toBe(2 * questions.length);
  });
});
