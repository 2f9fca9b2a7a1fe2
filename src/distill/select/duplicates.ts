import type { Question } from "../../questions/question.ts";
import type { Sample } from "../../reasoning/result.ts";
import { fullText } from "../../reasoning/sample.ts";
import { createNearIndex } from "../minhash.ts";
import { numbersIn, shingles, similarity } from "../shingles.ts";

export interface Seen {
  /** `duplicate` where the same text was seen before, `near-duplicate` where one like it was; else undefined. */
  check(id: string, text: string): { kind: "duplicate" | "near-duplicate"; of: string } | undefined;
}

/** Jaccard similarity of five-word shingles from which two texts are nearly the same. */
const NEAR = 0.9;

/**
 * Remembers texts and tells those that come again: exactly (white space and case aside), or nearly, with the same
 * numbers.
 */
export function createSeen(): Seen {
  const exact = new Map<string, string>();
  const near = createNearIndex();
  const kept = new Map<string, { set: Set<string>; numbers: string }>();
  return {
    check(id, text) {
      const folded = text.toLowerCase().replace(/\s+/g, " ").trim();
      const same = exact.get(folded);
      if (same !== undefined) return { kind: "duplicate", of: same };
      exact.set(folded, id);
      const set = shingles(text, 5);
      const numbers = numbersIn(text);
      for (const candidate of near.candidates(set)) {
        const other = kept.get(candidate)!;
        if (other.numbers === numbers && similarity(set, other.set) >= NEAR)
          return { kind: "near-duplicate", of: candidate };
      }
      near.add(id, set);
      kept.set(id, { set, numbers });
      return undefined;
    },
  };
}

/** What traces are compared by: the same reasoning about two questions is no copy. */
export function comparedText({ question }: Question, sample: Sample): string {
  return `${question}\n${fullText(sample)}`;
}

/** How many of one question's traces are no copies of one before them. */
export function countDistinct(question: Question, samples: readonly Sample[]): number {
  const seen = createSeen();
  return samples.filter((sample, i) => !seen.check(String(i), comparedText(question, sample))).length;
}
