import { usageError } from "../errors.ts";
import type { Question } from "../questions/question.ts";
import { stableHash } from "../random.ts";

/** Questions to train on, to choose the best weights by, and to measure with. */
export interface Parts {
  train: Question[];
  validation: Question[];
  heldOut: Question[];
}

const largest = { heldOut: 200, validation: 100 };
const share = { heldOut: 0.2, validation: 0.1 };

/**
 * Splits by a hash of the question's text, so that a question which stands there twice is on one side.
 * @param heldOut to measure with; a part of the questions unless given
 * @throws CotError `usage` where there are too few for three parts
 */
export function splitQuestions(questions: readonly Question[], heldOut?: readonly Question[]): Parts {
  const byHash = new Map<number, Question[]>();
  for (const each of questions) {
    const hash = stableHash(`finetune:${each.context ?? ""}\0${each.question}`);
    byHash.set(hash, [...(byHash.get(hash) ?? []), each]);
  }
  const groups = [...byHash].sort(([a], [b]) => a - b).map(([, group]) => group);
  if (groups.length < 5)
    throw usageError(
      `${groups.length} different questions are too few to train on and to measure with`,
      "Some are held out; a few hundred are a start.",
    );
  const size = (part: keyof typeof share): number =>
    Math.min(largest[part], Math.ceil(share[part] * groups.length));
  const first = heldOut === undefined ? size("heldOut") : 0;
  const edge = first + size("validation");
  return {
    heldOut: heldOut === undefined ? groups.slice(0, first).map(([one]) => one!) : [...heldOut],
    validation: groups.slice(first, edge).map(([one]) => one!),
    train: groups.slice(edge).flat(),
  };
}
