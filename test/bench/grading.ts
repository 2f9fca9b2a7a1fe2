/**
 * Accuracy and speed of the extractor and the grader on data that is not in this repository: the folder in
 * COT_DEVELOPMENT_DATA, with `grading-pairs.jsonl` and `outputs/*.jsonl`. A third of each is held back by hash: rules
 * are made on the rest. Then the checker of steps: how many equations it flags in right solutions, and how many of 1,000
 * right integer equations in them it finds wrong once one digit is changed. `--show` prints the cases of the tuned part that went wrong, `--show=held-back` the others.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gradeAnswer } from "../../src/grading/equal.ts";
import { extractAnswer } from "../../src/grading/extract.ts";
import type { Step } from "../../src/grading/steps.ts";
import { checkSteps } from "../../src/grading/steps.ts";
import { randomItem, seededRandom, stableHash } from "../../src/random.ts";

interface Pair {
  gold: string;
  pred: string;
  equal: boolean;
  kind: string;
  form: "answer" | "output";
  contested?: boolean;
}

interface Output {
  question: string;
  output: string;
  gold: string;
  label_correct: boolean | null;
  dataset: string;
  author_pred?: string;
}

const folder = process.env.COT_DEVELOPMENT_DATA ?? "";
const show = process.argv.find((argument) => argument.startsWith("--show"));
const shown = show === undefined ? undefined : show.endsWith("held-back") ? "held-back" : "tuned";
const only = process.argv.find((argument) => argument.startsWith("--only="))?.slice(7);

type Part = "tuned" | "held-back";

/** All samples of one question fall into one part. */
function partOf(text: string): Part {
  return stableHash(text) % 3 === 0 ? "held-back" : "tuned";
}

function readLines<T>(file: string): T[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}

interface Tally {
  rows: number;
  right: number;
  falseAccepts: number;
  unknown: number;
}

class Table {
  private readonly rows = new Map<string, Tally>();

  count(name: string, part: Part, expected: boolean, verdict: string): void {
    for (const key of [`${name}  ${part}`, `${name}  all`]) {
      const tally = this.rows.get(key) ?? { rows: 0, right: 0, falseAccepts: 0, unknown: 0 };
      this.rows.set(key, tally);
      tally.rows++;
      if ((verdict === "equal") === expected) tally.right++;
      if (verdict === "equal" && !expected) tally.falseAccepts++;
      if (verdict === "unknown") tally.unknown++;
    }
  }

  print(): void {
    for (const [name, { rows, right, falseAccepts, unknown }] of [...this.rows].sort(([a], [b]) =>
      a < b ? -1 : 1,
    ))
      console.log(
        `${name.padEnd(46)} ${String(rows).padStart(5)} rows  ${((100 * right) / rows).toFixed(2).padStart(6)} %  ` +
          `false equal ${falseAccepts}  unknown ${unknown}`,
      );
  }
}

function report(part: Part, name: string, expected: boolean, verdict: string, details: object): void {
  if (shown === part && (only === undefined || name.includes(only)) && (verdict === "equal") !== expected)
    console.log(`${expected ? "MISSED" : "FALSE EQUAL"} ${name} ${verdict} ${JSON.stringify(details)}`);
}

function judge({ form, pred, gold }: Pair): { answer: string | undefined; verdict: string } {
  const answer = form === "output" ? extractAnswer(pred)?.answer : pred;
  return { answer, verdict: answer === undefined ? "no answer" : gradeAnswer(answer, gold) };
}

function benchPairs(): void {
  const table = new Table();
  const pairs = readLines<Pair>(path.join(folder, "grading-pairs.jsonl"));
  for (const pair of pairs) {
    const { answer, verdict } = judge(pair);
    const name = pair.contested ? "pairs, contested" : "pairs, uncontested";
    const part = partOf(pair.gold + pair.pred);
    table.count(name, part, pair.equal, verdict);
    report(part, name, pair.equal, verdict, { gold: pair.gold, answer, pred: pair.pred.slice(-300) });
  }
  table.print();
  // timed when warm, in processor time: other work on the machine does not count
  const before = process.cpuUsage().user;
  for (const pair of pairs) judge(pair);
  console.log(`${((process.cpuUsage().user - before) / 1000 / pairs.length).toFixed(3)} ms a pair\n`);
}

function benchOutputs(): void {
  const table = new Table();
  const flags = { equations: 0, wrong: 0 };
  for (const file of readdirSync(path.join(folder, "outputs"))
    .filter((name) => name.endsWith(".jsonl"))
    .sort()) {
    const set = file.replace(".jsonl", "");
    if (only !== undefined && !set.includes(only)) continue;
    for (const row of readLines<Output>(path.join(folder, "outputs", file))) {
      const part = partOf(row.question);
      if (row.label_correct === true)
        for (const step of checkSteps(row.output)) {
          flags.equations++;
          if (step.ok) continue;
          flags.wrong++;
          if (show === "--show=steps") console.log(`FLAG ${set} ${JSON.stringify(step)}`);
        }
      if (row.label_correct === null) continue;
      const found = extractAnswer(row.output, { question: row.question });
      const verdict = found ? gradeAnswer(found.answer, row.gold) : "no answer";
      table.count(set, part, row.label_correct, verdict);
      const details = { gold: row.gold, found, author: row.author_pred, tail: row.output.slice(-500) };
      report(part, `${set} ${row.dataset}`, row.label_correct, verdict, details);
    }
  }
  table.print();
  const rate = (1000 * flags.wrong) / Math.max(flags.equations, 1);
  console.log(
    `checked steps on right solutions: ${flags.equations}, flagged ${flags.wrong} (${rate.toFixed(2)} per 1,000)`,
  );
}

/** Where the characters of a step stand in its text, which has spaces and currency signs between them. */
function digitPlaces(text: string, { step, at }: Step): number[] {
  const places: number[] = [];
  let place = at!;
  for (const character of step) {
    while (text[place] !== character) place++;
    if (/\d/.test(character)) places.push(place);
    place++;
  }
  return places;
}

function benchCorruptions(): void {
  const texts = readdirSync(path.join(folder, "outputs"))
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) => readLines<Output>(path.join(folder, "outputs", name)))
    .flatMap(({ label_correct, output }) => (label_correct === true ? output : []));
  const steps = texts.flatMap((text) =>
    checkSteps(text).flatMap((step) => (step.ok && !step.step.includes(".") ? { text, step } : [])),
  );
  const random = seededRandom(1);
  let found = 0;
  for (let count = 0; count < 1000; count++) {
    const { text, step } = randomItem(random, steps);
    const place = randomItem(random, digitPlaces(text, step));
    const digit = randomItem(
      random,
      [..."123456789"].filter((other) => other !== text[place]),
    );
    const flagged = (content: string): number => checkSteps(content).filter(({ ok }) => !ok).length;
    const corrupted = text.slice(0, place) + digit + text.slice(place + 1);
    if (flagged(corrupted) > flagged(text)) found++;
    else if (show === "--show=corruptions")
      console.log(`MISSED ${step.step} ${corrupted.slice(step.at!, place + 40)}`);
  }
  console.log(
    `steps with one digit changed: ${found} of 1000 found, out of ${steps.length} right integer equations`,
  );
}

if (!existsSync(path.join(folder, "grading-pairs.jsonl"))) {
  console.log("skipped: COT_DEVELOPMENT_DATA does not name a folder with grading-pairs.jsonl");
} else {
  if (only === undefined || only === "pairs") benchPairs();
  if (only !== "pairs") benchOutputs();
  if (only === undefined || only === "corruptions") benchCorruptions();
}
