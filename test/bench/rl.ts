/**
 * Reinforcement learning on the device, from `base`: three-digit sums, rewarded for right answers alone.
 *
 *     npm run bench:rl [-- --steps 60] [--seeds 1,2,3] [--only RUN,…] [--folder .cache/bench/rl]
 *
 * Prints Markdown: greedy and sampled accuracy before and after for each seed, the same weights made to reason, a run
 * without right answers, and what the model forgets of other skills with and without a pull to the start. Runs are kept
 * under the folder: what was interrupted goes on, what is finished is only printed.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { finetuneReinforcement, type ReinforcementEvent } from "../../src/finetune/reinforcement.ts";
import { measureNetwork, type Measurement } from "../../src/finetune/measure.ts";
import type { FinetuneReport } from "../../src/finetune/report.ts";
import { readStart } from "../../src/finetune/start.ts";
import { sparkline } from "../../src/output/terminal/sparkline.ts";
import type { Question } from "../../src/questions/question.ts";
import { seededRandom } from "../../src/random.ts";
import { createNetwork } from "../../src/transformer/network.ts";
import { generateProblem } from "../../src/transformer/training/problems/index.ts";

const { values: flags } = parseArgs({
  options: {
    steps: { type: "string", default: "60" },
    seeds: { type: "string", default: "1,2,3" },
    peak: { type: "string", default: "3e-4" },
    only: { type: "string" },
    folder: { type: "string", default: ".cache/bench/rl" },
  },
});
const seeds = flags.seeds.split(",").map(Number);
const skill = "sum";
const otherSkills = ["difference", "product", "product-by-digit"];

/** Problems of one family; sums have three digits. */
function problems(family: string, split: "train" | "heldout", count: number, seed: number): Question[] {
  const random = seededRandom(seed);
  const found = new Map<string, Question>();
  while (found.size < count) {
    const { question, answer } = generateProblem(random, { families: [family], split, mixture: "base" });
    if (family === skill && question.match(/\b\d{3}/g)?.length !== 2) continue;
    if (!found.has(question)) found.set(question, { id: String(found.size + 1), question, gold: answer });
  }
  return [...found.values()];
}

interface Run {
  name: string;
  seed: number;
  reward: string;
  kl: number;
}
const runs: Run[] = [
  ...seeds.map((seed) => ({ name: `accuracy, seed ${seed}`, seed, reward: "accuracy", kl: 0 })),
  { name: "agreement, no right answers", seed: seeds[0]!, reward: "agreement", kl: 0 },
  { name: "accuracy, KL 0.05", seed: seeds[0]!, reward: "accuracy", kl: 0.05 },
];
/** What `--only` takes, and a folder's name. */
const keyOf = ({ seed, reward, kl }: Run) => `${reward}-kl${kl}-seed${seed}`;
const directoryOf = (run: Run) => join(flags.folder, keyOf(run));

function report(event: ReinforcementEvent): void {
  if (event.type === "step-done" && event.step % 10 === 0) {
    const { step, reward, reasons, length } = event;
    console.error(
      `step ${step}: reward ${reward.toFixed(3)}, reason ${reasons.toFixed(2)}, tokens ${length.toFixed(1)}`,
    );
  }
  if (event.type === "validation-done") console.error(`  validation ${event.reward.toFixed(3)}`);
}

const heldOut = problems(skill, "heldout", 200, 11);
const chosen = runs.filter((run) => flags.only?.split(",").includes(keyOf(run)) ?? true);
const done: { run: Run; outcome: FinetuneReport }[] = [];
for (const run of chosen) {
  console.error(run.name);
  const outcome = await finetuneReinforcement({
    model: "base",
    questions: problems(skill, "train", 2000, 7),
    heldOut,
    reward: run.reward,
    kl: run.kl,
    seed: run.seed,
    steps: Number(flags.steps),
    peak: Number(flags.peak),
    directory: directoryOf(run),
    onEvent: report,
  });
  done.push({ run, outcome });
}

const percent = (share: number | null) => (share === null ? "–" : (100 * share).toFixed(1));
const row = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"]).toString().trim();
console.log(
  `Commit ${commit}, ${new Date().toISOString().slice(0, 10)}, Node ${process.version}; ` +
    `${flags.steps} steps of 16 questions × 16 answers, learning rate ${flags.peak}. ` +
    `${heldOut.length} held-out three-digit sums, 8 samples each at T = 1.\n`,
);
console.log(row(["run", "weights", "greedy %", "mean of 8 %", "reason %", "tokens", "minutes"]));
console.log(row(["---", "---", "--:", "--:", "--:", "--:", "--:"]));
for (const { run, outcome } of done)
  for (const each of outcome.measured) {
    const { name, greedy, sampled, sampledError, reasons, length } = each;
    const error = sampledError === null ? "" : ` ±${percent(1.96 * sampledError)}`;
    const minutes = name === "trained" ? (outcome.seconds / 60).toFixed(1) : "";
    console.log(
      row([
        run.name,
        name,
        percent(greedy),
        `${percent(sampled)}${error}`,
        percent(reasons),
        length.toFixed(1),
        minutes,
      ]),
    );
  }

console.log("\nLearning curves (first → last ten steps):\n");
for (const { run, outcome } of done) {
  const lines = (["value", "reasons", "length"] as const).map((key) => {
    const values = outcome.curve.map((point) => point[key] ?? 0);
    const mean = (part: number[]) => part.reduce((sum, each) => sum + each, 0) / part.length;
    const [first, last] = [mean(values.slice(0, 10)), mean(values.slice(-10))];
    return `${{ value: "reward", reasons: "reason", length: "tokens" }[key]} ${sparkline(values)} ${first.toFixed(2)} → ${last.toFixed(2)}`;
  });
  console.log(`    ${run.name}\n    ${lines.join("\n    ")}\n`);
}

/** Greedy and sampled accuracy of a model on every skill. */
async function skills(name: string, model: string): Promise<{ name: string; measured: Measurement[] }> {
  const { config, tokenizer, tensors } = await readStart(model, 1);
  const network = createNetwork(config, tensors);
  const measured: Measurement[] = [];
  for (const family of [skill, ...otherSkills]) {
    const questions = problems(family, "heldout", 100, 13);
    measured.push(await measureNetwork(family, network, tokenizer, questions, { maxTokens: 200 }));
  }
  return { name, measured };
}
const forgetting = [await skills("before", "base")];
for (const { run } of done.filter(({ run }) => run.seed === seeds[0] && run.reward === "accuracy"))
  forgetting.push(await skills(run.name, directoryOf(run)));
console.log("\nForgetting: greedy / sampled accuracy on every skill, trained on sums alone:\n");
console.log(row(["weights", skill, ...otherSkills]));
console.log(row(["---", "--:", "--:", "--:", "--:"]));
for (const { name, measured } of forgetting)
  console.log(
    row([name, ...measured.map(({ greedy, sampled }) => `${percent(greedy)} / ${percent(sampled)}`)]),
  );

console.log("\nThe same, greedy:\n");
for (const [at, family] of [skill, ...otherSkills].entries())
  for (const { name, measured } of forgetting) {
    const greedy = measured[at]!.greedy ?? 0;
    const label = (name === "before" ? family : "").padEnd(17) + name.padEnd(19);
    console.log(`    ${label}${"█".repeat(Math.round(40 * greedy))} ${percent(greedy)}`);
  }
