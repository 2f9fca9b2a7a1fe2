import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parsePolicy, policyPrompt } from "../../src/prompts/policy.ts";
import { buildMessages } from "../../src/prompts/prompt.ts";
import { stableHash } from "../../src/random.ts";
import { runCot, startCot, type CotRun } from "../support/cli.ts";
import { startServer } from "./server/start.ts";
import type { Reply, SeenRequest, TestServer } from "./server/script.ts";

let folder: string;
let dataset: string;
let server: TestServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cot-optimize-"));
  dataset = join(folder, "questions.jsonl");
  const questions = Array.from({ length: 80 }, (_, i) => ({
    id: `q${String(i)}`,
    question: `What is ${String(i)}+${String(2 * i)}?`,
    answer: String(3 * i),
  }));
  await writeFile(dataset, questions.map((question) => `${JSON.stringify(question)}\n`).join(""));
  server = await startServer(learner);
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const promptOf = (body: Record<string, unknown> | null): string =>
  (body!.messages as { content: string }[]).map(({ content }) => content).join("\n");

/** Deterministic: reasoning makes it right, a bare answer seldom is; asked to reflect, it has a proposal. */
const learner = ({ body }: Pick<SeenRequest, "body">): Reply => {
  const prompt = promptOf(body);
  if (prompt.includes("<instruction>"))
    return { text: "<instruction>Be careful with carries.</instruction>" };
  const [, a, b] = [...prompt.matchAll(/What is (\d+)\+(\d+)/g)].at(-1)!;
  const luck = stableHash(prompt) / 2 ** 32;
  const right = luck < (prompt.includes("step by step") ? 0.9 : 0.2);
  return { text: `I add.\nThe answer is ${String(Number(a) + Number(b) + (right ? 0 : 1))}` };
};

const output = (): string => join(folder, "best.policy.json");
const flags = (...more: string[]): string[] => [
  ...["optimize", dataset, "--base-url", server.url, "-m", "m", "-p", "direct", "-o", output()],
  ...more,
];

interface Outcome {
  verdict: string;
  claim: number;
  gain: number;
  p: number;
  ci95: [number, number];
  test: { initial: number; winner: number };
}
const outcome = ({ stdout }: CotRun): Outcome => JSON.parse(stdout) as Outcome;

describe("cot optimize", () => {
  test("a better policy, proven, within the budget; the plan is said before", async () => {
    const run = await runCot(flags("--json", "--max-requests", "400", "--html", join(folder, "r.html")));
    expect(run.code).toBe(0);
    const { verdict, claim, gain, p, ci95, test: held } = outcome(run);
    expect(verdict).toBe("proven");
    expect(gain).toBeCloseTo(held.winner - held.initial, 12);
    expect(p).toBeLessThan(0.05);
    expect(ci95[0]).toBeGreaterThan(0);
    expect(claim).toBeGreaterThan(0);
    expect(claim).toBeLessThanOrEqual(gain);
    expect(server.requests.length).toBeLessThanOrEqual(400);
    expect(run.stderr).toContain("chance that the test proves");
    expect(run.stderr.indexOf("chance that")).toBeLessThan(run.stderr.indexOf("headroom check"));
    expect(run.stderr).toMatch(/test on \d+ questions held back; chance that the test proves/);
    const page = await readFile(join(folder, "r.html"), "utf8");
    expect(page).toContain("<svg");
    expect(page).toContain("<ins>");
    expect(page).toContain("Claimed: +");
  });

  test("the policy sends exactly the messages that were measured", async () => {
    await runCot(flags("--max-requests", "400"));
    const policy = parsePolicy(await readFile(output(), "utf8"), output());
    const measured = server.requests.map(({ body }) => JSON.stringify(body!.messages));
    const question = "What is 7+14?";
    await runCot(["ask", question, "--base-url", server.url, "-m", "m", "--policy", output()]);
    const sent = JSON.stringify(server.requests.at(-1)!.body!.messages);
    expect(sent).toBe(JSON.stringify(buildMessages({ question }, policyPrompt(policy, ""))));
    expect(measured).toContain(sent);
  });

  test("traces can be graded, one line a rollout", async () => {
    await runCot(flags("--max-requests", "400"));
    const traces = `${output()}.traces.jsonl`;
    const lines = (await readFile(traces, "utf8")).trim().split("\n");
    expect(JSON.parse(lines[0]!)).toMatchObject({ v: 1, rollout: { phase: "search", parts: {} } });
    const graded = await runCot(["eval", "--from", traces, "--json"]);
    expect(graded.code).toBe(0);
  });

  test("the same command again pays nothing and writes the same bytes", async () => {
    await runCot(flags("--max-requests", "400"));
    const first = await readFile(output(), "utf8");
    const asked = server.requests.length;
    expect((await runCot(flags("--max-requests", "400"))).code).toBe(0);
    expect(await readFile(output(), "utf8")).toBe(first);
    expect(server.requests).toHaveLength(asked);
  });

  test.each([20, 120])("killed after %i requests, it goes on to the same policy", async (kill) => {
    await runCot(flags("--max-requests", "400"));
    const expected = await readFile(output(), "utf8");
    const { port } = server;
    await server.close();
    await rm(output());
    await rm(`${output()}.journal`);
    const run: { started?: ReturnType<typeof startCot> } = {};
    server = await startServer(
      (request, index) => {
        if (index === kill) run.started?.child.kill("SIGKILL");
        return learner(request);
      },
      { port },
    );
    run.started = startCot(flags("--max-requests", "400"));
    expect(await run.started.finished).toMatchObject({ signal: "SIGKILL" });
    await runCot(flags("--max-requests", "400"));
    expect(await readFile(output(), "utf8")).toBe(expected);
  });

  test("Ctrl-C is 130, and leaves a policy", async () => {
    const run: { started?: ReturnType<typeof startCot> } = {};
    await server.close();
    server = await startServer((request, index) => {
      if (index === 100) run.started?.child.kill("SIGINT");
      return learner(request);
    });
    run.started = startCot(flags("--max-requests", "400"));
    expect((await run.started.finished).code).toBe(130);
    const policy = parsePolicy(await readFile(output(), "utf8"), output());
    expect(policy.provenance).toMatchObject({ verdict: "interrupted" });
  });

  test("nothing to gain is exit 1, and the initial policy is written", async () => {
    await server.close();
    server = await startServer({ text: "I do not know." });
    const run = await runCot(flags("--json", "-t", "0.3"));
    expect(run.code).toBe(1);
    expect(outcome(run).verdict).toBe("kept-initial");
    expect(JSON.parse(await readFile(output(), "utf8"))).toMatchObject({
      strategy: "direct",
      sampling: { temperature: 0.3 },
    });
  });

  test("a command as the reward", async () => {
    const run = await runCot(
      flags("--json", "--max-requests", "200", "--reward", "grep -q 'step by step' && echo 1 || echo 0"),
    );
    // the reward sees the answer, not the prompt: nothing earns anything
    expect(outcome(run).verdict).toBe("kept-initial");
  });

  test("what a command says about an answer stands in the report, and with its trace", async () => {
    const reward = `cat > /dev/null; echo '{"reward": 0.5, "feedback": "<b>so so</b>"}'`;
    const html = join(folder, "r.html");
    const run = await runCot(flags("--max-requests", "100", "--reward", reward, "--html", html));
    expect(run.code, run.stderr).toBe(1);
    expect(await readFile(html, "utf8")).toMatch(/What the reward said[\s\S]*50\.0[\s\S]*&lt;b&gt;so so/);
    expect(await readFile(`${output()}.traces.jsonl`, "utf8")).toContain('"feedback":"<b>so so</b>"');
  });

  test("a command that fails on some answers is said to, once; one that only fails is exit 2", async () => {
    const fails = `in=$(cat); case $in in *'"answer":"1'*) echo no ones >&2; exit 3; esac; case $in in *step*) echo 1;; *) echo 0; esac`;
    const run = await runCot(flags("--json", "--max-requests", "200", "--reward", fails));
    expect(run.code, run.stderr).toBe(1);
    expect(run.stderr.match(/: no ones/g)).toHaveLength(1);
    expect(run.stderr).toContain("cannot be judged");
    const broken = await runCot(flags("--fresh", "--max-requests", "60", "--reward", "acuracy"));
    expect(broken.code).toBe(2);
    expect(broken.stderr).toContain("failed (exit 127)");
  });

  test("wrong usage is exit 2 and sends nothing; a dry run is 0", async () => {
    expect((await runCot(flags("--reward", ""))).code).toBe(2);
    expect((await runCot(["optimize", dataset, "--base-url", server.url, "-m", "m"])).code).toBe(2);
    await writeFile(output(), "mine");
    expect((await runCot(flags())).code).toBe(2);
    expect(await readFile(output(), "utf8")).toBe("mine");
    const dry = await runCot(flags("--dry-run"));
    expect(dry.code).toBe(0);
    expect(dry.stdout).toMatch(/requests {3}60 to 600/);
    expect(server.requests).toHaveLength(0);
    expect((await runCot(["optimize", dataset, "-o", join(folder, "x.policy.json")])).code).toBe(77);
  });
});
