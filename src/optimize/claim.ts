import { mean, z95 } from "../eval/statistics.ts";
import { cumulativeNormal } from "./search/normal.ts";

/**
 * The gain that a test answers for. What was observed is too high on average, because only luck upwards gets a winner
 * shipped. Where the gain is proven, the claim is its median-unbiased estimate given that it had to be significant
 * (inference after selection, as in Zhong and Prentice 2008): what was observed where there was no doubt, less the
 * narrower it was, never below the lower end of the 95 % interval. Where it is not proven, no gain is claimed, but that
 * lower end: how bad it may be. Over many tests that is too much by a hundredth of a standard error at most, whatever
 * the true gain.
 * @param differences of reward, the winner's less the initial policy's, one a question
 */
export function claimedGain(differences: readonly number[], proven: boolean): number {
  const observed = mean(differences);
  // spread about zero, as under the null hypothesis: also where all questions agree there is some
  const error = Math.sqrt(differences.reduce((sum, one) => sum + one ** 2, 0)) / differences.length;
  const lowest = observed - z95 * error;
  if (!proven) return Math.min(0, lowest);
  const significant = z95 * error;
  /** The chance to observe more than was, among tests that come out significant. */
  const moreThanObserved = (gain: number): number =>
    cumulativeNormal((gain - observed) / error) / cumulativeNormal((gain - significant) / error);
  let [low, high] = [lowest, observed];
  for (let halving = 0; halving < 40; halving++) {
    const middle = (low + high) / 2;
    if (moreThanObserved(middle) < 0.5) low = middle;
    else high = middle;
  }
  return low;
}
