import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exportTraining, type ExportTarget } from "../../../src/finetune/exports/export.ts";
import { isJudged } from "../../../src/finetune/exports/reward.py.ts";
import { textSample } from "../../../src/finetune/text-sample.ts";
import type { Question } from "../../../src/questions/question.ts";
import { seededRandom } from "../../../src/random.ts";
import { accuracy } from "../../../src/rewards/accuracy.ts";
import { runFolder } from "../../support/run-folder.ts";
import { drawCompletion } from "./completions.ts";

const targets: ExportTarget[] = ["trl", "verl", "openai-rft"];
const questions: Question[] = Array.from({ length: 30 }, (_, i) => ({
  id: `q${i}`,
  question: `What is ${i} + "1"?\nSay it.`,
  gold: String(i + 1),
}));
const python = spawnSync("python3", ["--version"]).status === 0;

/** A row of any of the three data sets. */
interface WrittenRow {
  messages?: { role: string; content: string }[];
  prompt?: { role: string; content: string }[];
  gold?: string;
  reward_model?: { ground_truth: string };
}

describe.each(targets)("--export %s", (target) => {
  test("the data set holds every question once, as it was", async () => {
    const folder = runFolder();
    const { files, rows } = await exportTraining(target, questions, folder.path("out"));
    expect(rows).toBe(30);
    const data = files.filter((file) => file.endsWith(".jsonl"));
    expect(data).toHaveLength(2);
    const written = data.flatMap((file) => folder.rows(join("out", file)));
    const back = written.map((row) => {
      const { messages, prompt, gold, reward_model } = row as WrittenRow;
      const [turn] = (messages ?? prompt)!;
      expect(turn!.role).toBe("user");
      return [turn!.content.split("\n\nReason step")[0], gold ?? reward_model?.ground_truth];
    });
    expect(new Set(back.map(String))).toEqual(
      new Set(questions.map(({ question, gold }) => String([question, gold]))),
    );
  });

  test.skipIf(!python)("its Python and shell parse (skipped without python3)", async () => {
    const folder = runFolder();
    const { files } = await exportTraining(target, questions, folder.path("out"));
    for (const file of files) {
      const path = folder.path(join("out", file));
      if (file.endsWith(".py"))
        expect(spawnSync("python3", ["-m", "py_compile", path]).stderr.toString()).toBe("");
      if (file.endsWith(".sh")) expect(spawnSync("sh", ["-n", path]).stderr.toString()).toBe("");
      if (file.endsWith(".json")) JSON.parse(readFileSync(path, "utf8"));
    }
  });
});

test("questions whose gold the exported reward cannot tell are left out and counted", async () => {
  const folder = runFolder();
  const more = [
    ...questions,
    { id: "x", question: "Name a city.", gold: "New York" },
    { id: "y", question: "?" },
  ];
  const { rows, leftOut } = await exportTraining("trl", more, folder.path("out"));
  expect(rows).toBe(30);
  expect(Object.values(leftOut)).toEqual([1, 1]);
  await expect(exportTraining("trl", more.slice(30), folder.path("none"))).rejects.toMatchObject({
    code: "usage",
  });
});

test("the grader keeps to OpenAI's limits", async () => {
  const folder = runFolder();
  await exportTraining("openai-rft", questions, folder.path("out"));
  const grader = JSON.parse(folder.read("out/grader.json")) as { type: string; name: string; source: string };
  expect(grader).toMatchObject({ type: "python", name: "accuracy" });
  expect(Buffer.byteLength(grader.source)).toBeLessThan(256 * 1024);
  expect(grader.source).toMatch(/^def grade\(sample, item\):$/m);
});

test.skipIf(!python)(
  "the Python reward gives our number on a thousand completions (skipped without python3)",
  async () => {
    const folder = runFolder();
    await exportTraining("trl", questions, folder.path("out"));
    const random = seededRandom(4);
    const drawn = Array.from({ length: 1000 }, () => drawCompletion(random));
    expect(drawn.every(({ gold }) => isJudged(gold))).toBe(true);
    const program =
      "import json,sys; from reward import score; print(json.dumps([score(*each) for each in json.load(sys.stdin)]))";
    const run = spawnSync("python3", ["-c", program], {
      cwd: folder.path("out"),
      input: JSON.stringify(drawn.map(({ text, gold }) => [text, gold])),
    });
    expect(run.stderr.toString()).toBe("");
    const theirs = JSON.parse(run.stdout.toString()) as number[];
    const ours = drawn.map(({ text, gold }) => {
      const question = { id: "1", question: "How many?", gold };
      return accuracy(textSample(text.replace(/^<think>[\s\S]*<\/think>/, ""), question, 1), question, []);
    });
    const differing = drawn.map((each, i) => ({ ...each, ours: ours[i], theirs: theirs[i] }));
    expect(differing.filter((each) => each.ours !== each.theirs)).toEqual([]);
    const right = ours.filter((each) => each === 1).length;
    expect(right).toBeGreaterThan(300);
    expect(right).toBeLessThan(700);
  },
);
