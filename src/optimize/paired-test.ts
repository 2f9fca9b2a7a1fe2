import { mean, pairedDifferences, signTestOf, z95 } from "../eval/statistics.ts";

/** The initial policy against the winner on questions that neither has seen. */
export interface Test {
  /** Mean rewards. */
  initial: number;
  winner: number;
  gain: number;
  ci95: [number, number];
  /** The exact two-sided sign test over questions, which is McNemar's where rewards are right or wrong. */
  p: number;
  questions: number;
  /** Further questions, on which one of them could not be judged. */
  unjudged?: number;
}

/** @param pairs the scores of the initial policy and of the winner, a pair of lists a question; none empty */
export function pairedTest(pairs: readonly (readonly [readonly number[], readonly number[]])[]): Test {
  const differences = pairedDifferences(
    pairs.map(([a]) => a),
    pairs.map(([, b]) => b),
  );
  return {
    initial: mean(pairs.map(([a]) => mean(a))),
    winner: mean(pairs.map(([, b]) => mean(b))),
    gain: mean(differences),
    ci95: adjustedInterval(differences),
    p: signTestOf(differences),
    questions: pairs.length,
  };
}

/**
 * The adjusted Wald interval of a paired difference, at 95 % (Bonett and Price 2012): as if two questions more had been
 * asked, on which the most that was gained or lost anywhere was gained once and lost once. The plain interval is too sure
 * on few questions, and has no width at all where they agree.
 */
function adjustedInterval(differences: readonly number[]): [number, number] {
  const most = Math.max(...differences.map(Math.abs));
  const adjusted = [...differences, most, -most];
  const center = mean(adjusted);
  const error = Math.sqrt(mean(adjusted.map((one) => (one - center) ** 2)) / adjusted.length);
  return [Math.max(-most, center - z95 * error), Math.min(most, center + z95 * error)];
}
