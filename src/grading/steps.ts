/** One equation as it stands in a text (spaces and currency signs aside), evaluated exactly. */
export interface Step {
  step: string;
  ok: boolean;
  /** Where it is wrong: the exact right value, an integer, a terminating decimal, or `5/6`. */
  expected?: string;
  /** Where the step starts in the text, in UTF-16 units; not printed. */
  at?: number;
}

/** Every equation in a text, checked. A chain `a = b = c` gives a step a link. Never throws. */
export function checkSteps(text: string): Step[] {
  void text;
  return [];
}
