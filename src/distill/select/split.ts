import { stableHash } from "../../random.ts";

export const parts = ["train", "validation", "test"] as const;

export type Part = (typeof parts)[number];

/**
 * Which part a question belongs to: eight in ten train, one validates, one tests. A hash of its text decides, so that
 * adding data moves nothing, and every trace of a question is on one side.
 */
export function partOf(question: string): Part {
  const tenth = stableHash(`split ${question.toLowerCase().replace(/\s+/g, " ").trim()}`) % 10;
  return tenth < 8 ? "train" : tenth === 8 ? "validation" : "test";
}
