import { conversation, knowledge } from "./outside-talk.ts";
import { nearMisses } from "./near-misses.ts";

/** What is to be refused, by kind; every kind is drawn equally often. */
export interface OutsideKind {
  kind: string;
  wordings: readonly string[];
}

export const outsideKinds: readonly OutsideKind[] = [
  ...nearMisses,
  ...nearMisses,
  ...knowledge,
  ...conversation,
];
