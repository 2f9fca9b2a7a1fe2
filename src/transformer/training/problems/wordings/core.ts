import type { Operator } from "../expression.ts";

/**
 * The plainest wordings. Near misses are made of them too (`divide 7 by 0`), so each has to be met far more often where
 * it is answered: drawn evenly among all wordings they would be met where they are refused only.
 */
export interface CoreWordings {
  /** Noun phrases such as `{a} plus {b}`. */
  nouns: readonly string[];
  /** Orders such as `add {a} and {b}`. */
  orders: readonly string[];
}

export const coreNounFrames: readonly string[] = [
  "{x}",
  "{x}",
  "{x}?",
  "[what is|what is|what's|whats] {x}[?|?|]",
  "[what is|what's|whats] {x}[?|]",
  "how much is {x}[?|]",
  "{x} [=|= ?|is]",
  "[calculate|compute|work out|find|tell me|give me] {x}[|.]",
  "[please|can you work out|can you tell me] {x}[|?]",
];

export const coreOrderFrames: readonly string[] = [
  "{x}",
  "{x}",
  "{x}[.|]",
  "please {x}[|.]",
  "{x} please",
  "[can|could] you {x}[?|]",
];

export const coreWordings: Record<Operator, CoreWordings> = {
  "+": {
    nouns: [
      "{a} plus {b}",
      "{a} plus {b}",
      "{a} added to {b}",
      "[the |]sum of {a} and {b}",
      "{a} increased by {b}",
      "{a} more than {b}",
      "{a} and {b} [together|in total|added together]",
      "[the |]total of {a} and {b}",
    ],
    orders: ["add {a} and {b}", "add {a} to {b}", "add {a} [plus|with] {b}", "[sum|total] {a} and {b}"],
  },
  "-": {
    nouns: [
      "{a} minus {b}",
      "{a} minus {b}",
      "{a} less {b}",
      "{a} take away {b}",
      "[the |]difference [between|of] {a} and {b}",
      "{b} less than {a}",
      "{b} [subtracted|taken] from {a}",
      "{a} [decreased|reduced] by {b}",
      "{a} without {b}",
    ],
    orders: [
      "subtract {b} from {a}",
      "take {b} [away |]from {a}",
      "take away {b} from {a}",
      "[deduct|remove] {b} from {a}",
      "[decrease|reduce] {a} by {b}",
    ],
  },
  "×": {
    nouns: [
      "{a} times {b}",
      "{a} times {b}",
      "{a} multiplied by {b}",
      "[the |]product of {a} and {b}",
      "{a} by {b}",
      "{a} [lots|groups|sets] of {b}",
    ],
    orders: [
      "multiply {a} by {b}",
      "multiply {a} and {b}",
      "multiply {a} with {b}",
      "multiply {a} times {b}",
      "times {a} by {b}",
    ],
  },
  "÷": {
    nouns: [
      "{a} divided by {b}",
      "{a} divided by {b}",
      "{a} over {b}",
      "[the |]quotient of {a} and {b}",
      "{a} split into {b} [equal |][parts|groups]",
      "{a} shared [between|among|by] {b}",
      "{b} into {a}",
    ],
    orders: [
      "divide {a} by {b}",
      "divide {a} by {b}",
      "divide {a} into {b} [equal |][parts|groups]",
      "share {a} [equally |][between|among] {b}",
      "split {a} [into|by|between|among] {b}",
    ],
  },
  "%": {
    nouns: ["{a}% of {b}", "{a} percent of {b}", "{a} per cent of {b}", "{a} % of {b}"],
    orders: ["[take|find|get] {a}% of {b}", "[take|find|get] {a} percent of {b}"],
  },
};

export const coreRemainderWordings: CoreWordings = {
  nouns: [
    "[the |]remainder of {a} divided by {b}",
    "[the |]remainder [when|if] {a} is divided by {b}",
    "[the |]remainder of {a}[÷| ÷ |/| / ]{b}",
    "[the |]remainder when dividing {a} by {b}",
    "{a} mod {b}",
  ],
  orders: [
    "[find|give] the remainder of {a} divided by {b}",
    "divide {a} by {b} and give only the remainder",
  ],
};

/** Plain forms of a fixed operand: `half of {a}`. */
export const coreFixedOperands: readonly { structure: string; multiple: number; nouns: readonly string[] }[] =
  [
    { structure: "a÷2", multiple: 2, nouns: ["half of {a}", "half of {a}", "half {a}", "one half of {a}"] },
    { structure: "a÷3", multiple: 3, nouns: ["a third of {a}", "one third of {a}"] },
    { structure: "a÷4", multiple: 4, nouns: ["a quarter of {a}", "one quarter of {a}", "a fourth of {a}"] },
    { structure: "a÷5", multiple: 5, nouns: ["a fifth of {a}", "one fifth of {a}"] },
    { structure: "a÷10", multiple: 10, nouns: ["a tenth of {a}", "one tenth of {a}"] },
    { structure: "2×a", multiple: 1, nouns: ["twice {a}", "double {a}", "two times {a}"] },
    { structure: "3×a", multiple: 1, nouns: ["triple {a}", "three times {a}", "thrice {a}"] },
  ];
