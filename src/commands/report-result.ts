import { answerText } from "../output/formats/answer-text.ts";
import { safeLine } from "../output/terminal/safe.ts";
import type { AskOptions } from "../reasoning/options.ts";
import type { JsonValue, Result } from "../reasoning/result.ts";
import { counted } from "./counted.ts";
import { percent } from "./verdict.ts";

/** Says on stderr what vote, check and refining found. */
export function reportResult(
  result: Result,
  options: Pick<AskOptions, "samples" | "check" | "refineRounds">,
  note: (text: string) => void,
): void {
  if ((options.samples ?? 1) > 1) note(tally(result));
  if (result.checks !== undefined && options.check === true)
    for (const line of checkLines(result)) note(line);
  if (result.refined !== undefined) note(refinedLine(result));
}

function tally(result: Result): string {
  const votes = result.votes.map(({ answer, count }) => `${shown(answer, result)} ×${count}`).join(", ");
  const taken = result.samples.length;
  const silent = taken - result.votes.reduce((sum, { count }) => sum + count, 0);
  const rest = silent > 0 ? `, ${silent} without an answer` : "";
  return `votes of ${taken} samples: ${votes}${rest}; agreement ${percent(result.agreement)}${result.tie ? ", a tie" : ""}`;
}

function checkLines({ checks = [] }: Result): string[] {
  const wrong = checks.filter((check) => !check.ok);
  const right = checks.length - wrong.length;
  if (checks.length === 0) return ["checked: no equation found"];
  return [
    `checked: ${right} of ${checks.length} equations right`,
    ...wrong.map(
      ({ step, expected }) =>
        `  wrong: ${safeLine(step)}${expected === undefined ? "" : ` (it is ${expected})`}`,
    ),
  ];
}

function refinedLine(result: Result): string {
  const { rounds, changed, from } = result.refined!;
  const times = counted(rounds, "round");
  const old = from === null ? "no answer" : shown(from, result);
  return changed
    ? `refined in ${times}: ${old} became ${shown(result.answer ?? null, result)}`
    : `refined in ${times}: ${old} stays`;
}

function shown(answer: JsonValue, { anchor }: Pick<Result, "anchor">): string {
  return safeLine(answerText({ answer, ...(anchor === undefined ? {} : { anchor }) }) ?? "");
}
