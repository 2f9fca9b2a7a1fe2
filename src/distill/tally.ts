import { noUsage, sumCost, sumUsage } from "../reasoning/usage.ts";
import type { ExaminedQuestion } from "./examine.ts";
import type { Manifest } from "./output/manifest.ts";
import { passesVote, type VerifyOptions } from "./verify/verify.ts";

/** Sums up a distillation, question by question. */
export interface Tally {
  readonly counts: Manifest["counts"];
  readonly usage: Manifest["usage"];
  /** A question that was not asked, because it stands in an evaluation file. */
  leftOut(): void;
  add(examined: ExaminedQuestion): void;
}

export function createTally(verify?: VerifyOptions): Tally {
  const counts: Manifest["counts"] = {
    questions: 0,
    questionsLeftOut: 0,
    samples: 0,
    accepted: 0,
    kept: 0,
    keptQuestions: 0,
    rejected: {},
    passRates: { never: 0, seldom: 0, often: 0, always: 0 },
    precision: { steps: null, agreement: null },
  };
  let usage = noUsage;
  let cost: number | null = 0;

  const measure = (rule: "steps" | "agreement", right: boolean): void => {
    const measured = (counts.precision[rule] ??= { accepted: 0, right: 0 });
    measured.accepted += 1;
    if (right) measured.right += 1;
  };
  return {
    counts,
    get usage() {
      const { promptTokens, completionTokens } = usage;
      return { promptTokens: promptTokens ?? 0, completionTokens: completionTokens ?? 0, cost };
    },
    leftOut() {
      counts.questionsLeftOut += 1;
    },
    add({ samples, lessons }) {
      counts.questions += 1;
      counts.samples += samples.length;
      let verified = 0;
      for (const { sample, verdicts } of samples) {
        if (verdicts.reason) counts.rejected[verdicts.reason] = (counts.rejected[verdicts.reason] ?? 0) + 1;
        if (verdicts.accepted || afterVerifying.has(verdicts.reason ?? "")) verified += 1;
        usage = sumUsage([usage, sample.usage]);
        cost = sumCost([cost, sample.cost]);
        if (verdicts.gold === null) continue;
        if (verdicts.steps === "passed") measure("steps", verdicts.gold);
        const group = samples.map((one) => one.sample);
        if (passesVote(sample, group, verify)) measure("agreement", verdicts.gold);
      }
      counts.accepted += verified;
      counts.kept += lessons.length;
      if (lessons.length > 0) counts.keptQuestions += 1;
      counts.passRates[passRate(verified, samples.length)] += 1;
    },
  };
}

/** Verified, and left out for another reason. */
const afterVerifying = new Set<string>(["duplicate", "near-duplicate", "contaminated", "not-selected"]);

function passRate(verified: number, samples: number): keyof Manifest["counts"]["passRates"] {
  if (verified === 0) return "never";
  if (verified === samples) return "always";
  return verified * 2 < samples ? "seldom" : "often";
}
