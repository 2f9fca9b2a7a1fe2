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
  /** Questions left out because they were there already: asked twice, they would count as two in the test. */
  repeated: number;
}

/** The share of the questions that is held back. */
const heldBack = 0.4;

/**
 * Cuts questions in two by a hash of their text: the same question is always on the same side, in whatever file, at
 * whatever place, and once.
 */
export async function splitQuestions(
  questions: AsyncIterable<Question> | Iterable<Question>,
): Promise<Split> {
  const split: Split = { search: [], test: [], dropped: 0, repeated: 0 };
  const seen = new Set<string>();
  for await (const question of questions) {
    const text = textOf(question);
    if (seen.has(text)) split.repeated++;
    else if (question.gold !== undefined && !isReadableGold(question.gold)) split.dropped++;
    else split[isHeldBack(text) ? "test" : "search"].push(question);
    seen.add(text);
  }
  return split;
}

/** With its choices, where it has any. */
function textOf({ question, asked = question, context = "" }: Question): string {
  return `${asked}\0${context}`;
}

function isHeldBack(text: string): boolean {
  return stableHash(text) / 2 ** 32 < heldBack;
}
