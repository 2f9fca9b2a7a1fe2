import type { Manifest } from "./output/manifest.ts";
import { reasons, reasonTexts } from "./verify/verdicts.ts";

/** One step from all samples to those that are kept. */
export interface WaterfallRow {
  label: string;
  /** Samples that this rule took. */
  taken: number;
  /** Samples that are left after it. */
  left: number;
}

/** What each rule took, in the order in which they are applied; rules that took nothing are left out. */
export function waterfall({ samples, rejected }: Manifest["counts"]): WaterfallRow[] {
  let left = samples;
  return reasons.flatMap((reason) => {
    const taken = rejected[reason] ?? 0;
    if (taken === 0) return [];
    left -= taken;
    return [{ label: reasonTexts[reason], taken, left }];
  });
}
