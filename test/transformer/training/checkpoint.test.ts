import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/random.ts";
import { adamState } from "../../../src/transformer/training/adam.ts";
import { readCheckpoint, writeCheckpoint } from "../../../src/transformer/training/checkpoint.ts";
import {
  findCheckpoint,
  runSteps,
  type LoopEvent,
  type Position,
} from "../../../src/transformer/training/loop.ts";
import { openJax } from "../../../src/transformer/training/jax.ts";
import { initialTensors } from "../../../src/transformer/training/parameters.ts";
import { streamBlock } from "../../../src/transformer/training/stream.ts";
import { createTrainer } from "../../../src/transformer/training/trainer.ts";
import { tinyConfig } from "./tiny.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cot-checkpoint-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("a checkpoint", () => {
  it("comes back to the bit, and leaves no half-written file", async () => {
    const tensors = initialTensors(tinyConfig, seededRandom(1));
    const adam = adamState(tensors);
    adam.step = 7;
    adam.first.get("model.norm.weight")!.data[0] = 1 / 3;
    const path = join(folder, "checkpoint.safetensors");
    await writeCheckpoint(path, { tensors, adam, state: { step: 7 } });
    expect(await readCheckpoint(path)).toEqual({ tensors, adam, state: { step: 7 } });
    expect(await readdir(folder)).toEqual(["checkpoint.safetensors"]);
  });

  it("is undefined where none is, and refused where it is damaged", async () => {
    const path = join(folder, "checkpoint.safetensors");
    expect(await findCheckpoint(path)).toBeUndefined();
    await writeFile(path, "half a file");
    await expect(findCheckpoint(path)).rejects.toThrow(path);
  });
});

describe("a run that is stopped and goes on", () => {
  const schedule = { peak: 0.01, steps: 8, warmup: 2, decay: 0.5 };
  // two steps a block: the stop falls into one, the end into another
  const block = (index: number) => {
    const { steps, ...rest } = streamBlock(
      3,
      index,
      (random) => ({
        prompt: [1, 2 + Math.floor(random() * 5)],
        completion: [7 + Math.floor(random() * 4), 0],
      }),
      600,
    );
    return { ...rest, steps: steps.slice(0, 2) };
  };

  it("has the same weights as one that ran through", async () => {
    const jax = await openJax();
    const start = () => createTrainer(jax, tinyConfig, initialTensors(tinyConfig, seededRandom(2)));
    const common = { block, schedule, saveEvery: Infinity, now: () => 0 };

    const through = start();
    await runSteps({ ...common, trainer: through, checkpoint: join(folder, "a"), onEvent: () => undefined });

    const stop = new AbortController();
    const onEvent = (event: LoopEvent) => {
      if (event.type === "step-done" && event.step === 3) stop.abort();
    };
    const path = join(folder, "b");
    const stopped = runSteps({ ...common, trainer: start(), checkpoint: path, signal: stop.signal, onEvent });
    await expect(stopped).rejects.toMatchObject({ code: "interrupted" });

    const saved = (await findCheckpoint<Position>(path))!;
    expect(saved.state.step).toBe(3);
    const trainer = createTrainer(jax, tinyConfig, saved.tensors, saved.adam);
    await runSteps({ ...common, trainer, checkpoint: path, position: saved.state, onEvent: () => undefined });
    expect(trainer.tensors).toEqual(through.tensors);
    expect(trainer.adam).toEqual(through.adam);
  });
});
