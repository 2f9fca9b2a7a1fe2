/**
 * How sure a measured difference is. After Miller 2024, "Adding Error Bars to Evals" (arXiv:2411.00640): samples of
 * one question are not independent, so errors are clustered by question, and two settings are compared on the same
 * questions, paired. Deviation: clusters weigh the same whatever their number of samples, and the variance has the
 * small-sample correction C/(C−1).
 */
export interface Estimate {
  mean: number;
  /** NaN with fewer than two clusters. */
  stderr: number;
  /** 95 %: mean ± 1.96 standard errors, not clipped. */
  ci95: [number, number];
}

/** The normal quantile of a 95 % interval. */
export const z95 = 1.96;

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** @param clusters one list of scores a question, none of them empty */
export function clusteredEstimate(clusters: readonly (readonly number[])[]): Estimate {
  return estimate(clusters.map(mean));
}

/**
 * The mean of b − a over the same questions, and its error.
 * @param a one list of scores a question
 * @param b the same questions in the same order; the number of samples may differ
 */
export function pairedEstimate(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
): Estimate {
  return estimate(pairedDifferences(a, b));
}

/** The difference b − a of the mean scores of each question. */
export function pairedDifferences(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
): number[] {
  if (a.length !== b.length) throw new RangeError(`paired over ${a.length} and ${b.length} questions`);
  return a.map((scores, i) => mean(b[i]!) - mean(scores));
}

function estimate(values: readonly number[]): Estimate {
  const center = mean(values);
  const count = values.length;
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  const stderr = count < 2 ? Number.NaN : Math.sqrt((count / (count - 1)) * squares) / count;
  return { mean: center, stderr, ci95: [center - z95 * stderr, center + z95 * stderr] };
}

/**
 * The exact two-sided sign test: the probability that a fair coin is at least as one-sided. Ties are left out before.
 * With the discordant counts of two classifiers this is McNemar's exact test.
 */
export function signTest(wins: number, losses: number): number {
  const trials = wins + losses;
  const fewer = Math.min(wins, losses);
  if (trials === 0 || fewer * 2 === trials) return 1;
  let tail = 0;
  for (let successes = 0; successes <= fewer; successes++) tail += fairCoin(trials, successes);
  return Math.min(1, 2 * tail);
}

/** The sign test over questions: who is better on more of them, by how much does not matter. */
export function signTestOf(differences: readonly number[]): number {
  const wins = differences.filter((difference) => difference > rounding).length;
  const losses = differences.filter((difference) => difference < -rounding).length;
  return signTest(wins, losses);
}

/** Means of the same scores in another order differ by less. */
const rounding = 1e-12;

/** Wilson's score interval of a proportion (Wilson 1927): sound for few trials and near 0 and 1. */
export function wilsonInterval(successes: number, trials: number, z = z95): [number, number] {
  if (trials === 0) return [0, 1];
  const share = successes / trials;
  const shrink = 1 + z ** 2 / trials;
  const center = (share + z ** 2 / (2 * trials)) / shrink;
  const half = (z / shrink) * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  return [Math.max(0, center - half), Math.min(1, center + half)];
}

/**
 * pass@k, unbiased: the probability that at least one of k samples drawn from n, of which c are right, is right;
 * 1 − C(n−c, k)/C(n, k) (Chen et al. 2021, arXiv:2107.03374), as a product that cannot overflow.
 */
export function passAtK(n: number, c: number, k: number): number {
  if (k > n) throw new RangeError(`pass@${k} of ${n} samples`);
  if (n - c < k) return 1;
  let allWrong = 1;
  for (let i = n - c + 1; i <= n; i++) allWrong *= 1 - k / i;
  return 1 - allWrong;
}

/** The probability of so many heads of a fair coin. A power of two scales exactly, as long as nothing overflows. */
function fairCoin(trials: number, heads: number): number {
  let ways = 1;
  for (let i = 1; i <= heads; i++) ways = (ways * (trials - heads + i)) / i;
  if (trials <= 1000) return ways * 0.5 ** trials;
  let log = -trials * Math.LN2;
  for (let i = 1; i <= heads; i++) log += Math.log(trials - heads + i) - Math.log(i);
  return Math.exp(log);
}
