import type { TransformerConfig } from "../config.ts";
import type { Tensors } from "../safetensors.ts";
import { adamState, adamUpdate, type AdamState } from "./adam.ts";
import { scoreTargets, type Parameters } from "./forward.ts";
import type { Jax, JaxArray } from "./jax.ts";
import type { Batch } from "./pack.ts";

const embeddingName = "model.embed_tokens.weight";

export interface StepReport {
  /** Mean negative log-likelihood of a learned token. */
  loss: number;
  /** Before it was cut. */
  gradientNorm: number;
}

export interface Scores {
  /** Of each position's target. */
  logProbabilities: Float32Array;
  /** 1 where the target is what greedy decoding would say. */
  best: Float32Array;
}

/**
 * The one loss of all training here is a weighted log-likelihood: of given answers in supervised training, of its own
 * answers, weighted by their advantage, in reinforcement. Weights live in plain arrays between the steps; jax-js
 * computes the gradient, Adam runs over the arrays.
 */
export interface Trainer {
  readonly tensors: Tensors;
  readonly adam: AdamState;
  /**
   * One update, from all the batches together.
   * @param normalizer what the weighted sum is divided by; the sum of the weights unless given
   */
  step(batches: readonly Batch[], learningRate: number, normalizer?: number): StepReport;
  score(batch: Batch): Scores;
}

/** @param tensors changed in place by every step */
export function createTrainer(
  jax: Jax,
  config: TransformerConfig,
  tensors: Tensors,
  adam: AdamState = adamState(tensors),
): Trainer {
  const { numpy: np } = jax;

  const objective = (
    parameters: Parameters,
    embedded: JaxArray,
    targets: JaxArray,
    segments: JaxArray,
    weights: JaxArray,
  ): JaxArray => {
    const { logProbabilities, best } = scoreTargets(jax, config, parameters, embedded, targets, segments);
    best.dispose();
    return logProbabilities.mul(weights).sum().neg();
  };
  // one compiled function a shape: a function that is called with two shapes misbehaves
  const byShape = <F>(compile: () => F) => {
    const compiled = new Map<string, F>();
    return ({ B, T }: Batch): F => {
      const key = `${B}×${T}`;
      if (!compiled.has(key)) compiled.set(key, compile());
      return compiled.get(key)!;
    };
  };
  const gradientFunction = byShape(() => jax.jit(jax.valueAndGrad(objective, { argnums: [0, 1] })));
  const scoreFunction = byShape(() =>
    jax.jit((parameters: Parameters, embedded: JaxArray, targets: JaxArray, segments: JaxArray) =>
      scoreTargets(jax, config, parameters, embedded, targets, segments),
    ),
  );

  const parameterArrays = (): Parameters =>
    Object.fromEntries([...tensors].map(([name, { shape, data }]) => [name, np.array(data).reshape(shape)]));
  const integers = ({ B, T }: Batch, values: Int32Array) =>
    np.array(values, { dtype: np.int32 }).reshape([B, T]);

  const width = config.hidden_size;
  const embed = ({ B, T, tokens }: Batch): JaxArray => {
    const { data } = tensors.get(embeddingName)!;
    const embedded = new Float32Array(B * T * width);
    tokens.forEach((token, i) => {
      embedded.set(data.subarray(token * width, (token + 1) * width), i * width);
    });
    return np.array(embedded).reshape([B, T, width]);
  };

  /** Adds a batch's gradients to `gradients` and returns its weighted negative log-likelihood. */
  const accumulate = (batch: Batch, gradients: Map<string, Float32Array>): number => {
    const { B, T, tokens, targets, segments, weights } = batch;
    const [loss, [parameterGradients, embeddedGradient]] = gradientFunction(batch)(
      parameterArrays(),
      embed(batch),
      integers(batch, targets),
      integers(batch, segments),
      np.array(weights).reshape([B, T]),
    ) as unknown as [JaxArray, [Parameters, JaxArray]];
    for (const [name, array] of Object.entries(parameterGradients)) {
      const part = array.dataSync() as Float32Array;
      const sum = gradients.get(name);
      if (sum === undefined) gradients.set(name, part);
      else part.forEach((value, i) => (sum[i] = sum[i]! + value));
    }
    const lookedUp = embeddedGradient.dataSync() as Float32Array;
    const embeddingGradient = gradients.get(embeddingName)!;
    for (let i = 0; i < tokens.length; i++) {
      const row = tokens[i]! * width;
      for (let j = 0; j < width; j++) embeddingGradient[row + j]! += lookedUp[i * width + j]!;
    }
    return loss.dataSync()[0]!;
  };

  return {
    tensors,
    adam,
    step(batches, learningRate, normalizer) {
      const gradients = new Map<string, Float32Array>();
      let total = 0;
      let learned = 0;
      for (const batch of batches) {
        total += accumulate(batch, gradients);
        for (const weight of batch.weights) learned += weight;
      }
      const scale = 1 / (normalizer ?? learned);
      const gradientNorm = adamUpdate(tensors, gradients, adam, { learningRate }, scale);
      return { loss: total * scale, gradientNorm };
    },
    score(batch) {
      const { logProbabilities, best } = scoreFunction(batch)(
        parameterArrays(),
        embed(batch),
        integers(batch, batch.targets),
        integers(batch, batch.segments),
      ) as unknown as { logProbabilities: JaxArray; best: JaxArray };
      return {
        logProbabilities: logProbabilities.dataSync() as Float32Array,
        best: best.dataSync() as Float32Array,
      };
    },
  };
}
