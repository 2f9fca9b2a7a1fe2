import { mcNemarPower } from "./power.ts";

/** Requests a phase, at most; settled before the first is sent. */
export interface Plan {
  /** Is there anything to gain? */
  headroom: number;
  search: number;
  /** Proposals of the reflection model. */
  reflection: number;
  /** The best candidates against each other and the initial policy. */
  choose: number;
  test: number;
  /** Pairs that the test has at least; requests that are left over make more of them. */
  testQuestions: number;
}

export interface PlanOptions {
  /** Requests in all. */
  requests: number;
  /** Questions held back for the test. */
  testQuestions: number;
  /** Requests of one rollout of the initial policy, and of the dearest setting. */
  initialCost?: number;
  highestCost?: number;
  /** Proposals to ask for, at most. */
  proposals?: number;
}

/** Shares of the budget; a test that can prove something is worth more than a longer search. */
const shares = { headroom: 0.1, choose: 0.15, test: 0.25, reflection: 0.04 };

/** Where the budget goes. */
export function planBudget(options: PlanOptions): Plan {
  const { requests, testQuestions, initialCost = 1, highestCost = 1, proposals = 0 } = options;
  const pair = initialCost + highestCost;
  const pairs = Math.min(testQuestions, Math.floor((requests * shares.test) / pair));
  const headroom = Math.floor(requests * shares.headroom);
  const choose = Math.floor(requests * shares.choose);
  const reflection = Math.min(proposals, Math.floor(requests * shares.reflection));
  const test = pairs * pair;
  const search = requests - headroom - choose - reflection - test;
  return { headroom, search, reflection, choose, test, testQuestions: pairs };
}

/** The share of the questions on which two policies of equal worth differ by luck. */
const luck = 0.15;

/** How likely gains of 5, 10 and 20 points are to be proven by a test of so many pairs. */
export function powerTable(pairs: number): { gain: number; power: number }[] {
  return [0.05, 0.1, 0.2].map((gain) => ({ gain, power: mcNemarPower(pairs, gain, gain + luck) }));
}
