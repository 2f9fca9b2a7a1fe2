import { describe, expect, it } from "vitest";
import { CotError } from "../../src/errors.ts";
import { createKernel } from "../../src/transformer/kernel.ts";
import { createNetwork } from "../../src/transformer/network.ts";
import { randomTensors, referenceLogits, tinyConfig } from "./reference.ts";

const tokens = [1, 5, 7, 28, 3, 3, 9, 0, 12, 20];

function expectClose(actual: ArrayLike<number>[], expected: number[][]): void {
  expected.forEach((row, i) => {
    const worst = Math.max(...row.map((value, j) => Math.abs(value - actual[i]![j]!)));
    expect(worst).toBeLessThan(2e-5);
  });
}

describe("the network", () => {
  const sizes = [
    {},
    { vocab_size: 31, hidden_size: 16, num_attention_heads: 1, intermediate_size: 20 },
    { hidden_size: 48, num_attention_heads: 4, num_hidden_layers: 3 },
  ];
  it.each([true, false])("computes what the readable forward pass computes (SIMD: %s)", (simd) => {
    for (const size of sizes) {
      const config = tinyConfig(size);
      const tensors = randomTensors(config, 11);
      const network = createNetwork(config, tensors, createKernel(simd));
      const sequence = network.takePlace();
      const rows = tokens.map((token, position) => ({ sequence, position, token }));
      const logits = network.forward(
        rows,
        rows.map((_, i) => i),
      );
      expectClose(logits, referenceLogits(config, tensors, tokens));
    }
  });

  it("gives the same, to the bit, token by token, beside others, and from a copied cache", () => {
    const config = tinyConfig();
    const network = createNetwork(config, randomTensors(config, 3));
    const [whole, single, other, copy] = [0, 1, 2, 3].map(() => network.takePlace());
    const row = (sequence: typeof whole, position: number) => ({
      sequence: sequence!,
      position,
      token: tokens[position]!,
    });
    const last = tokens.length - 1;
    const [expected] = network
      .forward(
        tokens.map((_, position) => row(whole, position)),
        [last],
      )
      .map((logits) => [...logits]);

    let stepwise: number[] = [];
    tokens.forEach((_, position) => {
      const rows = [row(other, position), row(single, position)];
      stepwise = [...network.forward(rows, [1])[0]!];
    });
    expect(stepwise).toEqual(expected);

    network.copyCache(whole!, copy!, last);
    expect([...network.forward([row(copy, last)], [0])[0]!]).toEqual(expected);
  });

  it("takes other weights in place of its own", () => {
    const config = tinyConfig();
    const network = createNetwork(config, randomTensors(config, 1));
    const others = randomTensors(config, 2);
    network.setWeights(others);
    const logits = network.forward([{ sequence: network.takePlace(), position: 0, token: 4 }], [0]);
    expectClose(logits, referenceLogits(config, others, [4]));
  });

  it("is not disturbed by what a place held before, not even by NaN", () => {
    const config = tinyConfig();
    const tensors = randomTensors(config, 1);
    const broken = randomTensors(config, 1);
    broken.get("model.embed_tokens.weight")!.data.fill(NaN);
    const network = createNetwork(config, broken);
    const sequence = network.takePlace();
    const rows = tokens.map((token, position) => ({ sequence, position, token }));
    network.forward(rows, []);
    network.setWeights(tensors);
    const logits = network.forward(rows.slice(0, 2), [0, 1]);
    expectClose(logits, referenceLogits(config, tensors, tokens.slice(0, 2)));
  });

  it("names a tensor that is missing or has another shape", () => {
    const config = tinyConfig();
    const tensors = randomTensors(config, 1);
    tensors.delete("model.norm.weight");
    expect(() => createNetwork(config, tensors)).toThrow(/no tensor model\.norm\.weight/);
    const other = randomTensors(tinyConfig({ intermediate_size: 40 }), 1);
    expect(() => createNetwork(config, other)).toThrow(
      /model\.layers\.0\.mlp\.gate_proj\.weight has the shape \[40, 24\], not \[36, 24\]/,
    );
    expect(() => createNetwork(tinyConfig({ hidden_size: 12 }), tensors)).toThrow(CotError);
  });
});
