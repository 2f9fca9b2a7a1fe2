import { gradeAnswer } from "../grading/equal.ts";
import type { JsonValue, Sample } from "./result.ts";

/**
 * Self-consistency (Wang et al. 2022, arXiv:2203.11171): the answer that most samples give. Votes are over *equal*
 * answers, not equal strings.
 */
export interface Group {
  /** The form seen first. */
  answer: JsonValue;
  /** Positions in the list of samples, in order. */
  members: number[];
}

/** Samples with equal answers together: the largest group first, then the one seen first. */
export function groupAnswers(samples: readonly Sample[]): Group[] {
  const groups: Group[] = [];
  samples.forEach(({ answer }, position) => {
    if (answer === undefined) return;
    const group = groups.find((candidate) => sameAnswer(answer, candidate.answer));
    if (group) group.members.push(position);
    else groups.push({ answer, members: [position] });
  });
  return groups.sort((a, b) => b.members.length - a.members.length);
}

/** Whether two answers are one vote: text as the grader sees it, JSON by value. */
export function sameAnswer(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true;
  if (typeof a === "string" && typeof b === "string") return gradeAnswer(a, b) === "equal";
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => sameAnswer(item, b[i]!))
    );
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameAnswer(a[key]!, b[key]!))
  );
}

/** When sampling may stop before all samples are taken. */
export interface StopRule {
  /** The share of the answers that the winner must have. */
  minAgreement?: number;
  /** Stop where the leader wins with this probability, although the rest could still change it. */
  confidence?: number;
}

/** @param counts the sizes of the groups, in any order */
export function isDecided(counts: readonly number[], remaining: number, rule: StopRule = {}): boolean {
  if (remaining === 0) return true;
  const [leader = 0, runnerUp = 0] = [...counts].sort((a, b) => b - a);
  const winnerFixed =
    leader > runnerUp + remaining ||
    (rule.confidence !== undefined && leader > 0 && leaderProbability(leader, runnerUp) >= rule.confidence);
  return (
    winnerFixed && (rule.minAgreement === undefined || isVerdictFixed(counts, remaining, rule.minAgreement))
  );
}

/** The fewest further samples that decide the vote if all of them go to the leader: the size of the next round. */
export function nextRound(counts: readonly number[], remaining: number, rule: StopRule = {}): number {
  const [leader = 0, ...others] = [...counts].sort((a, b) => b - a);
  for (let more = 1; more < remaining; more++) {
    if (isDecided([leader + more, ...others], remaining - more, rule)) return more;
  }
  return remaining;
}

/**
 * The probability that the leader is more probable than the runner-up, under a uniform prior over their shares:
 * adaptive consistency's stopping rule (Aggarwal et al. 2023, arXiv:2305.11860). The Beta integral over (1/2, 1] is
 * a binomial tail, summed exactly.
 */
export function leaderProbability(leader: number, runnerUp: number): number {
  const trials = leader + runnerUp + 1;
  let term = 0.5 ** trials;
  let tail = 0;
  for (let successes = 0; successes <= leader; successes++) {
    tail += term;
    term *= (trials - successes) / (successes + 1);
  }
  return tail;
}

/** Whether a vote's winner has the share asked for; a tie never has. */
export function hasAgreement(agreement: number | null, tie: boolean, minimum: number): boolean {
  return agreement !== null && !tie && agreement >= minimum - rounding;
}

/** Remaining samples all for the leader, or all against it: does the verdict stay? */
function isVerdictFixed(counts: readonly number[], remaining: number, minimum: number): boolean {
  const leader = Math.max(0, ...counts);
  const answered = counts.reduce((sum, count) => sum + count, 0);
  const least = leader / (answered + remaining);
  const most = (leader + remaining) / (answered + remaining);
  return least >= minimum - rounding || most < minimum - rounding;
}

/** Shares like 3/5 against 0.6 must not fail by a last bit. */
const rounding = 1e-9;
