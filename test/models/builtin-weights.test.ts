import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { extractAnswer } from "../../src/grading/extract.ts";
import { builtinModel } from "../../src/models/builtin.ts";
import { seededRandom, shuffled } from "../../src/random.ts";
import { tensorShapes } from "../../src/transformer/config.ts";
import { createEngine } from "../../src/transformer/engine.ts";
import { loadModel, weightsDirectory, type LoadedModel } from "../../src/transformer/load.ts";
import { readSafetensors, type Tensors } from "../../src/transformer/safetensors.ts";
import { generateProblem, type Problem } from "../../src/transformer/training/problems/index.ts";

const directory = weightsDirectory("main");
const file = join(directory, "model.safetensors");

function heldOutProblems(count: number): Problem[] {
  const random = seededRandom(5);
  const families = ["sum", "difference", "product", "percentage", "phrasing"];
  return Array.from({ length: count }, () => generateProblem(random, { split: "heldout", families }));
}

/** Share of right answers, greedy; a refusal is none. */
async function accuracy(loaded: LoadedModel, problems: readonly Problem[]): Promise<number> {
  const model = builtinModel("main", loaded, createEngine(loaded.network));
  const right = await Promise.all(
    problems.map(async ({ question, answer }) => {
      const fields = { samples: 1, firstSample: 0, maxTokens: 240 };
      const request = { messages: [], question, strategy: "step-by-step", ...fields };
      try {
        for await (const event of model.generate(request))
          if (event.type === "finish") return extractAnswer(event.completions[0]!.text)?.answer === answer;
      } catch (error) {
        expect(error).toMatchObject({ code: "outside" });
      }
      return false;
    }),
  );
  return right.filter(Boolean).length / problems.length;
}

/** The same values in every tensor, in another order. */
function shuffledTensors(tensors: Tensors): Tensors {
  const random = seededRandom(1);
  return new Map(
    [...tensors].map(([name, { shape, data }]) => [
      name,
      { shape, data: Float32Array.from(shuffled(random, [...data])) },
    ]),
  );
}

describe.skipIf(!existsSync(file))("the shipped weights", () => {
  it("fit their configuration and tokenizer", async () => {
    const { config, tokenizer } = await loadModel(directory);
    expect(tokenizer.size).toBe(config.vocab_size);
    const tensors = readSafetensors(readFileSync(file), file);
    expect([...tensors.keys()].sort()).toEqual([...tensorShapes(config).keys()].sort());
  });

  it("are what answers: shuffled, hardly anything is right any more", { timeout: 120_000 }, async () => {
    const problems = heldOutProblems(50);
    const loaded = await loadModel(directory);
    expect(await accuracy(loaded, problems)).toBeGreaterThan(0.7);
    loaded.network.setWeights(shuffledTensors(readSafetensors(readFileSync(file), file)));
    expect(await accuracy(loaded, problems)).toBeLessThan(0.02);
  });
});
