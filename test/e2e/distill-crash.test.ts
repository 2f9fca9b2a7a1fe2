import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

import { runCot, startCot } from "../support/cli.ts";
import type { Reply, SeenRequest, TestServer } from "./server/script.ts";
import { startServer } from "./server/start.ts";

let folder: string;
let server: TestServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cot-crash-"));
  const sums = Array.from({ length: 40 }, (_, i) => ({
    id: `s${String(i)}`,
    question: `What is ${String(100 + i)} + ${String(211 + 3 * i)}?`,
    answer: String(311 + 4 * i),
  }));
  const persons = Array.from({ length: 6 }, (_, i) => ({
    id: `p${String(i)}`,
    question: `Who is ${"abcdef"[i]!}?`,
  }));
  const rows = [...persons, ...sums].map((row) => `${JSON.stringify(row)}\n`);
  await writeFile(join(folder, "q.jsonl"), rows.join(""));
  // a student whose training has ended
  await mkdir(join(folder, "out", "student"), { recursive: true });
  await writeFile(join(folder, "out", "journal"), "");
  await writeFile(join(folder, "out", "student", "job.json"), JSON.stringify({ v: 1, model: "after" }));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

function reply({ body }: SeenRequest): Reply {
  const messages = body?.["messages"] as { content: string }[];
  const asked = messages.at(-1)!.content;
  const way = "abcd"[Number(body?.["seed"] ?? 1) - 1]!.repeat(9);
  if (asked.includes("Verdict:")) return { text: "Verdict: right" };
  const [, a, b] = /What is (\d+) \+ (\d+)/.exec(asked) ?? [];
  if (a === undefined) return { text: `It is plain, by ${way}.\n\nAnswer: ${way}` };
  const sum = String(Number(a) + Number(b));
  if (body?.["model"] === "before" && messages.length === 1) return { text: `Answer: ${sum}0` };
  return { text: `By ${way}: ${a} + ${b!} = ${sum}.\n\nThe answer is ${sum}.` };
}

const flags = [
  ...["-n", "3", "--seed", "1", "-c", "2", "--judge", "judge", "--student", "before"],
  ...["--student-policy", "p.policy.json", "--evaluate", "--json"],
];

test.each([
  ["sampling", "teacher", 30],
  ["verifying, with a judge", "judge", 4],
  ["measuring the demonstrations", "before", 3],
  ["evaluating the student", "after", 1],
])("killed while %s, it goes on without asking again", async (_, role, at) => {
  let reached: (() => void) | undefined;
  const there = new Promise<void>((resolve) => (reached = resolve));
  let count = 0;
  server = await startServer((request): Reply => {
    if (request.body?.["model"] === role && ++count === at) reached?.();
    return { ...reply(request), delayMs: 15 };
  });
  const words = [
    "distill",
    "q.jsonl",
    "-o",
    "out",
    "--teacher",
    "teacher",
    "--base-url",
    server.url,
    ...flags,
  ];
  const { child, finished } = startCot(words, { cwd: folder });
  await Promise.race([there, finished]);
  child.kill("SIGKILL");
  expect((await finished).signal).toBe("SIGKILL");
  const before = server.requests.length;

  const again = await runCot(words, { cwd: folder });
  expect(again.code, again.stderr).toBe(0);
  const bodies = server.requests.map(({ body }) => JSON.stringify(body));
  const twice = bodies.slice(before).filter((body) => bodies.slice(0, before).includes(body));
  // what was in flight, and what was on its way to the disk
  expect(twice.length).toBeLessThanOrEqual(4);
  if (role === "before" || role === "after") expect(twice.join("")).not.toContain('"model":"teacher","seed"');

  // and once it has ended, nothing at all
  const whole = server.requests.length;
  const last = await runCot(words, { cwd: folder });
  expect([last.stdout, server.requests.length]).toEqual([again.stdout, whole]);
  expect(JSON.parse(await readFile(join(folder, "out", "manifest.json"), "utf8"))).toMatchObject({
    counts: { questions: 46, keptQuestions: 46 },
  });
});
