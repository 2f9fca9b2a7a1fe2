import { shingles, similarity } from "../shingles.ts";

/** Which of a question's accepted traces are kept. */
export type Selection = "shortest" | "diverse" | "all";

export interface Candidate {
  /** Index among the question's samples. */
  index: number;
  /** Reasoning and answer. */
  text: string;
  /** Completion tokens, or an estimate. */
  tokens: number;
}

/**
 * Chooses among the accepted traces of one question: the shortest; the most unlike one another (the shortest first,
 * then each time the one least similar to those chosen, and a single one for a question that is always solved, so
 * that easy questions do not crowd out hard ones); or all.
 *
 * Balance of difficulty: drawing until `keep` are verified asks hard questions more often, and gives each as many traces
 * as an easy one has (uniform, as in DART-Math, Tong et al. 2024). `shortest` keeps to that: of an always solved
 * question it takes no fewer, since two right answers of two say little about how easy it is. `all` takes what is asked
 * of it. The pass rates stand in the manifest and on the data card.
 * @param passRate the share of the question's samples that were accepted, 0..1
 * @returns the kept candidates' indexes
 */
export function selectTraces(
  candidates: readonly Candidate[],
  how: Selection,
  keep: number,
  passRate: number,
): number[] {
  const byLength = [...candidates].sort((a, b) => a.tokens - b.tokens || a.index - b.index);
  if (how === "all") return byLength.map(({ index }) => index);
  if (how === "shortest") return byLength.slice(0, keep).map(({ index }) => index);
  const count = passRate === 1 ? 1 : keep;
  const sets = new Map(byLength.map((one) => [one, shingles(one.text, 3)]));
  const chosen = byLength.slice(0, 1);
  while (chosen.length < Math.min(count, byLength.length)) {
    const rest = byLength.filter((one) => !chosen.includes(one));
    const likeness = (one: Candidate) =>
      Math.max(...chosen.map((other) => similarity(sets.get(one)!, sets.get(other)!)));
    chosen.push(rest.reduce((best, one) => (likeness(one) < likeness(best) ? one : best)));
  }
  return chosen.map(({ index }) => index);
}
