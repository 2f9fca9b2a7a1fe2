import type { FinetuneReport } from "../../finetune/report.ts";
import { sparkline } from "../terminal/sparkline.ts";
import { table } from "../terminal/table.ts";
import { duration } from "../terminal/status.ts";
import { percent, percentWithError } from "./numbers.ts";

/** What training changed, as rows: weights by what they are worth on held-out questions. */
export function finetuneRows({ measured }: Pick<FinetuneReport, "measured">): string[][] {
  return [
    ["weights", "greedy %", "sampled %", "reason %", "tokens"],
    ...measured.map(({ name, greedy, sampled, sampledError, reasons, length }) => [
      name,
      percent(greedy),
      sampled === null ? "–" : percentWithError(sampled, sampledError),
      percent(reasons),
      length.toFixed(1),
    ]),
  ];
}

/** The result of `cot finetune` for a person. */
export function finetuneText(report: FinetuneReport, color: boolean): string {
  const [head, ...rows] = finetuneRows(report);
  const { questions, measured, steps, bestStep, seconds, curve, method } = report;
  const samples = measured[0]?.samples ?? 0;
  const values = curve.map(({ value }) => value);
  const lines = [
    `${questions.heldOut} held-out questions; greedy, and ${samples} samples each at temperature 1`,
    `${method === "supervised" ? "loss  " : "reward"} ${sparkline(values)} ${range(values)}`,
  ];
  if (method === "reinforcement") {
    const reasons = curve.map((point) => point.reasons ?? 0);
    const lengths = curve.map((point) => point.length ?? 0);
    lines.push(
      `reason ${sparkline(reasons)} ${range(reasons)}`,
      `tokens ${sparkline(lengths)} ${range(lengths)}`,
    );
  }
  const kept = bestStep === steps ? "" : `, best at ${bestStep}`;
  lines.push(`${steps} steps${kept}, ${duration(seconds * 1000)}`);
  return `${table(head!, rows, color)}\n${lines.join("\n")}\n`;
}

function range(values: readonly number[]): string {
  const digits = Math.max(...values) < 10 ? 2 : 0;
  return values.length === 0 ? "" : `${values[0]!.toFixed(digits)} → ${values.at(-1)!.toFixed(digits)}`;
}
