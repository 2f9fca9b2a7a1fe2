import { describe, expect, test } from "vitest";
import { readExample } from "../../src/finetune/examples/row.ts";
import { findTrainingFiles, readExamples } from "../../src/finetune/examples/read.ts";
import { finetuneSupervised, type SupervisedOptions } from "../../src/finetune/supervised.ts";
import { runFolder, type RunFolder } from "../support/run-folder.ts";
import { sums, writeTinyModel } from "./support.ts";

const rows = sums(20).map(({ question, gold }) => ({ question, text: `${question}\nAnswer: ${gold}` }));
const examples = rows.map(readExample);

function optionsIn(folder: RunFolder, more: Partial<SupervisedOptions> = {}): SupervisedOptions {
  return {
    model: writeTinyModel(folder.path("start")),
    examples,
    directory: folder.path("out"),
    steps: 30,
    peak: 0.02,
    maxTokens: 6,
    samples: 2,
    ...more,
  };
}

describe("supervised training on the device", () => {
  test("the loss falls, and the model directory is written", async () => {
    const folder = runFolder();
    const report = await finetuneSupervised(optionsIn(folder));
    expect(report.curve).toHaveLength(30);
    expect(report.curve.at(-1)!.value).toBeLessThan(report.curve[0]!.value / 2);
    expect(report.questions).toEqual({ train: 16, validation: 0, heldOut: 4 });
    for (const name of ["config.json", "tokenizer.json", "model.safetensors"])
      expect(folder.exists(`out/${name}`)).toBe(true);
  });

  test("stopped and called again, it ends in the weights of an unbroken run", async () => {
    const whole = runFolder();
    await finetuneSupervised(optionsIn(whole));
    const broken = runFolder();
    const stop = new AbortController();
    await expect(
      finetuneSupervised(
        optionsIn(broken, {
          signal: stop.signal,
          onEvent: (event) => {
            if (event.type === "step-done" && event.step === 10) stop.abort();
          },
        }),
      ),
    ).rejects.toMatchObject({ code: "interrupted" });
    await finetuneSupervised(optionsIn(broken));
    expect(broken.read("out/model.safetensors")).toBe(whole.read("out/model.safetensors"));
  });

  test("rows outside the vocabulary are left out and counted; none left is wrong usage", async () => {
    const odd = [{ question: "2 + 2", text: "日本\nAnswer: 4" }, { question: "?" }].map(readExample);
    const report = await finetuneSupervised(
      optionsIn(runFolder(), { examples: [...examples, ...odd], steps: 2 }),
    );
    expect(Object.values(report.leftOut)).toEqual([1, 1]);
    await expect(finetuneSupervised(optionsIn(runFolder(), { examples: odd }))).rejects.toMatchObject({
      code: "usage",
    });
  });

  test("random weights are drawn by the seed, and nothing is measured before", async () => {
    const folder = runFolder();
    const report = await finetuneSupervised(optionsIn(folder, { model: "small", steps: 2 }));
    expect(report.measured.map(({ name }) => name)).toEqual(["trained"]);
  }, 60_000);
});

describe("where the rows are", () => {
  test("a file, a directory of cot distill with its test part, or its traces", async () => {
    const folder = runFolder();
    const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    const file = folder.write("rows.jsonl", lines);
    expect(await findTrainingFiles(file)).toEqual({ train: file });
    expect(await readExamples(file)).toEqual(examples);
    const list = folder.write("rows.json", JSON.stringify(rows, null, 2));
    expect(await readExamples(list)).toEqual(examples);
    const { mkdirSync } = await import("node:fs");
    mkdirSync(folder.path("d/messages"), { recursive: true });
    await expect(findTrainingFiles(folder.path("d"))).rejects.toMatchObject({ code: "usage" });
    const traces = folder.write("d/traces.jsonl", lines);
    expect(await findTrainingFiles(folder.path("d"))).toEqual({ train: traces });
    const train = folder.write("d/messages/train.jsonl", lines);
    const test = folder.write("d/messages/test.jsonl", lines);
    expect(await findTrainingFiles(folder.path("d"))).toEqual({ train, test });
    const validation = folder.write("d/messages/validation.jsonl", lines);
    expect(await findTrainingFiles(folder.path("d"))).toEqual({ train, validation, test });
    await expect(findTrainingFiles(folder.path("nowhere"))).rejects.toMatchObject({ code: "usage" });
  });

  test("a line that is no JSON is named", async () => {
    const file = runFolder().write("rows.jsonl", '{"question":"1+1","answer":"2"}\nnonsense\n');
    await expect(readExamples(file)).rejects.toThrow(`${file}, line 2`);
  });
});
