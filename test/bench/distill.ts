/**
 * Distillation on the device: the teacher `main` reasons about sums, differences and products, `cot distill` keeps what
 * can be verified, and the small architecture learns from that alone, from random weights.
 *
 *     npm run bench:distill [-- --seeds 1,2,3] [--questions 14000] [--steps 9000] [--folder .cache/bench/distill]
 *     npm run bench:distill -- --skills all --only verified --seeds 1 --questions 12000 --steps 12000 --folder …
 *
 * Prints Markdown: teacher and student on held-out problems; beside it the same student on unverified traces and on
 * answers without reasoning, and reinforcement learning instead, applied to `base`. The generator gives questions and
 * golds only. Runs are kept under the folder: what was interrupted goes on, what is finished is only printed.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readExamples } from "../../src/finetune/examples/read.ts";
import type { ReadExample } from "../../src/finetune/examples/row.ts";
import { measureNetwork, type Measurement } from "../../src/finetune/measure.ts";
import { finetuneReinforcement } from "../../src/finetune/reinforcement.ts";
import type { FinetuneReport } from "../../src/finetune/report.ts";
import { parameterCount, readStart } from "../../src/finetune/start.ts";
import { finetuneSupervised } from "../../src/finetune/supervised.ts";
import type { Question } from "../../src/questions/question.ts";
import { randomItem, seededRandom } from "../../src/random.ts";
import { createNetwork } from "../../src/transformer/network.ts";
import { generateProblem } from "../../src/transformer/training/problems/index.ts";
import { rollOut } from "../../src/transformer/training/rollouts.ts";

const { values: flags } = parseArgs({
  options: {
    seeds: { type: "string", default: "1,2,3" },
    questions: { type: "string", default: "14000" },
    steps: { type: "string", default: "9000" },
    "rl-steps": { type: "string", default: "60" },
    only: { type: "string", default: "verified,unverified,bare,rl" },
    skills: { type: "string", default: "three" },
    folder: { type: "string", default: ".cache/bench/distill" },
  },
});
const seeds = flags.seeds.split(",").map(Number);
const conditions = flags.only.split(",");
const steps = Number(flags.steps);
const three = ["sum", "difference", "product", "product-by-digit"];
const all = [...three, "division", "remainder", "percentage", "chain", "phrasing"];
const families = flags.skills === "all" ? [...all, "one-step-story", "two-step-story"] : three;
const command = [process.execPath, "--import", "tsx", "src/cli.ts"];

/** Borrowing takes longest to learn, so they are asked twice as often. */
const taught = families.flatMap((family) => (family === "difference" ? [family, family] : [family]));

function problems(
  split: "train" | "heldout",
  from: readonly string[],
  count: number,
  seed: number,
): Question[] {
  const random = seededRandom(seed);
  const found = new Map<string, Question>();
  while (found.size < count) {
    const drawn = [randomItem(random, from)];
    const { question, answer } = generateProblem(random, { families: drawn, split, mixture: "base" });
    // numbers in words are rare, and take longest to learn to read
    if (split === "train" && /\d/.test(question) && random() < 0.5) continue;
    if (!found.has(question)) found.set(question, { id: String(found.size + 1), question, gold: answer });
  }
  return [...found.values()];
}

const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
mkdirSync(flags.folder, { recursive: true });
const questions = problems("train", taught, Number(flags.questions), 21);
const heldOut = problems("heldout", families, 200, 22);
const file = join(flags.folder, "questions.jsonl");
writeFileSync(file, lines(questions.map(({ id, question, gold }) => ({ id, question, answer: gold }))));

// one draw a question whatever comes of it: what a small model learns from is many questions
const traces = join(flags.folder, "traces");
const began = performance.now();
const asked = "-n 1 --no-adaptive -t 1 --seed 1 --keep 1".split(" ");
execFileSync(
  command[0]!,
  [...command.slice(1), "distill", file, "--teacher", "builtin:main", "-o", traces, ...asked],
  {
    stdio: ["ignore", "inherit", "inherit"],
  },
);
const teaching = (performance.now() - began) / 1000;

const test: ReadExample[] = heldOut.map(({ question, gold }) => ({
  question,
  text: `Answer: ${gold!}`,
  answer: gold!,
  mode: "reason",
}));
const readRows = async (path: string) =>
  (await readFile(path, "utf8"))
    .trim()
    .split("\n")
    .map(
      (line) =>
        JSON.parse(line) as { question: string; sample: number | null; text: string; answer?: string },
    );
const verified = (await readExamples(join(traces, "traces.jsonl"))).filter((row) => !("leftOut" in row));
const ledger = (await readRows(join(traces, "ledger.jsonl"))).filter(
  ({ sample, text }) => sample !== null && text,
);
const data: Record<string, ReadExample[]> = {
  verified,
  unverified: ledger.map(({ question, text, answer = "" }) => ({ question, text, answer, mode: "reason" })),
  bare: verified.map((row) => ("leftOut" in row ? row : { ...row, text: `Answer: ${row.answer}` })),
};
const titles: Record<string, string> = {
  verified: "student, verified traces",
  unverified: "student, unverified traces",
  bare: "student, answers without reasoning",
  rl: "reinforcement on base instead",
};

const rows: { name: string; seed: number | null; measured: Measurement; seconds: number | null }[] = [];
async function measureModel(name: string, title: string): Promise<void> {
  const { config, tokenizer, tensors } = await readStart(name, 1);
  const network = createNetwork(config, tensors);
  const measured = await measureNetwork(title, network, tokenizer, heldOut, { maxTokens: 288 });
  rows.push({ name: title, seed: null, measured, seconds: null });
}
await measureModel("main", "teacher (main)");
await measureModel("base", "base");
for (const seed of seeds)
  for (const condition of conditions) {
    console.error(`${titles[condition]!}, seed ${seed}`);
    const directory = join(flags.folder, `${condition}-seed${seed}`);
    const common = { seed, directory, samples: 8 };
    const report: FinetuneReport =
      condition === "rl"
        ? await finetuneReinforcement({
            ...common,
            model: "base",
            questions,
            heldOut,
            steps: Number(flags["rl-steps"]),
          })
        : await finetuneSupervised({ ...common, model: "small", examples: data[condition]!, test, steps });
    const { seconds } = report;
    rows.push({ name: titles[condition]!, seed, measured: report.measured.at(-1)!, seconds });
    console.error(`  greedy ${report.measured.at(-1)!.greedy!.toFixed(3)} after ${seconds.toFixed(0)} s`);
  }

/** Tokens a second over 16 samples that are decoded together; the best of three. */
async function speed(name: string): Promise<number> {
  const { config, tokenizer, tensors } = await readStart(name, 1);
  const network = createNetwork(config, tensors);
  const texts = heldOut.slice(0, 16).map(({ question }) => question);
  const rates = [0, 1, 2].map((round) => {
    const from = performance.now();
    const drawn = rollOut(network, tokenizer, texts, {
      count: 4,
      temperature: 1,
      maxTokens: 288,
      seed: String(round),
    });
    const tokens = drawn.flat().reduce((sum, each) => sum + each.tokens.length, 0);
    return tokens / ((performance.now() - from) / 1000);
  });
  return Math.max(...rates);
}

const percent = (share: number | null) => (share === null ? "–" : (100 * share).toFixed(1));
const row = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"]).toString().trim();
console.log(
  `Commit ${commit}, ${new Date().toISOString().slice(0, 10)}, Node ${process.version}. ${questions.length} questions, ` +
    `${verified.length} verified and ${ledger.length} unverified traces, sampled and verified in ${teaching.toFixed(0)} s ` +
    `(0 where they were there already); ${steps} steps of training; ${heldOut.length} held-out problems.\n`,
);
console.log(row(["model", "seed", "greedy %", "mean of 8 %", "reason %", "tokens", "minutes of training"]));
console.log(row(["---", "--:", "--:", "--:", "--:", "--:", "--:"]));
for (const { name, seed, measured, seconds } of rows)
  console.log(
    row([
      name,
      seed ?? "",
      percent(measured.greedy),
      percent(measured.sampled),
      percent(measured.reasons),
      measured.length.toFixed(1),
      seconds === null ? "" : (seconds / 60).toFixed(1),
    ]),
  );
const student = join(flags.folder, `verified-seed${seeds[0]!}`);
if (conditions.includes("verified")) {
  const [teacherSpeed, studentSpeed] = [await speed("main"), await speed(student)];
  const sizes = [parameterCount(await readStart("main", 1)), parameterCount(await readStart(student, 1))];
  console.log(
    `\nTeacher ${sizes[0]!.toLocaleString("en-US")} parameters, ${teacherSpeed.toFixed(0)} tokens/s over 16 questions; ` +
      `student ${sizes[1]!.toLocaleString("en-US")}, ${studentSpeed.toFixed(0)} (${(studentSpeed / teacherSpeed).toFixed(1)} ×).`,
  );
}
