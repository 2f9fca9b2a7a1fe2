import type { Random } from "../../../random.ts";
import { randomInteger, randomItem } from "../../../random.ts";
import { drawChain, drawTally } from "./chains.ts";
import type { Draft, Family } from "./drafts.ts";
import { compose, framed, inWords } from "./drafts.ts";
import { anyNumber } from "./draw.ts";
import type { Operator } from "./expression.ts";
import { expressionText, instantiate, operation } from "./expression.ts";
import { division, operands } from "./operands.ts";
import { drawValues } from "./structures.ts";
import { expand, fill } from "./template.ts";
import { chainWordings } from "./wordings/chains.ts";
import {
  coreFixedOperands,
  coreNounFrames,
  coreOrderFrames,
  coreRemainderWordings,
  coreWordings,
  type CoreWordings,
} from "./wordings/core.ts";
import { fixedOperands, quotientAndRemainder, remainderWordings, wordings } from "./wordings/operations.ts";
import { drawNumberWriter, speakExpression } from "./writing.ts";

/** The operations that are put in words. */
export const phrased: readonly Operator[] = ["+", "-", "×", "×", "÷", "%"];

/** Of the phrasings, and of the questions for a remainder, the share in the plainest wordings. */
const coreShare = 0.45;
const coreWordShare = 0.4;

function coreFramed(random: Random, { nouns, orders }: CoreWordings): string {
  return random() * (nouns.length + orders.length) < nouns.length
    ? compose(random, coreNounFrames, randomItem(random, nouns))
    : compose(random, coreOrderFrames, randomItem(random, orders));
}

/** Two or three operations by the names of their signs, in the order in which they are done. */
function spokenChain(random: Random): Draft {
  const chain = random() < 0.4 ? drawTally(random, ["+", "-"]) : drawChain(random);
  if (expressionText(chain).includes("(")) return spokenChain(random);
  const wording = expand(random, randomItem(random, coreNounFrames));
  const write = () =>
    fill(wording, { x: speakExpression(random, chain, drawNumberWriter(random, coreWordShare / 2)) });
  return { expression: chain, asked: "value", wording, write };
}

/** Mostly as elsewhere; the smallest are what people try first. */
function coreOperands(random: Random, operator: Operator): [number, number] {
  if (random() > 0.2) return operands[operator](random);
  const [a, b] = [randomInteger(random, 1, 20), randomInteger(random, 1, 20)];
  if (operator === "÷") return [a * (b + 1), b + 1];
  return operator === "%" ? [5 * a, 20 * b] : [a, b];
}

const corePhrasing: Family = (random) => {
  if (random() < 0.2) return spokenChain(random);
  if (random() < 0.17) {
    const { structure, multiple, nouns } = randomItem(random, coreFixedOperands);
    const a = Math.max(1, Math.floor(anyNumber(random) / multiple)) * multiple;
    const wording = coreFramed(random, { nouns, orders: [] });
    return inWords(random, instantiate(structure, { a }), wording, { a }, "value", coreWordShare);
  }
  const operator = randomItem(random, phrased);
  const [a, b] = coreOperands(random, operator);
  const wording = coreFramed(random, coreWordings[operator]);
  const expression = instantiate(`a${operator}b`, { a, b }, wording);
  return inWords(random, expression, wording, { a, b }, "value", coreWordShare);
};

/** A calculation in words. */
export const phrasing: Family = (random) => {
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

/** A question for the remainder, or for quotient and remainder. */
export const remainder: Family = (random) => {
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
