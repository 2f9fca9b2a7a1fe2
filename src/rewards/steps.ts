import { checkSteps } from "../grading/steps.ts";
import { fullText } from "../reasoning/sample.ts";
import type { Reward } from "./reward.ts";

/** The share of the equations in the sample that hold, evaluated exactly; null where there is none. */
export const steps: Reward = (sample) => {
  const checks = sample.checks ?? checkSteps(fullText(sample));
  return checks.length === 0 ? null : checks.filter((check) => check.ok).length / checks.length;
};
