import type { Manifest } from "../../distill/output/manifest.ts";
import type { WaterfallRow } from "../../distill/waterfall.ts";
import { table } from "../terminal/table.ts";
import { percent, whole } from "./numbers.ts";

/** From all samples to those that are kept, a line a rule. */
export function waterfallTable(samples: number, rows: readonly WaterfallRow[], color: boolean): string {
  const cells = rows.map(({ label, taken, left }): [string, number, number] => [label, -taken, left]);
  return table(["", "taken", "left"], [["samples", 0, samples], ...cells], color);
}

/** How often the rules that need no right answer were right, on the questions that have one; a line a rule. */
export function precisionLines({ precision }: Manifest["counts"]): string[] {
  const names = { steps: "checked steps", agreement: "agreement" } as const;
  return (["steps", "agreement"] as const).flatMap((rule) => {
    const measured = precision[rule];
    if (!measured) return [];
    const share = percent(measured.right / measured.accepted);
    return [
      `${names[rule]} alone would have passed ${whole(measured.accepted)} samples with a known answer, ${share} % of them right`,
    ];
  });
}
