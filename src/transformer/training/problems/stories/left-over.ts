import type { Asked } from "../steps/solve.ts";

interface LeftOverStories extends Record<Asked, readonly string[]> {
  facts: readonly string[];
}

const rest: readonly string[] = [
  "How [many are|many will be|much is] left over?",
  "How many [are left|remain] [over |at the end|in the end|]?",
  "How many [does {n} have|are there] left over?",
  "What is left over?",
];

/** Stories of a division with something left over: {a} things in groups of {b}, or shared by {b}. */
export const leftOverStories: readonly LeftOverStories[] = [
  {
    facts: [
      "{n} [has|had|bakes|picked|collected] {a} {t} and [packs|puts|sorts] them [in|into] {boxes} of {b}.",
      "{n} has {a} {t}. [Each|Every|One] {box} [holds|takes] {b}[| {t}| of them].",
      "{a} {t} are [packed|put|sorted] [in|into] {boxes} of {b}.",
    ],
    value: [
      "How many [full |]{boxes} [are there|does {he} fill|is that], and how many {t} are left over?",
      "How many full {boxes} and how many left over?",
      "[Give|State|Find] the number of full {boxes} and what is left over.",
    ],
    remainder: [
      ...rest,
      "How many {t} do not fit [in|into a full {box}|]?",
      "How many {t} are not in a full {box}?",
    ],
    whole: [
      "How many [full|complete] {boxes} [are there|does {he} get|can be filled|can {he} fill|is that]?",
      "How many {boxes} are [full|filled completely]?",
    ],
  },
  {
    facts: [
      "{a} {t} are [shared|divided|split] [equally |evenly |]among {b} [children|people|friends].",
      "{n} [shares|splits|divides] {a} {t} [equally |evenly |]among {b} [children|people|friends].",
    ],
    value: [
      "How many does each get, and how many are left over?",
      "How many for each, and what is left over?",
      "How many does each get and how many remain?",
    ],
    remainder: rest,
    whole: ["How many whole {t} does each get?", "How many does each get at most?"],
  },
  {
    facts: [
      "A [rope|ribbon|board|wire] of {a} {len} is cut into pieces of {b} {len}.",
      "{n} cuts a [rope|ribbon|board] of {a} {len} into pieces of {b} {len}.",
    ],
    value: [
      "How many pieces are there, and how much is left over?",
      "How many [whole |]pieces, and how much is left?",
    ],
    remainder: [
      "How [much|long|many {len}] is left over?",
      "How much is left [at the end|over|]?",
      "How long is the rest?",
    ],
    whole: ["How many [whole|full|complete] pieces [are there|is that|does {n} get]?"],
  },
  {
    facts: ["{n} has {am}. [A|One|Each] {t1} costs {bm}[.|, and {he} buys as many as {he} can.]"],
    value: [
      "How many [{t} |]can {he} buy, and how much is left?",
      "How many {t} is that, and how much money is left?",
    ],
    remainder: [
      "How much is left [if|when] {he} buys as many as {he} can?",
      "{He} buys as many as possible. How much [is left|does {he} have left|remains]?",
    ],
    whole: ["How many {t} can {he} buy at most?", "At most how many can {he} buy?"],
  },
];
