import type { CurvePoint } from "../report.ts";

/** A number of a metrics event or a row of results, under any of the names that endpoints use. */
function pick(fields: Record<string, unknown>, ...names: string[]): number | undefined {
  for (const name of names) {
    const value = fields[name];
    if (value !== undefined && value !== null && value !== "" && Number.isFinite(Number(value)))
      return Number(value);
  }
  return undefined;
}

/** A point of the curve, where the figures hold one. */
export function curvePoint(fields: Record<string, unknown>): CurvePoint | undefined {
  const step = pick(fields, "step");
  const value = pick(fields, "train_loss", "training_loss", "loss");
  return step === undefined || value === undefined ? undefined : { step, value };
}

/** The curve in a file of results: CSV with `step` and `train_loss`; OpenAI sends it in base64. */
export function readResults(content: string): CurvePoint[] {
  const text = /^[\w ",.]*step/.test(content) ? content : Buffer.from(content, "base64").toString("utf8");
  const [head = "", ...lines] = text.trim().split(/\r?\n/);
  const names = head.split(",").map((name) => name.trim());
  return lines.flatMap((line) => {
    const cells = line.split(",");
    return curvePoint(Object.fromEntries(names.map((name, i) => [name, cells[i]]))) ?? [];
  });
}
