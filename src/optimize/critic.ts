import { cholesky, solveLower, solveUpper } from "./linear.ts";
import type { Factor, Setting } from "./space.ts";

/**
 * What each level is worth, and each pair of levels, learned from group-relative rewards: Bayesian linear regression
 * of a rollout's advantage (its reward less its group's mean) on its levels, less the group's mean levels. Crediting
 * levels together, rather than each by its own score, keeps a level from being praised for its company; the pairs
 * let it see that two levels only help together. Ridge priors shrink what has been tried little towards "no effect".
 */
export interface Critic {
  /** Adds one group: rollouts of different settings on the same question. Groups without spread teach nothing. */
  observe(settings: readonly Setting[], rewards: readonly number[]): void;
  /** The fitted worth of settings, relative to one another. */
  fit(): Fit;
}

export interface Fit {
  /** Posterior mean of the difference in reward to the initial setting. */
  mean(setting: Setting): number;
  /** Posterior standard deviation of that difference. */
  deviation(setting: Setting): number;
  /** One draw of the worth of all settings from the posterior. */
  draw(normal: () => number): (setting: Setting) => number;
}

/** Prior standard deviations (main effects, pairs) among which the marginal likelihood chooses. */
const PRIORS: readonly (readonly [main: number, pair: number])[] = [
  [0.03, 0.01],
  [0.12, 0.01],
  [0.12, 0.05],
  [0.06, 0.08],
  [0.25, 0.12],
];

export function createCritic(factors: readonly Factor[]): Critic {
  const features = featureIndex(factors);
  const size = features.size;
  const gram = new Float64Array(size * size);
  const moment = new Float64Array(size);
  let rows = 0;
  let squares = 0;

  function observe(settings: readonly Setting[], rewards: readonly number[]): void {
    const mean = rewards.reduce((a, b) => a + b, 0) / rewards.length;
    if (rewards.every((reward) => reward === mean)) return;
    const centre = new Float64Array(size);
    for (const setting of settings) for (const at of features.of(setting)) centre[at]! += 1 / settings.length;
    settings.forEach((setting, i) => {
      const row = centre.map((value) => -value);
      for (const at of features.of(setting)) row[at]! += 1;
      const advantage = rewards[i]! - mean;
      const present: number[] = [];
      for (let at = 0; at < size; at++) if (row[at] !== 0) present.push(at);
      for (const a of present) {
        moment[a]! += row[a]! * advantage;
        for (const b of present) if (b <= a) gram[a * size + b]! += row[a]! * row[b]!;
      }
      squares += advantage * advantage;
      rows++;
    });
  }

  function fit(): Fit {
    const noise = rows === 0 ? 0.25 : Math.max(squares / rows, 1e-4);
    let best: { evidence: number; lower: Float64Array; weights: Float64Array } | undefined;
    for (const [main, pair] of PRIORS) {
      const precision = new Float64Array(size * size);
      let logPrior = 0;
      for (let a = 0; a < size; a++) {
        for (let b = 0; b <= a; b++) precision[a * size + b] = gram[a * size + b]! / noise;
        const prior = (features.isPair(a) ? pair : main) ** -2;
        precision[a * size + a]! += prior;
        logPrior += Math.log(prior);
      }
      const lower = cholesky(precision, size);
      const half = solveLower(
        lower,
        moment.map((value) => value / noise),
      );
      let logDeterminant = 0;
      for (let a = 0; a < size; a++) logDeterminant += 2 * Math.log(lower[a * size + a]!);
      const evidence =
        0.5 * (logPrior - logDeterminant + half.reduce((total, value) => total + value * value, 0));
      if (!best || evidence > best.evidence) best = { evidence, lower, weights: solveUpper(lower, half) };
    }
    const { lower, weights } = best!;
    const initial = features.of(factors.map(() => 0));
    const worth = (values: Float64Array, setting: Setting) => {
      let total = 0;
      for (const at of features.of(setting)) total += values[at]!;
      for (const at of initial) total -= values[at]!;
      return total;
    };
    return {
      mean: (setting) => worth(weights, setting),
      deviation(setting) {
        const row = new Float64Array(size);
        for (const at of features.of(setting)) row[at]! += 1;
        for (const at of initial) row[at]! -= 1;
        return Math.sqrt(solveLower(lower, row).reduce((total, value) => total + value * value, 0));
      },
      draw(normal) {
        const noiseDraw = solveUpper(lower, Float64Array.from({ length: size }, normal));
        const values = weights.map((value, at) => value + noiseDraw[at]!);
        return (setting) => worth(values, setting);
      },
    };
  }

  return { observe, fit };
}

/** One feature a level, and one for each pair of levels of two factors. */
function featureIndex(factors: readonly Factor[]) {
  let size = 0;
  const mains = factors.map((factor) => {
    const start = size;
    size += factor.levels;
    return start;
  });
  const firstPair = size;
  const pairs = factors.map((a, i) =>
    factors.map((b, j) => {
      if (j <= i) return -1;
      const start = size;
      size += a.levels * b.levels;
      return start;
    }),
  );
  return {
    size,
    isPair: (at: number) => at >= firstPair,
    of(setting: Setting): number[] {
      const at: number[] = [];
      for (let i = 0; i < factors.length; i++) {
        at.push(mains[i]! + setting[i]!);
        for (let j = i + 1; j < factors.length; j++)
          at.push(pairs[i]![j]! + setting[i]! * factors[j]!.levels + setting[j]!);
      }
      return at;
    },
  };
}
