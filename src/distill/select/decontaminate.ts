import { numbersIn, shingles, similarity, words } from "../shingles.ts";

/** Words in a row that two texts may not share; GPT-3's data (Brown et al. 2020, appendix C) was cleaned with 13. */
const N_GRAM = 13;
/** Similarity of the words of short items, which have no such run, from which they are the same question. */
const NEAR = 0.8;

export interface EvaluationItem {
  id: string;
  question: string;
  gold?: string;
}

/** Where a text of ours meets an evaluation file. */
export interface Hit {
  /** The item's id in the evaluation file. */
  item: string;
  how: "n-gram" | "exact" | "near";
  /** What they share. */
  shared: string;
}

/**
 * Looks for evaluation items in training data: runs of 13 words shared with an item's question or gold, and, for
 * items too short for that, the same text or nearly the same text with the same numbers.
 * @returns a function from a question and its trace to the first hit
 */
export function createDecontaminator(
  items: readonly EvaluationItem[],
): (question: string, trace: string) => Hit | undefined {
  const runs = new Map<string, string>();
  const exact = new Map<string, string>();
  const shortItems: { id: string; set: Set<string>; numbers: string }[] = [];
  for (const item of items) {
    for (const text of [item.question, item.gold ?? ""]) {
      if (words(text).length >= N_GRAM) for (const run of shingles(text, N_GRAM)) runs.set(run, item.id);
    }
    exact.set(folded(item.question), item.id);
    if (words(item.question).length < 2 * N_GRAM) {
      shortItems.push({ id: item.id, set: shingles(item.question, 1), numbers: numbersIn(item.question) });
    }
  }
  return (question, trace) => {
    const same = exact.get(folded(question));
    if (same !== undefined) return { item: same, how: "exact", shared: question };
    for (const text of [question, trace]) {
      if (words(text).length < N_GRAM) continue;
      for (const run of shingles(text, N_GRAM)) {
        const item = runs.get(run);
        if (item !== undefined) return { item, how: "n-gram", shared: run };
      }
    }
    const set = shingles(question, 1);
    const numbers = numbersIn(question);
    const near = shortItems.find((item) => item.numbers === numbers && similarity(item.set, set) >= NEAR);
    return near && { item: near.id, how: "near", shared: question };
  };
}

const folded = (text: string) => words(text).join(" ");
