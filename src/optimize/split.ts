import type { Question } from "../questions/question.ts";
import { stableHash } from "../random.ts";
import { isReadableGold } from "../reasoning/grade.ts";

export interface Split {
  /** To search and choose on. */
  search: Question[];
  /** Held back for the one test. */
  test: Question[];
  /** Questions left out because their gold cannot be read. */
  dropped: number;
}

/** The share of the questions that is held back. */
const heldBack = 0.4;

/**
 * Cuts questions in two by a hash of their text: the same question is always on the same side, in whatever file, at
 * whatever place, however often.
 */
export async function splitQuestions(
  questions: AsyncIterable<Question> | Iterable<Question>,
): Promise<Split> {
  const split: Split = { search: [], test: [], dropped: 0 };
  for await (const question of questions) {
    if (question.gold !== undefined && !isReadableGold(question.gold)) split.dropped++;
    else split[isHeldBack(question) ? "test" : "search"].push(question);
  }
  return split;
}

function isHeldBack({ question, context = "" }: Question): boolean {
  return stableHash(`${question}\0${context}`) / 2 ** 32 < heldBack;
}
