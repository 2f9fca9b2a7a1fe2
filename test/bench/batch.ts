/**
 * How fast and how lean `cot batch` is, as ratios within one run: against the ideal, a bare node:http pool, a bare loop
 * over the `openai` client, its own memory at a tenth of the questions, and endpoints that cap concurrency or requests
 * a minute. Needs a build (`npm run build`) and a machine that is otherwise idle; /usr/bin/time gives memory.
 *
 * `npx tsx test/bench/batch.ts [rounds]`
 */
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { buildSync } from "esbuild";

const run = promisify(execFile);
const here = fileURLToPath(new URL(".", import.meta.url));
const cot = process.env["COT_TEST_PROGRAM"] ?? join(here, "../../dist/cot.cjs");
const rounds = Number(process.argv[2] ?? 3);
const folder = mkdtempSync(join(tmpdir(), "cot-bench-"));
const latency = 0.2;

// as plain JavaScript: under a loader each of its requests would cost a fifth more
const bareProgram = join(here, "../../.cache/bench/batch-bare.mjs");
buildSync({
  entryPoints: [join(here, "batch-bare.ts")],
  outfile: bareProgram,
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
});

let failed = false;

interface Stats {
  answered: (number | null)[];
  refused: number;
  questions: number;
  twice: number;
}

async function server(...caps: number[]): Promise<{ port: string; stats(): Promise<Stats>; stop(): void }> {
  const child = spawn(process.execPath, [
    "--import",
    "tsx",
    join(here, "batch-server.ts"),
    ...caps.map(String),
  ]);
  // also where the benchmark fails half way
  process.once("exit", () => child.kill());
  const port = await new Promise<string>((resolve) =>
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString().trim())),
  );
  return {
    port,
    stats: async () => (await (await fetch(`http://127.0.0.1:${port}/stats`)).json()) as Stats,
    stop: () => child.kill(),
  };
}

function questionFile(count: number): string {
  const path = join(folder, `q${count}.txt`);
  writeFileSync(path, Array.from({ length: count }, (_, i) => `What is ${i} times 24?\n`).join(""));
  return path;
}

interface Measure {
  wall: number;
  /** Of one request. */
  cpuMs: number;
  /** MiB. */
  memory: number;
}

async function batch(port: string, count: number, concurrency: number | "auto"): Promise<Measure> {
  const output = join(folder, "out.jsonl");
  rmSync(output, { force: true });
  rmSync(`${output}.journal`, { force: true });
  const url = `http://127.0.0.1:${port}/v1`;
  const command = ["batch", questionFile(count), "-m", "m", "--base-url", url, "-c", String(concurrency)];
  const measured = ["-f", "%e %U %S %M", process.execPath, cot, ...command, "-q", "-o", output];
  const { stderr } = await run("/usr/bin/time", measured);
  const [wall, user, system, kilobytes] = stderr.trim().split("\n").at(-1)!.split(" ").map(Number) as [
    number,
    number,
    number,
    number,
  ];
  return { wall, cpuMs: ((user + system) * 1000) / count, memory: kilobytes / 1024 };
}

async function bare(kind: "openai" | "http", port: string, concurrency: number): Promise<Measure> {
  const command = [bareProgram, kind, questionFile(2_000), port, String(concurrency)];
  const { stdout } = await run(process.execPath, command);
  return { memory: NaN, ...(JSON.parse(stdout) as { cpuMs: number; wall: number }) };
}

/** The round that was disturbed least. */
async function best(measure: () => Promise<Measure>): Promise<Measure> {
  const all: Measure[] = [];
  for (let round = 0; round < rounds; round++) all.push(await measure());
  return {
    wall: Math.min(...all.map(({ wall }) => wall)),
    cpuMs: Math.min(...all.map(({ cpuMs }) => cpuMs)),
    memory: Math.min(...all.map(({ memory }) => memory)),
  };
}

function report(name: string, value: number, most: number, unit = ""): void {
  const met = value <= most;
  failed ||= !met;
  console.log(`${met ? "ok  " : "MISS"} ${name}: ${value.toFixed(3)}${unit} (at most ${most}${unit})`);
}

const free = await server();
const at64 = await best(() => batch(free.port, 2_000, 64));
report("2,000 questions at 64, wall / ideal", at64.wall / ((2_000 * latency) / 64), 1.08);
const at256 = await best(() => batch(free.port, 2_000, 256));
const pool = await best(() => bare("http", free.port, 256));
report("2,000 at 256, wall / node:http pool", at256.wall / pool.wall, 1.25);
const sdk = await best(() => bare("openai", free.port, 64));
report(
  `CPU a request at 64 (${at64.cpuMs.toFixed(2)} ms) / openai loop (${sdk.cpuMs.toFixed(2)} ms)`,
  at64.cpuMs / sdk.cpuMs,
  0.6,
);
report("memory of 2,000", at64.memory, 130, " MiB");
const many = await batch(free.port, 20_000, 64);
report("memory of 20,000 / of 2,000", many.memory / at64.memory, 1.2);
free.stop();

for (const [name, cap, ideal, count] of [
  ["32 at once", [32, Infinity], 32 / latency, 4_000],
  ["3,000 a minute", [Infinity, 50], 50, 2_000],
] as const) {
  const capped = await server(...cap);
  await batch(capped.port, count, "auto");
  const { answered, refused, questions, twice } = await capped.stats();
  const settled = answered.slice(10, -1).map((number) => number ?? 0);
  const goodput = settled.reduce((sum, number) => sum + number, 0) / settled.length / ideal;
  report(`${name}: cap / goodput after ten seconds`, 1 / goodput, 1 / 0.95);
  report(`${name}: wasted requests`, refused / (refused + count), 0.02);
  report(`${name}: questions lost or asked twice`, count - questions + twice, 0);
  capped.stop();
}
rmSync(folder, { recursive: true });
process.exitCode = failed ? 1 : 0;
