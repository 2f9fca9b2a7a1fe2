import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openRunDirectory } from "../../src/finetune/run-directory.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cot-run-"));
});
afterEach(() => rm(folder, { recursive: true }));

const settings = { method: "reinforcement", steps: 4, questions: "a1b2" };

test("the same settings go on, others are named", async () => {
  const { save } = await openRunDirectory(folder, settings);
  await save({ seconds: 7 });
  expect((await openRunDirectory(folder, settings)).state.seconds).toBe(7);
  await expect(openRunDirectory(folder, { ...settings, steps: 6 })).rejects.toThrow(
    `${folder} holds a run with steps 4, not 6`,
  );
  await expect(openRunDirectory(folder, { ...settings, questions: "c3d4" })).rejects.toThrow(
    `${folder} holds a run with other questions`,
  );
});

test("a run that starts over leaves no trained model of the one before", async () => {
  await openRunDirectory(folder, settings);
  await writeFile(join(folder, "model.safetensors"), "old");
  await openRunDirectory(folder, settings, true);
  expect(await readdir(folder)).not.toContain("model.safetensors");
});

test("what is no run is left alone", async () => {
  await writeFile(join(folder, "mine.txt"), "mine");
  await expect(openRunDirectory(folder, settings)).rejects.toThrow("is not empty");
});
