import type { Random } from "../../../random.ts";
import { randomInteger, randomItem } from "../../../random.ts";
import { drawBrokenChain, drawChain, drawTally } from "./chains.ts";
import { anyNumber, oneDigit, perCent, threeDigits, twoDigits } from "./draw.ts";
import type { Expression, Operation, Operator } from "./expression.ts";
import { instantiate, operation } from "./expression.ts";
import { drawOutside } from "./outside.ts";
import type { Asked } from "./steps/solve.ts";
import { drawStory, storySlots, writeStory } from "./stories/story.ts";
import { leftOverStories } from "./stories/left-over.ts";
import { drawValues } from "./structures.ts";
import { expand, fill } from "./template.ts";
import { drawUntaught } from "./untaught.ts";
import { chainWordings } from "./wordings/chains.ts";
import {
  coreFixedOperands,
  coreNounFrames,
  coreOrderFrames,
  coreRemainderWordings,
  coreWordings,
  type CoreWordings,
} from "./wordings/core.ts";
import { nounFrames, orderFrames } from "./wordings/openers.ts";
import type { Wordings } from "./wordings/operations.ts";
import { fixedOperands, quotientAndRemainder, remainderWordings, wordings } from "./wordings/operations.ts";
import { drawNumberWriter, drawUnit, writeExpression } from "./writing.ts";

/** A problem before its text is written: what the split decides on. */
export interface Draft {
  /** Undefined where the question is to be refused and holds no calculation. */
  expression?: Expression;
  asked: Asked;
  /** The text with its slots open. */
  wording: string;
  /** The text. */
  write: () => string;
  outside?: true;
}

type Family = (random: Random) => Draft | undefined;

const bareFrames: readonly string[] = [
  "{x}",
  "{x}",
  "{x}[?|=| =|= ?|=?]",
  "[what is|what's|whats|what is] {x}[?|?|]",
  "[calculate|compute|solve|evaluate][:||] {x}",
  "how much is {x}[?|]",
];

/** A calculation in signs, bare or in a short frame. */
function inSigns(random: Random, expression: Expression): Draft {
  const frame = random() < 0.7 ? randomItem(random, bareFrames) : randomItem(random, nounFrames);
  const wording = expand(random, frame);
  const write = () => {
    const number = drawNumberWriter(random, 0.02);
    return fill(wording, { x: writeExpression(random, expression, number, unitOf(random, expression)) });
  };
  return { expression, asked: "value", wording, write };
}

/** Units for the numbers that can wear one, called in their order: both terms of a sum, the first factor, `15% of $80`. */
function unitOf(random: Random, expression: Expression): (number: string) => string {
  if (!isSingle(expression)) return (number) => number;
  const unit = drawUnit(random);
  const { operator } = expression;
  let place = 0;
  return (number) => {
    place++;
    return "+-".includes(operator) || place === (operator === "%" ? 2 : 1) ? unit(number) : number;
  };
}

/** One of the wordings in a frame that suits it; slots {a}, {b}, … stay open. */
function framed(random: Random, { nouns = [], orders = [], questions = [] }: Partial<Wordings>): string {
  const draw = random() * (nouns.length + orders.length + questions.length);
  if (draw < nouns.length) return compose(random, nounFrames, randomItem(random, nouns));
  if (draw < nouns.length + orders.length) return compose(random, orderFrames, randomItem(random, orders));
  return expand(random, randomItem(random, questions));
}

function compose(random: Random, frames: readonly string[], inner: string): string {
  return fill(expand(random, randomItem(random, frames)), { x: expand(random, inner) });
}

function inWords(
  random: Random,
  expression: Expression,
  wording: string,
  values: Readonly<Record<string, number>>,
  asked: Asked = "value",
  wordShare = 0.25,
): Draft {
  const write = () => {
    const number = drawNumberWriter(random, wordShare);
    const unit =
      asked === "value" && isSingle(expression) && "+-".includes(expression.operator)
        ? drawUnit(random)
        : String;
    const slots = Object.entries(values).map(([slot, value]) => [
      slot,
      new RegExp(`\\{${slot}\\}(s\\b|-)`).test(wording) ? String(value) : unit(number(value)),
    ]);
    return fill(wording, Object.fromEntries(slots) as Record<string, string>);
  };
  return { expression, asked, wording, write };
}

function isSingle(expression: Expression): expression is Operation {
  return (
    typeof expression !== "number" &&
    typeof expression.left === "number" &&
    typeof expression.right === "number"
  );
}

const operands: Record<Operator, (random: Random) => [number, number]> = {
  "+": (random) => [anyNumber(random), anyNumber(random)],
  "-": (random) => {
    const [a, b] = [anyNumber(random), anyNumber(random)];
    return a < b && random() < 0.7 ? [b, a] : [a, b];
  },
  "×": (random) => {
    const draw = random();
    if (draw < 0.65) return [twoDigits(random), twoDigits(random)];
    if (draw < 0.85) return swapped(random, threeDigits(random), oneDigit(random));
    return draw < 0.95
      ? swapped(random, twoDigits(random), oneDigit(random))
      : swapped(random, threeDigits(random), twoDigits(random));
  },
  "÷": (random) => division(random, 0.5),
  "%": (random) => [perCent(random), anyNumber(random)],
};

function swapped(random: Random, a: number, b: number): [number, number] {
  return random() < 0.5 ? [a, b] : [b, a];
}

/** Three digits by one or two mostly; `exact` is the share that leaves nothing. */
function division(random: Random, exact: number): [number, number] {
  const divisor = random() < 0.45 ? randomInteger(random, 2, 9) : twoDigits(random);
  const dividend = random() < 0.75 ? threeDigits(random) : twoDigits(random);
  if (random() > exact) return [dividend, divisor];
  return [
    divisor * Math.max(1, Math.round(dividend / divisor)) > 999
      ? divisor
      : divisor * Math.max(1, Math.round(dividend / divisor)),
    divisor,
  ];
}

function single(operator: Operator): Family {
  return (random) => inSigns(random, operation(operator, ...operands[operator](random)));
}

const phrased: readonly Operator[] = ["+", "-", "×", "×", "÷", "%"];

/** Of the phrasings, and of the questions for a remainder, the share in the plainest wordings. */
const coreShare = 0.45;
const coreWordShare = 0.4;

function coreFramed(random: Random, { nouns, orders }: CoreWordings): string {
  return random() * (nouns.length + orders.length) < nouns.length
    ? compose(random, coreNounFrames, randomItem(random, nouns))
    : compose(random, coreOrderFrames, randomItem(random, orders));
}

const corePhrasing: Family = (random) => {
  if (random() < 0.17) {
    const { structure, multiple, nouns } = randomItem(random, coreFixedOperands);
    const a = Math.max(1, Math.floor(anyNumber(random) / multiple)) * multiple;
    const wording = coreFramed(random, { nouns, orders: [] });
    return inWords(random, instantiate(structure, { a }), wording, { a }, "value", coreWordShare);
  }
  const operator = randomItem(random, phrased);
  const [a, b] = operands[operator](random);
  const wording = coreFramed(random, coreWordings[operator]);
  const expression = instantiate(`a${operator}b`, { a, b }, wording);
  return inWords(random, expression, wording, { a, b }, "value", coreWordShare);
};

const phrasing: Family = (random) => {
  if (random() < coreShare) return corePhrasing(random);
  const draw = random();
  if (draw < 0.1) {
    const { operator, operand, side, wordings } = randomItem(random, fixedOperands);
    const any = anyNumber(random);
    // half of 7 is asked for as 3.5, which is not taught
    const a = operator === "÷" ? Math.max(1, Math.floor(any / operand)) * operand : any;
    const expression = side === "left" ? operation(operator, operand, a) : operation(operator, a, operand);
    return inWords(random, expression, framed(random, wordings), { a });
  }
  if (draw < 0.3) return chainInWords(random);
  const operator = randomItem(random, phrased);
  const [a, b] = operands[operator](random);
  const wording = framed(random, wordings[operator]);
  return inWords(random, instantiate(`a${operator}b`, { a, b }, wording), wording, { a, b });
};

const chainInWords: Family = (random) => {
  const chosen = randomItem(random, chainWordings);
  const values = drawValues(random, chosen.structure);
  if (values === undefined) return undefined;
  const wording = framed(random, chosen);
  return inWords(random, instantiate(chosen.structure, values, wording), wording, values);
};

const remainder: Family = (random) => {
  const [a, b] = division(random, 0.1);
  if (random() < coreShare) {
    const wording = coreFramed(random, coreRemainderWordings);
    return inWords(random, operation("÷", a, b), wording, { a, b }, "remainder", coreWordShare / 2);
  }
  const whole = random() < 0.25;
  return inWords(
    random,
    operation("÷", a, b),
    framed(random, whole ? quotientAndRemainder : remainderWordings),
    { a, b },
    whole ? "value" : "remainder",
  );
};

function story(steps: "one" | "two"): Family {
  return (random) => {
    if (steps === "one" && random() < 0.06) return leftOverStory(random);
    const drawn = drawStory(random, steps);
    if (drawn === undefined) return undefined;
    const write = () => writeStory(random, drawn, drawNumberWriter(random, 0.1));
    return { expression: drawn.expression, asked: "value", wording: drawn.wording, write };
  };
}

/** A division in a story that does not come out even: what is left, the whole groups, or both. */
function leftOverStory(random: Random): Draft {
  const [a, b] = division(random, 0);
  const asked = randomItem(random, ["value", "remainder", "whole"] as const);
  const chosen = randomItem(random, leftOverStories);
  const parts = [randomItem(random, chosen.facts), randomItem(random, chosen[asked])];
  const wording = parts.map((part) => expand(random, part)).join(" ");
  const write = () => writeStory(random, { wording, numbers: { a, b } }, drawNumberWriter(random, 0.1));
  return { expression: operation("÷", a, b), asked, wording, write };
}

const places = ["france", "spain", "japan", "peru", "kenya", "italy", "norway", "paris", "london", "india"];
const letters = "x y n a b t z k m p q".split(" ");

/** What cannot be answered about a story, however well it begins. */
const idleQuestions: readonly string[] = [
  "[Why|When|Where] [did|does] {he} [do that|go|live|buy them|leave]?",
  "What is {his} [name|address|favorite color|job|phone number|sister's name]?",
  "[How old|How tall|How heavy|Who] is {n}?",
  "Is [that|it|this] [enough for {c} people|more than {h}|less than {h}|an even number|fair|a lot|expensive|possible|true]?",
  "[What color|What kind|How big|How heavy|How old] are [they|the {t}]?",
  "How many {w} does {m} have?",
  "[Can|Could|Should|Will] {he} [buy a house|share them|sell them|get more|be happy|go home]?",
  "[Write|Tell me|Give me] [a poem about it|the story again|a similar problem|the answer in {h} words|a joke about it].",
  "[Does {n} have|Does {he} have|Do they have] [more than {h}|enough|fewer than {h}|an odd number] [{t}|of them|left]?",
  "[Who|Which of them] [has more|is older|is right|wins|paid]?",
  "Translate [this|that|the text] into [french|german|spanish|latin].",
  "[What is the moral of the story|How does the story end|Summarize the story|What happens next|Continue the story|Rewrite this in the past tense]?",
];

/** A story whose question is another one. */
function idleStory(random: Random): Draft | undefined {
  const drawn = drawStory(random, random() < 0.7 ? "one" : "two");
  const facts = drawn && /^(.*\. )[^.]*[?.]$/.exec(drawn.wording)?.[1];
  if (!facts) return undefined;
  const wording = facts + expand(random, randomItem(random, idleQuestions));
  const numbers = { ...drawn.numbers, h: threeDigits(random) };
  const write = () => writeStory(random, { wording, numbers }, drawNumberWriter(random, 0.1));
  return { asked: "value", wording, write, outside: true, expression: drawn.expression };
}

const outside: Family = (random) => {
  if (random() < 0.1) return idleStory(random);
  // found out in calculating
  if (random() < 0.13) return inSigns(random, drawBrokenChain(random));
  if (random() < 0.15) {
    const { wording, write } = inSigns(random, drawUntaught(random));
    return { asked: "value", wording, write, outside: true };
  }
  const { wording, numbers } = drawOutside(random);
  const needed = /\{[xqr]\}/.test(wording);
  const inner = needed ? answerable(random) : undefined;
  const told = wording.startsWith("{q}") && random() < 0.2 ? story("one")(random) : undefined;
  if (inner !== undefined && told !== undefined) inner.question = told;
  const other = wording.includes("{r}") ? answerable(random) : undefined;
  const write = () => {
    const slots = storySlots(random, numbers, drawNumberWriter(random, 0.08));
    const [v, w] = [randomItem(random, letters), randomItem(random, letters)];
    const question = inner?.question.write() ?? "";
    return fill(wording, {
      ...slots,
      v,
      w,
      place: randomItem(random, places),
      x: inner?.phrase() ?? "",
      q: wording.startsWith("{q} is") || random() < 0.3 ? question : question.replace(/[?.! =]+$/, ""),
      r: other?.question.write() ?? "",
    });
  };
  const draft: Draft = { asked: "value", wording, write, outside: true };
  if (inner?.question.expression !== undefined) draft.expression = inner.question.expression;
  return draft;
};

/** A calculation that a refused question is built round: its whole question, or its noun phrase. */
function answerable(random: Random): { question: Draft; phrase: () => string } {
  const operator = randomItem(random, phrased);
  const [a, b] = operands[operator](random);
  const expression = operation(operator, a, b);
  const question =
    random() < 0.55
      ? inSigns(random, expression)
      : inWords(random, expression, framed(random, wordings[operator]), { a, b });
  const phrase = () => {
    const number = drawNumberWriter(random, 0.1);
    if (random() < 0.6) return writeExpression(random, expression, number);
    return fill(expand(random, randomItem(random, wordings[operator].nouns)), { a: number(a), b: number(b) });
  };
  return { question, phrase };
}

/** Every family of problems by name. */
export const familyTable = {
  sum: single("+"),
  difference: single("-"),
  product: (random) => inSigns(random, operation("×", twoDigits(random), twoDigits(random))),
  "product-by-digit": (random) =>
    inSigns(random, operation("×", ...swapped(random, threeDigits(random), oneDigit(random)))),
  fact: (random) => {
    const draw = random();
    const [a, b] = swapped(
      random,
      random() < 0.5 ? twoDigits(random) : randomInteger(random, 0, 9),
      randomInteger(random, 0, 9),
    );
    if (draw < 0.7) return inSigns(random, operation("×", a, b));
    return inSigns(
      random,
      draw < 0.85 ? operation("+", a, b) : operation("-", Math.max(a, b), Math.min(a, b)),
    );
  },
  "long-product": (random) =>
    inSigns(random, operation("×", ...swapped(random, threeDigits(random), twoDigits(random)))),
  division: (random) => inSigns(random, operation("÷", ...division(random, 0.5))),
  remainder,
  percentage: single("%"),
  chain: (random) =>
    inSigns(
      random,
      random() < 0.2 ? drawTally(random, random() < 0.4 ? ["+"] : ["+", "-"]) : drawChain(random),
    ),
  phrasing,
  "one-step-story": story("one"),
  "two-step-story": story("two"),
  outside,
} satisfies Record<string, Family>;

export type FamilyName = keyof typeof familyTable;
