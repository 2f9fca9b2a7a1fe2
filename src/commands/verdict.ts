import { answerText } from "../output/formats/answer-text.ts";
import type { AskOptions } from "../reasoning/options.ts";
import { hasAgreement } from "../reasoning/vote.ts";
import type { Result } from "../reasoning/result.ts";

/** Whether an answered question misses what was asked of it (exit 1), and why, said. */
export function verdictMissed(
  result: Result,
  { minAgreement }: Pick<AskOptions, "minAgreement">,
  expected: string | undefined,
  note: (text: string) => void,
): boolean {
  let missed = false;
  if (expected !== undefined && result.correct !== true) {
    const verdict = result.correct === false ? "differs from" : "cannot be compared with";
    note(`the answer ${answerText(result) ?? ""} ${verdict} the expected ${expected}`);
    missed = true;
  }
  if (minAgreement !== undefined && !hasAgreement(result.agreement, result.tie, minAgreement)) {
    note(
      `agreement ${percent(result.agreement)}${result.tie ? ", a tie," : ""} is under ${percent(minAgreement)}`,
    );
    missed = true;
  }
  return missed;
}

/** `80 %` of 0.8. */
export function percent(fraction: number | null): string {
  return `${Math.round((fraction ?? 0) * 100)} %`;
}
