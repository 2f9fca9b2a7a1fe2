import type { Optimization } from "../../optimize/run.ts";
import type { Test } from "../../optimize/paired-test.ts";
import { percent, points, pValue } from "./numbers.ts";

const bars = "▁▂▃▄▅▆▇█";

/** A curve in one line; the lowest value is the lowest bar. */
export function sparkline(values: readonly number[]): string {
  const low = Math.min(...values);
  const range = Math.max(...values) - low || 1;
  return values.map((value) => bars[Math.round(((value - low) / range) * (bars.length - 1))]).join("");
}

/** The outcome for a person. */
export function optimizeText(title: string, optimization: Optimization): string {
  const { verdict, reason, test, gold, setting, rollouts, requests } = optimization;
  const curve = optimization.curve.flatMap(({ reward, step }) =>
    reward === null || step === "test" ? [] : [reward],
  );
  return [
    `${title}: ${verdict} – ${reason}`,
    `policy     ${setting}`,
    ...(test ? [`reward     ${testLine(test)}`] : []),
    ...(gold ? [`accuracy   ${testLine(gold)}`] : []),
    ...(verdict === "kept-initial" ? [] : [`claim      ${claimText(optimization)}`]),
    ...(curve.length > 1
      ? [`learning   ${sparkline(curve)} ${percent(curve[0]!)} → ${percent(curve.at(-1)!)}`]
      : []),
    `spent      ${String(rollouts)} rollouts, ${String(requests)} completions`,
  ]
    .map((line) => `${line}\n`)
    .join("");
}

/** What a verdict answers for, in words. */
export function claimText({
  verdict,
  claim,
  test,
}: Pick<Optimization, "verdict" | "claim" | "test">): string {
  if (verdict === "proven")
    return `${points(claim)}: what was observed, less the luck that being proven may take`;
  const [low] = test?.ci95 ?? [0];
  return `no gain is proven${low < 0 ? `; it may be as low as ${points(low)}` : ""}`;
}

function testLine({ initial, winner, gain, ci95: [low, high], p, questions, unjudged }: Test): string {
  return (
    `${percent(initial)} → ${percent(winner)} (${points(gain)} [${points(low)}, ${points(high)}], ${pValue(p)}) ` +
    `on ${String(questions)} questions held back${unjudged === undefined ? "" : `; ${String(unjudged)} more could not be judged`}`
  );
}
