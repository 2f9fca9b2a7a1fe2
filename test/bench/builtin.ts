/**
 * What the built-in model can do and how fast: greedy pass@1 on held-out problems with reasoning, with the bare answer
 * asked of the same model (`-p direct`) and, with `--baseline DIR`, of one of the same size trained to answer
 * directly; the two lists in `test/fixtures/builtin`; tokens a second; the time to the first token.
 *
 *     npm run bench:builtin -- [--model main] [--baseline DIR] [--questions 300] [--failures]
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gradeAnswer } from "../../src/grading/equal.ts";
import { extractAnswer } from "../../src/grading/extract.ts";
import { CotError } from "../../src/errors.ts";
import { openBuiltin } from "../../src/models/builtin.ts";
import type { Model } from "../../src/models/model.ts";
import { seededRandom } from "../../src/random.ts";
import { decodeAll } from "../../src/transformer/decode.ts";
import { promptIds } from "../../src/transformer/format.ts";
import { loadModel, shippedModels, weightsDirectory } from "../../src/transformer/load.ts";
import { families, generateProblem } from "../../src/transformer/training/problems/index.ts";

const { values: options } = parseArgs({
  options: {
    model: { type: "string", default: "main" },
    baseline: { type: "string" },
    questions: { type: "string", default: "300" },
    failures: { type: "boolean", default: false },
  },
});

interface Item {
  question: string;
  /** Undefined where it has to be refused. */
  answer?: string;
  kind: string;
}

/** Asked at once, decoded together; undefined is a refusal. */
function askAll(model: Model, items: readonly Item[], strategy: string): Promise<(string | undefined)[]> {
  return Promise.all(
    items.map(async ({ question }) => {
      try {
        const request = { messages: [], question, strategy, samples: 1, firstSample: 0 };
        for await (const event of model.generate(request))
          if (event.type === "finish") return event.completions[0]!.text;
      } catch (error) {
        if (error instanceof CotError && error.code === "outside") return undefined;
        throw error;
      }
      throw new Error("the model ended without a finish event");
    }),
  );
}

function isRight({ answer }: Item, text: string | undefined): boolean {
  if (answer === undefined || text === undefined) return answer === text;
  const found = extractAnswer(text)?.answer;
  return typeof found === "string" && gradeAnswer(found, answer) === "equal";
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const shareOf = (flags: boolean[]) => flags.filter(Boolean).length / flags.length;

function table(rows: string[][]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  ");
  console.log(rows.map(line).join("\n") + "\n");
}

function heldOutProblems(family: string, count: number): Item[] {
  const random = seededRandom(2024);
  return Array.from({ length: count }, () => {
    const { question, answer } = generateProblem(random, { split: "heldout", families: [family] });
    return family === "outside" ? { question, kind: family } : { question, answer, kind: family };
  });
}

async function measureFamilies(model: Model, baseline: Model | undefined): Promise<void> {
  const columns: [name: string, model: Model, strategy: string][] = [
    ["reasoned", model, "step-by-step"],
    ["-p direct", model, "direct"],
  ];
  if (baseline !== undefined) columns.push(["trained direct", baseline, "direct"]);
  const rows = [["held-out family", ...columns.map(([name]) => name)]];
  const sums = columns.map(() => 0);
  const measured = families.filter((family) => family !== "fact" && family !== "outside");
  for (const family of [...measured, "outside"]) {
    const items = heldOutProblems(family, Number(options.questions));
    const shares = [];
    for (const [column, [, asked, strategy]] of columns.entries()) {
      const texts = await askAll(asked, items, strategy);
      const right = items.map((item, i) => isRight(item, texts[i]));
      if (column === 0) reportFailures(items, texts, right);
      shares.push(shareOf(right));
    }
    if (family !== "outside") shares.forEach((share, i) => (sums[i]! += share / measured.length));
    rows.push([family === "outside" ? "outside (refused)" : family, ...shares.map(percent)]);
  }
  rows.splice(-1, 0, ["mean over families", ...sums.map(percent)]);
  table(rows);
}

function reportFailures(items: Item[], texts: (string | undefined)[], right: boolean[]): void {
  if (!options.failures) return;
  items.forEach((item, i) => {
    if (!right[i])
      console.log(`${item.kind}: ${item.question} (${item.answer ?? "outside"})\n${texts[i] ?? "refused"}\n`);
  });
}

function readList(name: string): Item[] {
  const file = new URL(`../fixtures/builtin/${name}.jsonl`, import.meta.url);
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Item);
}

async function measureLists(model: Model): Promise<void> {
  for (const [name, verdict] of [
    ["phrasings", "right"],
    ["outside", "answered"],
  ] as const) {
    const items = readList(name);
    const texts = await askAll(model, items, "step-by-step");
    const right = items.map((item, i) => isRight(item, texts[i]));
    const counted = verdict === "right" ? right : right.map((refused) => !refused);
    reportFailures(items, texts, right);
    const rows = [[`${items.length} ${name}`, "questions", verdict]];
    for (const kind of new Set(items.map((item) => item.kind))) {
      const flags = counted.filter((_, i) => items[i]!.kind === kind);
      rows.push([kind, String(flags.length), percent(shareOf(flags))]);
    }
    table([...rows, ["all", String(items.length), percent(shareOf(counted))]]);
  }
}

/** Tokens a second of processor time, on one thread: what else runs on the machine hardly matters. */
async function measureSpeed(directory: string): Promise<void> {
  const { tokenizer, network } = await loadModel(directory);
  const rate = (parallel: number): number => {
    const items = heldOutProblems("chain", 4 * parallel);
    const start = process.cpuUsage();
    let tokens = 0;
    for (let first = 0; first < items.length; first += parallel) {
      const requests = items.slice(first, first + parallel).map(({ question }, i) => ({
        prompt: promptIds(tokenizer, question, "reason"),
        temperature: 1,
        seed: i,
        maxTokens: 200,
        stop: [tokenizer.ids.end],
      }));
      for (const decoded of decodeAll(network, requests)) tokens += decoded.tokens.length;
    }
    const { user, system } = process.cpuUsage(start);
    return tokens / ((user + system) / 1e6);
  };
  const runs = (parallel: number) => median(Array.from({ length: 9 }, () => rate(parallel))).toFixed(0);
  rate(16);
  table([
    ["speed, one core", "tokens/s"],
    ["one sequence", runs(1)],
    ["16 in parallel", runs(16)],
  ]);
}

/** From the start of the process to the first byte of the answer, beside a Node that does nothing; medians. */
async function measureFirstToken(): Promise<void> {
  const bin = fileURLToPath(new URL("../../dist/cot.cjs", import.meta.url));
  if (!existsSync(bin))
    return console.log("first token: not measured, because there is no dist/ (npm run build)");
  const env: NodeJS.ProcessEnv = { ...process.env };
  delete env["NODE_EXTRA_CA_CERTS"]; // it alone costs more than what is measured here
  const run = (args: string[]) =>
    new Promise<{ first: number; end: number }>((done) => {
      const start = performance.now();
      let first = NaN;
      const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "ignore"] });
      child.stdout.once("data", () => (first = performance.now() - start));
      child.on("close", () => done({ first, end: performance.now() - start }));
    });
  const nothing: number[] = [];
  const first: number[] = [];
  for (let i = 0; i < 25; i++) {
    nothing.push((await run(["-e", "0"])).end);
    first.push((await run([bin, "ask", "-m", `builtin:${options.model}`, "What is 17×24?"])).first);
  }
  const ratio = median(first) / median(nothing);
  table([
    ["first token", "ms", "of node -e 0"],
    ["cot ask -m builtin", median(first).toFixed(0), ratio.toFixed(2)],
  ]);
}

const model = await openBuiltin(options.model);
const baseline = options.baseline === undefined ? undefined : await openBuiltin(options.baseline);
const shipped = shippedModels.find((name) => name === options.model);
await measureFamilies(model, baseline);
await measureLists(model);
await measureSpeed(shipped === undefined ? options.model : weightsDirectory(shipped));
await measureFirstToken();
