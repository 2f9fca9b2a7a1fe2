/**
 * What was found out about one sample, rule by rule; null where a rule does not apply. `accepted` is that it failed
 * none, and `reason` is the first that it failed.
 */
export interface Verdicts {
  /** Right, wrong, or null without a gold. */
  gold: boolean | null;
  /** `unchecked` is a trace without a checkable step: it has not passed. */
  steps: "passed" | "wrong" | "inconsistent" | "unchecked";
  /** The share of the question's answers that equal this one's, 0..1; null without an answer or with fewer than two. */
  agreement: number | null;
  /** What a judge model said; null where none was asked, or it could not tell. */
  judge: boolean | null;
  /** Every rule that the sample failed, in the order of the waterfall. */
  failed: Reason[];
  accepted: boolean;
  reason: Reason | null;
}

/** In the order of the waterfall. */
export const reasons = [
  "failed",
  "truncated",
  "no-answer",
  "no-reasoning",
  "wrong-answer",
  "wrong-step",
  "inconsistent-ending",
  "unproven",
  "judged-wrong",
  "language",
  "repetition",
  "length",
  "template-token",
  "duplicate",
  "near-duplicate",
  "contaminated",
  "not-selected",
] as const;

export type Reason = (typeof reasons)[number];

/** How each reason reads in the waterfall table. */
export const reasonTexts: Record<Reason, string> = {
  failed: "the request failed or was refused",
  truncated: "cut off by the token limit",
  "no-answer": "no final answer",
  "no-reasoning": "no reasoning",
  "wrong-answer": "answer differs from the gold",
  "wrong-step": "a step is wrong",
  "inconsistent-ending": "the answer is not what the steps end in",
  unproven: "no gold, no checked steps, no agreement",
  "judged-wrong": "the judge model finds it wrong",
  language: "mixes languages",
  repetition: "repeats itself",
  length: "too long",
  "template-token": "leaked template tokens",
  duplicate: "the same as another",
  "near-duplicate": "nearly the same as another",
  contaminated: "overlaps an evaluation file",
  "not-selected": "sound, but more than --keep",
};
