import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openTokenizer } from "../../../src/transformer/tokenizer.ts";
import { openJax } from "../../../src/transformer/training/jax.ts";
import {
  pretrain,
  type PretrainEvent,
  type PretrainOptions,
} from "../../../src/transformer/training/pretrain.ts";
import { tokenizerFile, words } from "../../../src/transformer/vocabulary.ts";
import { tinyConfig } from "./tiny.ts";

it(
  "trains on the stream, measures held-out families, and goes on where it stopped",
  { timeout: 120_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "cot-pretrain-"));
    try {
      const jax = await openJax();
      const tokenizer = openTokenizer(JSON.stringify(tokenizerFile(words)), "tokenizer.json");
      const events: PretrainEvent[] = [];
      let seconds = 0;
      const options: PretrainOptions = {
        config: { ...tinyConfig, vocab_size: tokenizer.size },
        tokenizer,
        mixture: "main",
        answers: { direct: 0.1, reasoned: 1, openings: 0 },
        seed: 1,
        tokens: 5000,
        peak: 0.01,
        decay: 0.5,
        checkpoint: join(folder, "checkpoint.safetensors"),
        families: ["sum", "outside"],
        heldOutPerFamily: 3,
        saveEvery: 2,
        measureEvery: 1000,
        now: () => seconds++,
        onEvent: (event) => void events.push(event),
      };
      const trainer = await pretrain(jax, options);
      const losses = events.flatMap((event) => (event.type === "step-done" ? [event.loss] : []));
      expect(losses.length).toBeGreaterThan(3);
      expect(losses[0]).toBeCloseTo(Math.log(512), 0);
      expect(losses.at(-1)!).toBeLessThan(losses[0]!);
      expect(events.filter(({ type }) => type === "checkpoint-written").length).toBeGreaterThan(1);
      expect(events.at(-1)).toMatchObject({ families: { sum: { exact: 0 }, outside: {} } });

      const again: PretrainEvent[] = [];
      const resumed = await pretrain(jax, { ...options, onEvent: (event) => void again.push(event) });
      expect(again.some(({ type }) => type === "step-done")).toBe(false);
      expect(resumed.tensors).toEqual(trainer.tensors);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
