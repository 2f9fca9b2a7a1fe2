import { describe, expect, it } from "vitest";
import type { Tensors } from "../../../src/transformer/safetensors.ts";
import { adamState, adamUpdate } from "../../../src/transformer/training/adam.ts";
import { learningRate } from "../../../src/transformer/training/schedule.ts";

const tensors = (...values: number[]): Tensors =>
  new Map([["w", { shape: [values.length], data: Float32Array.from(values) }]]);
const gradient = (...values: number[]) => new Map([["w", Float32Array.from(values)]]);

describe("Adam", () => {
  it("first moves every weight by the learning rate, against its gradient", () => {
    const parameters = tensors(1, 1);
    adamUpdate(parameters, gradient(0.3, -0.001), adamState(parameters), { learningRate: 0.1 });
    expect(parameters.get("w")!.data[0]).toBeCloseTo(0.9, 5);
    expect(parameters.get("w")!.data[1]).toBeCloseTo(1.1, 3);
  });

  it("says the norm and cuts it", () => {
    const parameters = tensors(0, 0);
    const state = adamState(parameters);
    expect(adamUpdate(parameters, gradient(30, 40), state, { learningRate: 0, clip: 1 }, 0.1)).toBeCloseTo(5);
    expect(state.first.get("w")!.data[0]).toBeCloseTo(0.1 * 0.6);
  });

  it("finds the lowest point of a bowl", () => {
    const parameters = tensors(5, -3);
    const state = adamState(parameters);
    const steps = 400;
    for (let step = 0; step < steps; step++) {
      const [x, y] = parameters.get("w")!.data;
      const rate = learningRate(step, { peak: 0.1, steps, warmup: 10, decay: 0.6 });
      adamUpdate(parameters, gradient(2 * (x! - 1), 8 * (y! - 2)), state, { learningRate: rate });
    }
    expect(parameters.get("w")!.data[0]).toBeCloseTo(1, 2);
    expect(parameters.get("w")!.data[1]).toBeCloseTo(2, 2);
  });
});

describe("the learning rate", () => {
  const schedule = { peak: 2, steps: 1000, warmup: 100, decay: 0.6 };
  it.each([
    [0, 0.02],
    [49, 1],
    [99, 2],
    [400, 2],
    [700, 1],
    [999, 2 / 600],
  ])("of step %d is %d", (step, rate) => {
    expect(learningRate(step, schedule)).toBeCloseTo(rate, 6);
  });
});
