import type { Estimate, PilotForecast, PilotPlan } from "../../distill/pilot/forecast.ts";
import { duration } from "../terminal/status.ts";
import { dollars, percent, whole } from "./numbers.ts";

/** The forecast of a distillation as lines of text. */
export function pilotText(forecast: PilotForecast, plan: PilotPlan): string {
  const { tokens, acceptance, cost, timeMs, totalTokens } = forecast;
  const [low, high] = acceptance.ci95;
  const rows: [string, string][] = [
    ["samples", whole(forecast.samples)],
    [
      "tokens a trace",
      tokens === null ? "not counted" : `mean ${whole(tokens.mean)}, p90 ${whole(tokens.p90)}`,
    ],
    ["verified", `${percent(acceptance.share)} % (95 %: ${percent(low)} to ${percent(high)} %)`],
    ["repeated", `${percent(forecast.repeats)} % of further verified samples say what an earlier one did`],
    ["draws a question", range(forecast.drawsPerQuestion, (value) => value.toFixed(1))],
    ["", ""],
    ["questions in all", whole(plan.questions)],
    ["traces", range(forecast.traces, whole)],
    ["tokens", totalTokens === null ? "not counted" : range(totalTokens, whole)],
    ["cost", cost === null ? "unknown" : range(cost, dollars)],
    ["time", timeMs === null ? "unknown: the replies were in the journal" : range(timeMs, duration)],
  ];
  return rows.map(([name, value]) => `${name.padEnd(17)}  ${value}`.trimEnd() + "\n").join("");
}

function range({ low, expected, high }: Estimate, shown: (value: number) => string): string {
  return `${shown(expected)} (${shown(low)} to ${shown(high)})`;
}
