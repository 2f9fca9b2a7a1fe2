import type { Tensors } from "../safetensors.ts";

export interface AdamState {
  /** Updates made so far. */
  step: number;
  first: Tensors;
  second: Tensors;
}

export interface AdamSettings {
  learningRate: number;
  beta1?: number;
  beta2?: number;
  epsilon?: number;
  /** The gradient's norm over all tensors is cut to this. */
  clip?: number;
}

export function adamState(parameters: Tensors): AdamState {
  const zeros = (): Tensors =>
    new Map(
      [...parameters].map(([name, { shape, data }]) => [
        name,
        { shape, data: new Float32Array(data.length) },
      ]),
    );
  return { step: 0, first: zeros(), second: zeros() };
}

/**
 * One update, in place (Kingma and Ba, Adam, 2015). `scale` multiplies every gradient first.
 * @returns the norm of the scaled gradient before it was cut
 */
export function adamUpdate(
  parameters: Tensors,
  gradients: ReadonlyMap<string, Float32Array>,
  state: AdamState,
  { learningRate, beta1 = 0.9, beta2 = 0.98, epsilon = 1e-8, clip = 1 }: AdamSettings,
  scale = 1,
): number {
  let squares = 0;
  for (const gradient of gradients.values()) for (const value of gradient) squares += value * value;
  const norm = Math.sqrt(squares) * scale;
  const factor = norm > clip ? (scale * clip) / norm : scale;
  state.step++;
  const firstCorrection = 1 / (1 - beta1 ** state.step);
  const secondCorrection = 1 / (1 - beta2 ** state.step);
  for (const [name, { data }] of parameters) {
    const gradient = gradients.get(name)!;
    const first = state.first.get(name)!.data;
    const second = state.second.get(name)!.data;
    for (let i = 0; i < data.length; i++) {
      const g = gradient[i]! * factor;
      first[i] = beta1 * first[i]! + (1 - beta1) * g;
      second[i] = beta2 * second[i]! + (1 - beta2) * g * g;
      data[i] =
        data[i]! -
        (learningRate * first[i]! * firstCorrection) / (Math.sqrt(second[i]! * secondCorrection) + epsilon);
    }
  }
  return norm;
}
