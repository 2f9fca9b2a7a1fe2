import type { Random } from "../../../random.ts";
import type { Problem } from "../problems.ts";
import { operationsOf } from "./expression.ts";
import type { Draft } from "./drafts.ts";
import type { FamilyName } from "./families.ts";
import { familyTable } from "./families.ts";
import {
  isCombination,
  isFact,
  isHeldOut,
  isHeldOutWording,
  operationKey,
  shownOperations,
} from "./heldout.ts";
import { estimateTokens, longestAnswer } from "./limits.ts";
import type { Mixture, MixtureName } from "./mixtures.ts";
import { mixtures } from "./mixtures.ts";
import { solve } from "./steps/solve.ts";
import { ruffle } from "./writing.ts";

export type { Problem } from "../problems.ts";
export type { FamilyName } from "./families.ts";
export { shownOperations } from "./heldout.ts";

export type { MixtureName } from "./mixtures.ts";
export { mixtures } from "./mixtures.ts";

export interface ProblemOptions {
  /**
   * `train` (the default) asks for no held-out operation in no held-out wording. `heldout` asks for held-out
   * operations only, facts aside, and its wording is held out wherever it is long enough to be.
   */
  split?: "train" | "heldout";
  /** Draw from these alone, as often as the mixture has it (equally often those that it lacks). */
  families?: readonly string[];
  /** Default `main`. */
  mixture?: MixtureName;
}

/** Every family's name. `fact` has nothing to hold out: the `heldout` split leaves it out. */
export const families = Object.keys(familyTable) as FamilyName[];

/** One problem more: an endless stream, the same for the same random source. */
export function generateProblem(random: Random, options: ProblemOptions = {}): Problem {
  const { split = "train", mixture = "main" } = options;
  const chosen: Mixture = mixtures[mixture];
  const family = drawFamily(random, weigh(chosen, split, options.families));
  for (;;) {
    const draft = familyTable[family](random);
    if (draft === undefined || !belongsTo(split, draft)) continue;
    const problem = write(random, family, draft, split);
    if (problem === undefined || (split === "train" && showsOff(problem))) continue;
    return random() < chosen.reasoned ? problem : { ...problem, reasoning: "" };
  }
}

function write(
  random: Random,
  family: FamilyName,
  draft: Draft,
  split: "train" | "heldout",
): Problem | undefined {
  const operations = draft.expression === undefined ? [] : keysOf(draft);
  const question = ruffle(random, draft.write());
  if (draft.outside || draft.expression === undefined)
    return { family, question, reasoning: "", answer: "", operations };
  const solution = solve(draft.expression, draft.asked, split === "train" ? random : undefined);
  if (estimateTokens(solution.reasoning) > longestAnswer) return undefined;
  return { family, question, ...solution, operations };
}

function keysOf(draft: Draft): string[] {
  return operationsOf(draft.expression!).map(({ operator, left, right }) =>
    operationKey(operator, left, right),
  );
}

function belongsTo(split: "train" | "heldout", draft: Draft): boolean {
  const operations = draft.expression === undefined ? [] : operationsOf(draft.expression);
  const heldOut = ({ operator, left, right }: (typeof operations)[number]) =>
    isHeldOut(operator, left, right);
  if (split === "train") return !operations.some(heldOut) && !isHeldOutWording(draft.wording);
  if (isCombination(draft.wording) && !isHeldOutWording(draft.wording)) return false;
  if (draft.outside) return true;
  const asked = operations.filter(({ left, right }) => !isFact(left, right));
  return asked.length > 0 && asked.every(heldOut);
}

const shownNumbers = shownOperations.map((key) => key.slice(key.indexOf(":") + 1).split(","));

/** A refused question with the numbers of a shown one, whatever it does with them. */
function showsOff({ family, question }: Problem): boolean {
  if (family !== "outside") return false;
  const numbers = new Set(question.match(/\d+/g));
  return shownNumbers.some((pair) => pair.every((number) => numbers.has(number)));
}

type Weights = readonly (readonly [FamilyName, number])[];

function weigh(
  { weights }: Mixture,
  split: "train" | "heldout",
  only: readonly string[] | undefined,
): Weights {
  const named = weights as Partial<Record<FamilyName, number>>;
  const unknown = only?.find((name) => !families.includes(name as FamilyName));
  if (unknown !== undefined) throw new RangeError(`no family of problems is called ${unknown}`);
  return families
    .filter((name) => (only === undefined ? named[name] !== undefined : only.includes(name)))
    .filter((name) => split === "train" || name !== "fact")
    .map((name) => [name, named[name] ?? 1] as const);
}

function drawFamily(random: Random, weights: Weights): FamilyName {
  let rest = random() * weights.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of weights) {
    rest -= weight;
    if (rest < 0) return name;
  }
  return weights.at(-1)![0];
}
