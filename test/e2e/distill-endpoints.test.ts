import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import { runCot, type CotRun } from "../support/cli.ts";
import type { Reply, SeenRequest, TestServer } from "./server/script.ts";
import { startServer } from "./server/start.ts";

const questions = Array.from({ length: 60 }, (_, i) => ({
  id: `m${String(i)}`,
  question: `What is ${String(100 + i)} + ${String(211 + 3 * i)}?`,
  answer: String(311 + 4 * i),
}));

let folder: string;
let here: TestServer;
let there: TestServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cot-endpoints-"));
  [here, there] = [await startServer(worked), await startServer(worked)];
  await writeFile(join(folder, "q.jsonl"), questions.map((one) => `${JSON.stringify(one)}\n`).join(""));
});
afterEach(async () => {
  await Promise.all([here.close(), there.close()]);
  await rm(folder, { recursive: true });
});

function worked({ body }: SeenRequest): Reply {
  const text = JSON.stringify(body?.["messages"]);
  if (text.includes("Verdict:")) return { text: "Verdict: right" };
  const [, a = "0", b = "0"] = [...text.matchAll(/What is (\d+) \+ (\d+)/g)].at(-1) ?? [];
  const sum = String(Number(a) + Number(b));
  return { text: `We add: ${a} + ${b} = ${sum}.\n\nThe answer is ${sum}.` };
}

/** Which models were asked at an endpoint, and with which keys. */
const models = ({ requests }: TestServer): unknown[] => [
  ...new Set(requests.map(({ body }) => body?.["model"])),
];
const keys = ({ requests }: TestServer): unknown[] => [
  ...new Set(requests.map(({ headers }) => headers["authorization"])),
];

const distill = (words: readonly string[], env: Record<string, string>): Promise<CotRun> =>
  runCot(["distill", "q.jsonl", "-o", "out", "-n", "1", "--keep", "1", ...words], { cwd: folder, env });

/** Ollama at another place than where it usually is. */
const ollamaAt = ({ port }: TestServer): Record<string, string> => ({
  OLLAMA_HOST: `http://127.0.0.1:${String(port)}`,
});

test("--base-url is the teacher's: a student of a provider is asked there, without the teacher's key", async () => {
  await mkdir(join(folder, "out", "student"), { recursive: true });
  await writeFile(join(folder, "out", "journal"), "");
  await writeFile(join(folder, "out", "student", "job.json"), JSON.stringify({ v: 1, model: "after" }));
  const run = await distill(
    [
      ...["--base-url", here.url, "--teacher", "mistral:7b", "--key-env", "SECRET", "--header", "x-own=1"],
      ...["--student", "ollama:before", "--evaluate", "--json"],
    ],
    { ...ollamaAt(there), SECRET: "sk-teacher" },
  );
  expect(run.code, run.stderr).toBe(0);
  expect([models(here), keys(here)]).toEqual([["mistral:7b"], ["Bearer sk-teacher"]]);
  expect(models(there)).toEqual(["before", "after"]);
  expect(keys(there)).not.toContain("Bearer sk-teacher");
  expect(there.requests.some(({ headers }) => "x-own" in headers)).toBe(false);
  expect(here.requests.every(({ headers }) => headers["x-own"] === "1")).toBe(true);
});

test("a teacher of a provider, and a student at an address of one's own", async () => {
  const run = await distill(
    [
      "--teacher",
      "ollama:big",
      "--student",
      "phi:2b",
      "--student-policy",
      "p.policy.json",
      "--key-env",
      "SECRET",
    ],
    { ...ollamaAt(here), OPENAI_BASE_URL: there.url, SECRET: "sk-teacher" },
  );
  expect(run.code, run.stderr).toBe(0);
  expect([models(here), keys(here)]).toEqual([["big"], ["Bearer sk-teacher"]]);
  expect(models(there)).toEqual(["phi:2b"]);
  expect(keys(there)).not.toContain("Bearer sk-teacher");
  expect(JSON.parse(await readFile(join(folder, "p.policy.json"), "utf8"))).toBeDefined();
});

test("a judge of another provider gets its own key; one of the teacher's the teacher's", async () => {
  await writeFile(join(folder, "q.jsonl"), `${JSON.stringify({ question: "Who is it?" })}\n`);
  const said = { text: "It is plain from the list.\n\nAnswer: Anna" };
  await here.close();
  here = await startServer((request) =>
    JSON.stringify(request.body?.["messages"]).includes("Verdict:") ? worked(request) : said,
  );
  const words = ["--base-url", here.url, "--teacher", "t", "--key-env", "SECRET"];
  const env = { ...ollamaAt(there), SECRET: "sk-teacher" };
  const apart = await distill([...words, "--judge", "ollama:j"], env);
  expect(apart.code, apart.stderr).toBe(0);
  expect([models(here), models(there)]).toEqual([["t"], ["j"]]);
  expect(keys(there)).not.toContain("Bearer sk-teacher");
  const together = await distill([...words, "--judge", "j2"], env);
  expect(together.code, together.stderr).toBe(0);
  expect([models(here), keys(here)]).toEqual([["t", "j2"], ["Bearer sk-teacher"]]);
});

test("where nobody teaches, --base-url is the student's, and the whole of its name a name there", async () => {
  await writeFile(
    join(folder, "a.jsonl"),
    questions
      .map(
        ({ question, answer }) =>
          `${JSON.stringify({ question, gold: answer, output: `So ${answer}.\n\nAnswer: ${answer}` })}\n`,
      )
      .join(""),
  );
  const run = await runCot(
    [
      "distill",
      "--from",
      "a.jsonl",
      "-o",
      "out",
      "--base-url",
      there.url,
      "--student",
      "mistral:7b",
      "--student-policy",
      "p.policy.json",
    ],
    { cwd: folder },
  );
  expect(run.code, run.stderr).toBe(0);
  expect(models(there)).toEqual(["mistral:7b"]);
});
