/**
 * What refining mends and what it spoils. On the built-in model: problems that it was never trained on, answered once at
 * temperature 1, then refined. On real outputs (the folder in COT_DEVELOPMENT_DATA): how many of the wrong solutions,
 * and how many of the right ones, have a provably wrong step that refining would start from.
 *
 *   npx tsx test/bench/refine.ts [--problems 300] [--model builtin:DIRECTORY]
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { checkSteps } from "../../src/grading/steps.ts";
import { openModel } from "../../src/models/open.ts";
import type { Question } from "../../src/questions/question.ts";
import { seededRandom } from "../../src/random.ts";
import { ask } from "../../src/reasoning/ask.ts";
import type { AskOptions } from "../../src/reasoning/options.ts";
import type { Result } from "../../src/reasoning/result.ts";
import { generateProblem } from "../../src/transformer/training/problems/index.ts";

const flag = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise);
};

await refineBuiltin(
  Number(flag("--problems", "300")),
  flag("--model", "builtin:main").replace(/^builtin:/, ""),
);
scanOutputs(process.env.COT_DEVELOPMENT_DATA ?? "");

async function refineBuiltin(count: number, name: string): Promise<void> {
  const model = await openModel({ provider: "builtin", model: name }, {});
  const questions = heldOutQuestions(count);
  const options = (refineRounds: number): AskOptions => ({
    messages: ({ question }) => [{ role: "user", content: question }],
    strategy: "step-by-step",
    prompt: "step-by-step",
    temperature: 1,
    seed: 1,
    check: true,
    refineRounds,
  });
  const run = (rounds: number): Promise<Result[]> =>
    Promise.all(questions.map((question) => ask(question, options(rounds), model)));
  const before = await run(0);
  const after = await run(2);

  const isRight = (result: Result | undefined): boolean => result?.correct === true;
  const hasWrongStep = ({ checks }: Result): boolean => checks?.some((check) => !check.ok) ?? false;
  const tally = (title: string, chosen: (result: Result) => boolean): void => {
    const rows = before
      .map((first, i) => ({ first, second: after[i]! }))
      .filter(({ first }) => chosen(first));
    const mended = rows.filter(({ first, second }) => !isRight(first) && isRight(second)).length;
    const spoiled = rows.filter(({ first, second }) => isRight(first) && !isRight(second)).length;
    const right = rows.filter(({ first }) => isRight(first)).length;
    const tokens = (side: "first" | "second"): number =>
      rows.reduce((sum, row) => sum + (row[side].usage.completionTokens ?? 0), 0) / Math.max(1, rows.length);
    console.log(
      `${title.padEnd(22)} ${String(rows.length).padStart(5)} ${String(right).padStart(6)} ${String(mended).padStart(7)} ` +
        `${String(spoiled).padStart(8)} ${tokens("first").toFixed(0).padStart(7)} ${tokens("second").toFixed(0).padStart(8)}`,
    );
  };
  console.log(`builtin:${name}, ${String(count)} held-out problems, temperature 1`);
  console.log("                           n  right  mended  spoiled  tokens  refined");
  tally("with a wrong step", hasWrongStep);
  tally("without a wrong step", (result) => !hasWrongStep(result));
  tally("all", () => true);
}

function heldOutQuestions(count: number): Question[] {
  const random = seededRandom(5);
  const questions: Question[] = [];
  while (questions.length < count) {
    const { question, answer, family } = generateProblem(random, { split: "heldout" });
    if (family !== "outside") questions.push({ id: String(questions.length + 1), question, gold: answer });
  }
  return questions;
}

interface Output {
  output: string;
  label_correct: boolean | null;
}

function scanOutputs(folder: string): void {
  if (!existsSync(path.join(folder, "outputs"))) {
    console.log("\nreal outputs: skipped, COT_DEVELOPMENT_DATA names no folder with them");
    return;
  }
  console.log("\nreal outputs with a provably wrong step        of wrong solutions   of right ones");
  for (const name of readdirSync(path.join(folder, "outputs")).filter((file) => file.endsWith(".jsonl"))) {
    const lines = readFileSync(path.join(folder, "outputs", name), "utf8")
      .trim()
      .split("\n");
    const outputs = lines.map((line) => JSON.parse(line) as Output);
    const share = (label: boolean): string => {
      const all = outputs.filter((row) => row.label_correct === label);
      const flagged = all.filter(({ output }) => checkSteps(output).some((check) => !check.ok));
      return `${String(flagged.length)} of ${String(all.length)}`.padStart(16);
    };
    console.log(`${name.padEnd(45)} ${share(false)} ${share(true)}`);
  }
}
