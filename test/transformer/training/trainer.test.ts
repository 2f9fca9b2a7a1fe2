import { beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/random.ts";
import type { Tensors } from "../../../src/transformer/safetensors.ts";
import { openJax, type Jax } from "../../../src/transformer/training/jax.ts";
import { batchRows, type Batch } from "../../../src/transformer/training/pack.ts";
import { initialTensors } from "../../../src/transformer/training/parameters.ts";
import { createTrainer } from "../../../src/transformer/training/trainer.ts";
import { tinyConfig as config } from "./tiny.ts";

/** Nothing at 0, so that every gradient has something to say. */
function randomTensors(seed: number): Tensors {
  const random = seededRandom(seed);
  const tensors = initialTensors(config, random);
  for (const { data } of tensors.values()) for (let i = 0; i < data.length; i++) data[i]! += random() - 0.5;
  return tensors;
}

const problems = [
  { prompt: [1, 2, 3], completion: [4, 5, 6] },
  { prompt: [7, 8], completion: [9, 10] },
];
const apart = (): Batch => batchRows([[problems[0]!], [problems[1]!]], 2, 8);
const together = (): Batch => batchRows([problems], 2, 8);

let jax: Jax;
beforeAll(async () => {
  jax = await openJax();
});

/** The weighted negative log-likelihood, from forward passes alone. */
function lossOf(tensors: Tensors, batch: Batch): number {
  const { logProbabilities } = createTrainer(jax, config, tensors).score(batch);
  return -logProbabilities.reduce((sum, each, i) => sum + each * batch.weights[i]!, 0);
}

describe("a step", () => {
  it("follows the gradient that finite differences find, in every tensor", () => {
    const tensors = randomTensors(1);
    const batch = together();
    // one step of plain Adam moves by rate × sign: read the gradient from its first moment instead
    const trainer = createTrainer(
      jax,
      config,
      new Map([...tensors].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }])),
    );
    trainer.step([batch], 0, 1);
    const clipped =
      Math.sqrt(
        [...trainer.adam.first.values()].reduce(
          (sum, { data }) => sum + data.reduce((s, g) => s + g * g, 0),
          0,
        ),
      ) / 0.1;
    expect(clipped).toBeCloseTo(1, 3);
    const numeric = new Map<string, number>();
    const analytic = new Map<string, number>();
    for (const [name, { data }] of tensors) {
      // along the gradient itself the difference is largest, so that single precision can see it
      const direction = trainer.adam.first.get(name)!.data;
      const length = Math.sqrt(direction.reduce((sum, each) => sum + each * each, 0));
      const original = data.slice();
      const shifted = (by: number) => {
        for (let i = 0; i < data.length; i++) data[i] = original[i]! + (by * direction[i]!) / length;
        return lossOf(tensors, batch);
      };
      numeric.set(name, (shifted(0.01) - shifted(-0.01)) / 0.02);
      data.set(original);
      analytic.set(name, length);
    }
    // the same factor (clip and 1 - β1) for every tensor
    const total = (map: Map<string, number>) => [...map.values()].reduce((sum, each) => sum + each, 0);
    const factor = total(numeric) / total(analytic);
    for (const [name, value] of numeric) {
      const ratio = value / (analytic.get(name)! * factor);
      expect(ratio, name).toBeGreaterThan(0.97);
      expect(ratio, name).toBeLessThan(1.03);
    }
  });

  it("sees problems in one row as if each stood alone", () => {
    expect(lossOf(randomTensors(2), together())).toBeCloseTo(lossOf(randomTensors(2), apart()), 4);
  });

  it("lets no token see what comes after it", () => {
    const tensors = randomTensors(3);
    const trainer = createTrainer(jax, config, tensors);
    const before = trainer.score(
      batchRows([[{ prompt: [1, 2], completion: [3, 4, 5] }]], 2, 8),
    ).logProbabilities;
    const after = trainer.score(
      batchRows([[{ prompt: [1, 2], completion: [3, 9, 11] }]], 2, 8),
    ).logProbabilities;
    expect(Array.from(after.slice(0, 2))).toEqual(Array.from(before.slice(0, 2)));
    expect(after[3]).not.toBe(before[3]);
  });

  it("adds batches up: two half batches make the step of one whole", () => {
    const whole = createTrainer(jax, config, randomTensors(4));
    const halves = createTrainer(jax, config, randomTensors(4));
    const one = whole.step([apart()], 0.01);
    const two = halves.step([batchRows([[problems[0]!]], 2, 8), batchRows([[problems[1]!]], 2, 8)], 0.01);
    expect(two.loss).toBeCloseTo(one.loss, 5);
    expect(two.gradientNorm).toBeCloseTo(one.gradientNorm, 4);
  });

  it("learns a batch by heart, and greedy decoding would say it", () => {
    const trainer = createTrainer(jax, config, initialTensors(config, seededRandom(5)));
    const first = trainer.step([apart()], 0.01).loss;
    let last = first;
    for (let step = 0; step < 150; step++) last = trainer.step([apart()], 0.01).loss;
    expect(first).toBeGreaterThan(2);
    expect(last).toBeLessThan(0.05);
    const batch = apart();
    const { best } = trainer.score(batch);
    batch.weights.forEach((weight, i) => {
      if (weight > 0) expect(best[i]).toBe(1);
    });
  });

  it("keeps no array of the step before", () => {
    const trainer = createTrainer(jax, config, randomTensors(6));
    const step = () => trainer.step([apart()], 0.001);
    for (let i = 0; i < 3; i++) step();
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 200; i++) step();
    // a leak of one set of parameters a step would be 200 × 5 kB
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(500_000);
  });
});
