import type { Random } from "../../../random.ts";
import { randomItem } from "../../../random.ts";
import type { Expression, Operation } from "./expression.ts";
import type { Asked } from "./steps/solve.ts";
import { expand, fill } from "./template.ts";
import { nounFrames, orderFrames } from "./wordings/openers.ts";
import type { Wordings } from "./wordings/operations.ts";
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

export type Family = (random: Random) => Draft | undefined;

const bareFrames: readonly string[] = [
  "{x}",
  "{x}",
  "{x}[?|=| =|= ?|=?]",
  "[what is|what's|whats|what is] {x}[?|?|]",
  "[calculate|compute|solve|evaluate][:||] {x}",
  "how much is {x}[?|]",
];

/** A calculation in signs, bare or in a short frame. */
export function inSigns(random: Random, expression: Expression): Draft {
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
export function framed(
  random: Random,
  { nouns = [], orders = [], questions = [] }: Partial<Wordings>,
): string {
  const draw = random() * (nouns.length + orders.length + questions.length);
  if (draw < nouns.length) return compose(random, nounFrames, randomItem(random, nouns));
  if (draw < nouns.length + orders.length) return compose(random, orderFrames, randomItem(random, orders));
  return expand(random, randomItem(random, questions));
}

export function compose(random: Random, frames: readonly string[], inner: string): string {
  return fill(expand(random, randomItem(random, frames)), { x: expand(random, inner) });
}

export function inWords(
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
