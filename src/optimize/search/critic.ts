import { cholesky, solveLower, solveUpper } from "./linear.ts";
import type { Factor, Setting } from "./space.ts";

/**
 * What each level is worth, learned from group-relative rewards: Bayesian linear regression of a rollout's advantage
 * (its reward less its group's mean) on its levels, less the group's mean levels. Crediting levels together, rather than
 * each by its own score, keeps a level from being praised for its company.
 */
export interface Critic {
  /** Adds one group: rollouts of different settings on the same question. Groups without spread teach nothing. */
  observe(settings: readonly Setting[], rewards: readonly number[]): void;
  /** @param factors as they are now; levels may have been added since the observations */
  fit(factors: readonly Factor[]): Fit;
}

export interface Fit {
  /** Posterior mean of each level's worth, a list a factor. */
  levels: number[][];
  /** One draw of each level's worth from the posterior. */
  draw(normal: () => number): number[][];
}

/** Prior standard deviations of a level's effect on the reward, among which the marginal likelihood chooses. */
const PRIORS: readonly number[] = [0.03, 0.08, 0.2];

interface Group {
  settings: readonly Setting[];
  advantages: readonly number[];
}

export function createCritic(): Critic {
  const groups: Group[] = [];
  return {
    observe(settings, rewards) {
      const mean = rewards.reduce((a, b) => a + b, 0) / rewards.length;
      if (rewards.every((reward) => reward === mean)) return;
      groups.push({ settings, advantages: rewards.map((reward) => reward - mean) });
    },
    fit: (factors) => fitGroups(groups, factors),
  };
}

function fitGroups(groups: readonly Group[], factors: readonly Factor[]): Fit {
  const starts = factors.map((_, i) => factors.slice(0, i).reduce((total, { levels }) => total + levels, 0));
  const size = starts.at(-1)! + factors.at(-1)!.levels;
  const gram = new Float64Array(size * size);
  const moment = new Float64Array(size);
  let rows = 0;
  let squares = 0;
  for (const { settings, advantages } of groups) {
    const centre = new Float64Array(size);
    for (const setting of settings)
      setting.forEach((level, i) => (centre[starts[i]! + level]! += 1 / settings.length));
    settings.forEach((setting, rollout) => {
      const row = centre.map((value) => -value);
      setting.forEach((level, i) => (row[starts[i]! + level]! += 1));
      const advantage = advantages[rollout]!;
      for (let a = 0; a < size; a++) {
        if (row[a] === 0) continue;
        moment[a]! += row[a]! * advantage;
        for (let b = 0; b <= a; b++) gram[a * size + b]! += row[a]! * row[b]!;
      }
      squares += advantage * advantage;
      rows++;
    });
  }
  const noise = rows === 0 ? 0.25 : Math.max(squares / rows, 1e-4);
  const posteriors = PRIORS.map((prior) => posterior(gram, moment, noise, prior));
  const { lower, weights } = posteriors.reduce((best, one) => (one.evidence > best.evidence ? one : best));
  const byFactor = (values: Float64Array) =>
    factors.map(({ levels }, i) => [...values.subarray(starts[i], starts[i]! + levels)]);
  return {
    levels: byFactor(weights),
    draw(normal) {
      const deviation = solveUpper(lower, Float64Array.from({ length: size }, normal));
      return byFactor(weights.map((value, at) => value + deviation[at]!));
    },
  };
}

/** Ridge regression as a Gaussian posterior, with the part of its log evidence that depends on the prior. */
function posterior(gram: Float64Array, moment: Float64Array, noise: number, prior: number) {
  const size = moment.length;
  const precision = gram.map((value) => value / noise);
  for (let a = 0; a < size; a++) precision[a * size + a]! += prior ** -2;
  const lower = cholesky(precision, size);
  const half = solveLower(
    lower,
    moment.map((value) => value / noise),
  );
  let evidence = 0.5 * half.reduce((total, value) => total + value * value, 0);
  for (let a = 0; a < size; a++) evidence -= Math.log(lower[a * size + a]! * prior);
  return { evidence, lower, weights: solveUpper(lower, half) };
}
