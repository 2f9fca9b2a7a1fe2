import type { Random } from "../../../random.ts";
import { randomInteger, randomItem } from "../../../random.ts";
import { anyNumber, everydayNumber, threeDigits, twoDigits } from "./draw.ts";
import type { Expression, Operator } from "./expression.ts";
import { operation } from "./expression.ts";
import { isTaught } from "./limits.ts";

/** Calculations in signs that look like those that are taught and are not: to be refused. */
export function drawUntaught(random: Random): Expression {
  for (;;) {
    const drawn = randomItem(random, kinds)(random);
    if (drawn !== undefined && !(count(drawn) <= 3 && isTaught(drawn))) return drawn;
  }
}

const kinds: readonly ((random: Random) => Expression | undefined)[] = [
  long,
  long,
  (random) => operation("×", threeDigits(random), threeDigits(random)),
  (random) => operation("÷", threeDigits(random), threeDigits(random)),
  byNothing,
  (random) => operation("×", operation("×", threeDigits(random), twoDigits(random)), anyNumber(random)),
];

/** Four to eight operations. */
function long(random: Random): Expression {
  const operators = randomItem(random, operatorSets);
  const small = random() < 0.4;
  const number = () => (small ? randomInteger(random, 1, 12) : everydayNumber(random));
  let expression: Expression = number();
  for (let i = randomInteger(random, 4, 8); i > 0; i--) {
    const operator = randomItem(random, operators);
    const operand =
      operators.length > 2 && random() < 0.25
        ? operation(randomItem(random, operators), number(), number())
        : number();
    expression = operation(operator, expression, operand);
  }
  return expression;
}

const operatorSets: readonly (readonly Operator[])[] = [
  ["+"],
  ["+", "-"],
  ["-"],
  ["×"],
  ["+", "-", "×"],
  ["+", "-", "×", "÷"],
];

function byNothing(random: Random): Expression {
  const same = everydayNumber(random);
  const nothing = random() < 0.6 ? 0 : operation("-", same, same);
  const dividend: Expression =
    random() < 0.5
      ? anyNumber(random)
      : operation(randomItem(random, ["+", "-", "×"]), everydayNumber(random), everydayNumber(random));
  const divided = operation("÷", dividend, nothing);
  return random() < 0.3 ? more(random, divided) : divided;
}

function more(random: Random, expression: Expression): Expression {
  return operation(randomItem(random, ["+", "-", "×"]), expression, everydayNumber(random));
}

function count(expression: Expression): number {
  return typeof expression === "number" ? 0 : 1 + count(expression.left) + count(expression.right);
}
