import type { Random } from "../../../random.ts";
import type { Problem } from "../problems.ts";

export interface ProblemOptions {
  /** `train` never asks for a held-out operation or wording; `heldout` asks for nothing else. Default `train`. */
  split?: "train" | "heldout";
  /** Draw from these alone, equally often unless `mixture` weighs them. Default: all of the mixture. */
  families?: readonly string[];
  /** A name of `mixtures`; default `main`. */
  mixture?: MixtureName;
}

export type MixtureName = "main" | "base";

/** One problem more: an endless stream, the same for the same random source. */
export function generateProblem(random: Random, options: ProblemOptions = {}): Problem {
  void options;
  const a = Math.floor(random() * 90) + 10;
  return { family: "sum", question: `${a}+1`, reasoning: `${a}+1=${a + 1}`, answer: `${a + 1}`, operations: [] };
}
