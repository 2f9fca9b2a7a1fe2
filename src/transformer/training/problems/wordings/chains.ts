/** Two and three operations in words, by structure. `draw` in `structures.ts` gives the numbers. */
export interface ChainWordings {
  structure: string;
  nouns?: readonly string[];
  orders?: readonly string[];
  questions?: readonly string[];
}

export const chainWordings: readonly ChainWordings[] = [
  {
    structure: "a+b+c",
    nouns: [
      "{a} plus {b} plus {c}",
      "[the |][sum|total] of {a}, {b}[,|] and {c}",
      "the sum of [the numbers|the three numbers|these numbers:] {a}, {b}[,|] and {c}",
      "{a}, {b} and {c} [added together|added up|combined|together|in total|altogether]",
      "{a} and {b} and {c}",
    ],
    orders: [
      "add {a}, {b}[,|] and {c}[| together| up]",
      "add {a} and {b}[,|] [and then|then|and] add {c}",
      "[sum|sum up|total|combine|tally] {a}, {b}[,|] and {c}",
      "start [with|at] {a}, add {b}[,|] [and |then |and then ]add {c}",
      "add up [the numbers |]{a}, {b}, {c}",
    ],
    questions: [
      "how much [do|are] {a}, {b}[,|] and {c} [make|together|add up to|in total]?",
      "what do {a}, {b}[,|] and {c} add up to[?|]",
    ],
  },
  {
    structure: "a+b+c+d",
    nouns: [
      "[the |][sum|total] of {a}, {b}, {c}[,|] and {d}",
      "{a} plus {b} plus {c} plus {d}",
      "{a}, {b}, {c} and {d} [added together|in total|combined]",
    ],
    orders: ["add {a}, {b}, {c}[,|] and {d}[| together| up]", "[sum up|total|sum] {a}, {b}, {c}[,|] and {d}"],
    questions: ["how much [do|are] {a}, {b}, {c}[,|] and {d} [make|together|add up to|in total]?"],
  },
  {
    structure: "a+b-c",
    nouns: [
      "{a} plus {b} minus {c}",
      "the sum of {a} and {b}[,|] [minus|less] {c}",
      "{c} less than the sum of {a} and {b}",
      "the difference between the sum of {a} and {b} and {c}",
      "{a} and {b} together[,|] [minus|take away] {c}",
    ],
    orders: [
      "add {a} and {b}[,|] [and then|then|and] subtract {c}",
      "add {b} to {a}[,|] [and then|then|and] [subtract|take away|take off] {c}",
      "subtract {c} from the [sum|total] of {a} and {b}",
      "start [with|at] {a}, add {b}[,|] [and |then |and then ][subtract|take away] {c}",
      "take {c} [away |]from the sum of {a} and {b}",
    ],
  },
  {
    structure: "a-b+c",
    nouns: [
      "{a} minus {b} plus {c}",
      "the difference [between|of] {a} and {b}[,|] plus {c}",
      "{c} more than the difference between {a} and {b}",
    ],
    orders: [
      "subtract {b} from {a}[,|] [and then|then|and] add {c}",
      "start [with|at] {a}, [subtract|take away|take off] {b}[,|] [and |then |and then ]add {c}",
      "take {b} from {a} and add {c}",
      "add {c} to the difference [between|of] {a} and {b}",
    ],
  },
  {
    structure: "a-b-c",
    nouns: [
      "{a} minus {b} minus {c}",
      "{a} minus {b} and minus {c}",
      "{a} [less|minus] both {b} and {c}",
      "what is left of {a} after taking away {b} and {c}",
    ],
    orders: [
      "subtract {b} and [then |]{c} from {a}",
      "subtract {b} from {a}[,|] [and then|then] subtract {c}",
      "start [with|at] {a}, [subtract|take away|take off] {b}[,|] [and |then |and then ][subtract|take away|take off] {c}",
      "take {b} and {c} [away |]from {a}",
    ],
  },
  {
    structure: "a-(b+c)",
    nouns: [
      "{a} minus the sum of {b} and {c}",
      "the difference between {a} and the sum of {b} and {c}",
      "{a} less the total of {b} and {c}",
    ],
    orders: [
      "subtract the [sum|total] of {b} and {c} from {a}",
      "take the sum of {b} and {c} [away |]from {a}",
    ],
  },
  {
    structure: "(a+b)×c",
    nouns: [
      "the sum of {a} and {b}[,|] [times|multiplied by] {c}",
      "the product of {c} and the sum of {a} and {b}",
      "({a} plus {b}) [times|multiplied by] {c}",
      "({a} + {b}) [times|multiplied by] {c}",
    ],
    orders: [
      "add {a} and {b}[,|] [and then|then|and] multiply [the result |it |the sum |]by {c}",
      "multiply the [sum|total] of {a} and {b} by {c}",
      "start [with|at] {a}, add {b}[,|] [and |then |and then ]multiply [the result |it |]by {c}",
      "add {b} to {a}[,|] [and then|then|and] multiply [the result |the total |]by {c}",
    ],
  },
  {
    structure: "c×(a+b)",
    nouns: [
      "{c} times the [sum|total] of {a} and {b}",
      "{c} multiplied by the sum of {a} and {b}",
      "{c} times ({a} plus {b})",
    ],
    orders: ["multiply {c} by the sum of {a} and {b}"],
  },
  {
    structure: "(a-b)×c",
    nouns: [
      "the difference [between|of] {a} and {b}[,|] [times|multiplied by] {c}",
      "the product of {c} and the difference [between|of] {a} and {b}",
      "({a} minus {b}) [times|multiplied by] {c}",
    ],
    orders: [
      "subtract {b} from {a}[,|] [and then|then|and] multiply [the result |it |the difference |]by {c}",
      "multiply the difference [between|of] {a} and {b} by {c}",
      "take {b} from {a} and multiply [the result |what is left |]by {c}",
      "start [with|at] {a}, [subtract|take away] {b}[,|] [and |then |and then ]multiply [the result |it |]by {c}",
    ],
  },
  {
    structure: "c×(a-b)",
    nouns: [
      "{c} times the difference [between|of] {a} and {b}",
      "{c} multiplied by the difference of {a} and {b}",
      "{c} times ({a} minus {b})",
    ],
  },
  {
    structure: "a×b+c",
    nouns: [
      "{a} times {b} plus {c}",
      "{a} times {b}, plus {c}",
      "{a} multiplied by {b}[,|] plus {c}",
      "the product of {a} and {b}[,|] [plus|increased by] {c}",
      "{c} more than the product of {a} and {b}",
      "{c} more than {a} times {b}",
      "the sum of {c} and the product of {a} and {b}",
    ],
    orders: [
      "multiply {a} [by|and|with] {b}[,|] [and then|then|and] add {c}[| to the result| to it| to the product]",
      "add {c} to the product of {a} and {b}",
      "add {c} to {a} times {b}",
      "start [with|at] {a}, multiply [it |]by {b}[,|] [and |then |and then ]add {c}",
    ],
  },
  {
    structure: "c+a×b",
    nouns: [
      "{c} plus {a} times {b}",
      "{c} plus the product of {a} and {b}",
      "{c} plus {a} multiplied by {b}",
    ],
  },
  {
    structure: "a×b-c",
    nouns: [
      "{a} times {b}[,|] minus {c}",
      "{a} multiplied by {b}[,|] [minus|less] {c}",
      "the product of {a} and {b}[,|] [minus|decreased by|less] {c}",
      "{c} less than the product of {a} and {b}",
      "{c} less than {a} times {b}",
      "the difference between the product of {a} and {b} and {c}",
    ],
    orders: [
      "multiply {a} [by|and|with] {b}[,|] [and then|then|and] [subtract|take away|take off] {c}[| from the result| from it]",
      "subtract {c} from the product of {a} and {b}",
      "take {c} [away |]from {a} times {b}",
      "start [with|at] {a}, multiply [it |]by {b}[,|] [and |then |and then ][subtract|take away] {c}",
    ],
  },
  {
    structure: "c-a×b",
    nouns: [
      "{c} minus {a} times {b}",
      "{c} minus the product of {a} and {b}",
      "{c} minus {a} multiplied by {b}",
    ],
    orders: ["subtract the product of {a} and {b} from {c}"],
  },
  {
    structure: "a×b×c",
    nouns: [
      "{a} times {b} times {c}",
      "the product of {a}, {b}[,|] and {c}",
      "{a} multiplied by {b} [multiplied by|and then by|times] {c}",
    ],
    orders: [
      "multiply {a}, {b}[,|] and {c}[| together]",
      "multiply {a} by {b}[,|] [and then|then] [multiply [it |the result |] |]by {c}",
    ],
    questions: ["what do you get when you multiply {a}, {b}[,|] and {c}[?|]"],
  },
  {
    structure: "(a+b)÷c",
    nouns: [
      "the sum of {a} and {b}[,|] divided by {c}",
      "({a} plus {b}) divided by {c}",
      "the quotient of the sum of {a} and {b} and {c}",
    ],
    orders: [
      "add {a} and {b}[,|] [and then|then|and] divide [the result |it |the sum |the total |]by {c}",
      "divide the [sum|total] of {a} and {b} by {c}",
      "start [with|at] {a}, add {b}[,|] [and |then |and then ]divide [the result |it |]by {c}",
      "add {b} to {a}[,|] [and then|then|and] [split|divide] the [total|result] into {c} equal parts",
    ],
  },
  {
    structure: "(a-b)÷c",
    nouns: ["the difference [between|of] {a} and {b}[,|] divided by {c}", "({a} minus {b}) divided by {c}"],
    orders: [
      "subtract {b} from {a}[,|] [and then|then|and] divide [the result |it |the difference |]by {c}",
      "divide the difference [between|of] {a} and {b} by {c}",
      "take {b} from {a} and divide [the result |the rest |what is left |]by {c}",
      "start [with|at] {a}, [subtract|take away] {b}[,|] [and |then |and then ]divide [the result |it |]by {c}",
    ],
  },
  {
    structure: "a÷b+c",
    nouns: [
      "{a} divided by {b}[,|] plus {c}",
      "the quotient of {a} and {b}[,|] plus {c}",
      "{c} more than {a} divided by {b}",
    ],
    orders: [
      "divide {a} by {b}[,|] [and then|then|and] add {c}[| to the result| to it]",
      "add {c} to the quotient of {a} and {b}",
      "start [with|at] {a}, divide [it |]by {b}[,|] [and |then |and then ]add {c}",
    ],
  },
  {
    structure: "a÷b-c",
    nouns: [
      "{a} divided by {b}[,|] minus {c}",
      "the quotient of {a} and {b}[,|] minus {c}",
      "{c} less than {a} divided by {b}",
    ],
    orders: [
      "divide {a} by {b}[,|] [and then|then|and] [subtract|take away] {c}[| from the result| from it]",
      "subtract {c} from the quotient of {a} and {b}",
    ],
  },
  {
    structure: "c+a÷b",
    nouns: ["{c} plus {a} divided by {b}", "{c} plus the quotient of {a} and {b}"],
  },
  {
    structure: "a×b÷c",
    nouns: [
      "{a} times {b}[,|] divided by {c}",
      "the product of {a} and {b}[,|] divided by {c}",
      "{a} multiplied by {b} and divided by {c}",
    ],
    orders: [
      "multiply {a} [by|and|with] {b}[,|] [and then|then|and] divide [the result |it |the product |]by {c}",
      "divide the product of {a} and {b} by {c}",
    ],
  },
  {
    structure: "a÷b×c",
    nouns: ["{a} divided by {b}[,|] times {c}", "{a} divided by {b} [and |and then |]multiplied by {c}"],
    orders: [
      "divide {a} by {b}[,|] [and then|then|and] multiply [the result |it |the quotient |]by {c}",
      "start [with|at] {a}, divide [it |]by {b}[,|] [and |then |and then ]multiply [the result |it |]by {c}",
    ],
  },
  {
    structure: "a×b+c×d",
    nouns: [
      "{a} times {b} plus {c} times {d}",
      "the sum of {a} times {b} and {c} times {d}",
      "the product of {a} and {b} plus the product of {c} and {d}",
    ],
    orders: [
      "add {a} times {b} and {c} times {d}",
      "multiply {a} by {b} and {c} by {d}[,|] [and|then] add the [results|products]",
    ],
  },
  {
    structure: "a×b-c×d",
    nouns: [
      "{a} times {b} minus {c} times {d}",
      "the product of {a} and {b} minus the product of {c} and {d}",
    ],
  },
  {
    structure: "(a+b)×(c-d)",
    nouns: ["the sum of {a} and {b}[,|] times the difference [of|between] {c} and {d}"],
    orders: ["multiply the sum of {a} and {b} by the difference [of|between] {c} and {d}"],
  },
  {
    structure: "(a+b)×(c+d)",
    nouns: ["the sum of {a} and {b}[,|] times the sum of {c} and {d}", "({a} plus {b}) times ({c} plus {d})"],
    orders: ["multiply the sum of {a} and {b} by the sum of {c} and {d}"],
  },
  {
    structure: "(a+b)×c-d",
    orders: [
      "add {a} and {b}, multiply [the result |it |]by {c}[,|] [and |then |and then ][subtract|take away] {d}",
      "start [with|at] {a}, add {b}, multiply by {c}[,|] [and |then |and then ][subtract|take away] {d}",
    ],
  },
  {
    structure: "(a-b)×c+d",
    orders: [
      "subtract {b} from {a}, multiply [the result |it |]by {c}[,|] [and |then |and then ]add {d}",
      "start [with|at] {a}, take away {b}, multiply by {c}[,|] and add {d}",
    ],
  },
  {
    structure: "a×b+c-d",
    nouns: ["{a} times {b} plus {c} minus {d}"],
    orders: [
      "multiply {a} by {b}, add {c}[,|] [and |then |and then ][subtract|take away] {d}",
      "start [with|at] {a}, multiply by {b}, add {c}[,|] and [subtract|take away] {d}",
    ],
  },
  {
    structure: "a+b-c+d",
    nouns: ["{a} plus {b} minus {c} plus {d}"],
    orders: ["start [with|at] {a}, add {b}, [subtract|take away] {c}[,|] [and |then |and then ]add {d}"],
  },
];
