import { describe, expect, test } from "vitest";
import {
  finetuneReinforcement,
  type ReinforcementEvent,
  type ReinforcementOptions,
} from "../../src/finetune/reinforcement.ts";
import { openBuiltin } from "../../src/models/builtin.ts";
import { runFolder, type RunFolder } from "../support/run-folder.ts";
import { sums, writeTinyModel } from "./support.ts";

/** Random weights say a word with an e about half the time: a command can reward that. */
const hasE = `sed 's/.*"text":"\\([^"]*\\)".*/\\1/' | grep -q e && echo 1 || echo 0`;

function optionsIn(folder: RunFolder, more: Partial<ReinforcementOptions> = {}): ReinforcementOptions {
  return {
    model: writeTinyModel(folder.path("start")),
    questions: sums(12),
    reward: "length",
    directory: folder.path("out"),
    steps: 3,
    questionsPerStep: 3,
    rolloutsPerQuestion: 4,
    peak: 0.02,
    maxTokens: 4,
    samples: 2,
    validateEvery: 2,
    ...more,
  };
}

describe("reinforcement on the device", () => {
  test("writes a model that can be asked, a log, and what the weights were worth", async () => {
    const folder = runFolder();
    const report = await finetuneReinforcement(optionsIn(folder));
    expect(report.measured.map(({ name }) => name)).toEqual(["before", "before, made to reason", "trained"]);
    expect(report.curve.map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(report.questions).toEqual({ train: 7, validation: 2, heldOut: 3 });
    expect(report.measured[1]!.reasons).toBeGreaterThanOrEqual(report.measured[0]!.reasons);
    expect(folder.rows("out/log.jsonl").filter(({ type }) => type === "step")).toHaveLength(3);
    expect((await openBuiltin(folder.path("out"))).endpoint).toBe("builtin");
  });

  test("the same call again trains nothing; other settings are refused unless it starts over", async () => {
    const folder = runFolder();
    const first = await finetuneReinforcement(optionsIn(folder));
    const events: ReinforcementEvent[] = [];
    const again = await finetuneReinforcement(optionsIn(folder, { onEvent: (event) => events.push(event) }));
    expect(again).toEqual(first);
    expect(events).toEqual([]);
    await expect(finetuneReinforcement(optionsIn(folder, { seed: 2 }))).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining("seed"),
    });
    const fresh = await finetuneReinforcement(optionsIn(folder, { seed: 2, fresh: true }));
    expect(fresh.seed).toBe(2);
  });

  test("stopped and called again, it ends in the weights of an unbroken run", async () => {
    const whole = runFolder();
    await finetuneReinforcement(optionsIn(whole));
    const broken = runFolder();
    const stop = new AbortController();
    const onEvent = (event: ReinforcementEvent): void => {
      if (event.type === "step-done" && event.step === 2) stop.abort();
    };
    await expect(
      finetuneReinforcement(optionsIn(broken, { signal: stop.signal, onEvent })),
    ).rejects.toMatchObject({ code: "interrupted" });
    expect(broken.exists("out/checkpoints/last.safetensors")).toBe(true);
    const report = await finetuneReinforcement(optionsIn(broken));
    expect(report.curve.map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(broken.read("out/model.safetensors")).toBe(whole.read("out/model.safetensors"));
    const steps = broken.rows("out/log.jsonl").filter(({ type }) => type === "step");
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3]);
  });

  test("a start without signal is refused with the reason", async () => {
    // random weights never get a sum right
    const options = optionsIn(runFolder(), { reward: "accuracy" });
    await expect(finetuneReinforcement(options)).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining("100 %"),
    });
  });

  test("a reward of a command's own is learned", async () => {
    const report = await finetuneReinforcement(
      optionsIn(runFolder(), { reward: hasE, steps: 6, maxTokens: 2, peak: 0.05 }),
    );
    expect(report.curve.at(-1)!.value).toBeGreaterThan(report.curve[0]!.value);
  }, 60_000);

  test("questions that it cannot use are left out, counted; none left is wrong usage", async () => {
    const folder = runFolder();
    const odd = [
      { id: "a", question: "Who wrote Hamlet, #7?", gold: "7" },
      { id: "b", question: "12345 + 1", gold: "12346" },
      { id: "c", question: "9 + 9" },
    ];
    const report = await finetuneReinforcement(optionsIn(folder, { questions: [...sums(12), ...odd] }));
    expect(Object.values(report.leftOut)).toEqual([2]);
    await expect(
      finetuneReinforcement(optionsIn(runFolder(), { reward: "accuracy", questions: odd })),
    ).rejects.toMatchObject({ code: "usage" });
  });

  test("weights that never learned anything are refused", async () => {
    await expect(finetuneReinforcement(optionsIn(runFolder(), { model: "small" }))).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining("no weights"),
    });
  });

  test("a directory with something else in it is left alone", async () => {
    const folder = runFolder();
    writeTinyModel(folder.path("out"));
    await expect(finetuneReinforcement(optionsIn(folder))).rejects.toMatchObject({ code: "usage" });
    expect(folder.exists("out/finetune.json")).toBe(false);
  });
});
