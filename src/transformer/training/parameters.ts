import type { Random } from "../../random.ts";
import { tensorShapes, type TransformerConfig } from "../config.ts";
import type { Tensors } from "../safetensors.ts";

/** Output projections start at 0, so that each block starts as the identity. */
const startsAtZero = /o_proj|down_proj/;

/** Untrained weights: gains of 1, the rest normal with deviation 1/√width, output projections 0. */
export function initialTensors(config: TransformerConfig, random: Random): Tensors {
  const tensors: Tensors = new Map();
  for (const [name, shape] of tensorShapes(config)) {
    const size = shape.reduce((product, length) => product * length, 1);
    const data = new Float32Array(size);
    if (shape.length === 1) data.fill(1);
    else if (!startsAtZero.test(name)) {
      // the embedding is the output matrix too: small, or the first logits are wild
      const deviation = name.includes("embed") ? 0.02 : 1 / Math.sqrt(shape[1]!);
      for (let i = 0; i < size; i++) data[i] = deviation * standardNormal(random);
    }
    tensors.set(name, { shape, data });
  }
  return tensors;
}

/** Box and Muller, A Note on the Generation of Random Normal Deviates (1958). */
function standardNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
