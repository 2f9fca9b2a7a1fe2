import type { Random } from "../../../random.ts";
import { randomItem } from "../../../random.ts";
import { anyNumber, divisorOf, everydayNumber, oneDigit } from "./draw.ts";
import type { Expression, Operation, Operator } from "./expression.ts";
import { evaluate, operation } from "./expression.ts";
import { breaksOnTheWay, isTaught } from "./limits.ts";

const operators: readonly Operator[] = ["+", "+", "-", "-", "×", "×", "÷"];

type Shape = "leaf" | readonly [Shape, Shape];

const leaf = "leaf";
const two: Shape = [leaf, leaf];
const shapes: readonly Shape[] = [
  [two, leaf],
  [two, leaf],
  [two, leaf],
  [leaf, two],
  [leaf, two],
  [[two, leaf], leaf],
  [[leaf, two], leaf],
  [leaf, [two, leaf]],
  [two, two],
  [two, two],
];

/** Two or three operations, with brackets where the shape needs them. */
export function drawChain(random: Random): Operation {
  for (;;) {
    const chain = grow(random, randomItem(random, shapes));
    if (chain !== undefined && typeof chain !== "number" && isWorthAsking(random, chain)) return chain;
  }
}

/** Sums and differences of three or four numbers, as people add up. */
export function drawTally(random: Random, operators: readonly Operator[] = ["+"], most = 4): Operation {
  for (;;) {
    let tally = operation(randomItem(random, operators), anyNumber(random), anyNumber(random));
    const more = random() < 0.65 || most === 3 ? 1 : 2;
    for (let i = 0; i < more; i++) tally = operation(randomItem(random, operators), tally, anyNumber(random));
    if (isWorthAsking(random, tally)) return tally;
  }
}

/** A chain like the others but that it breaks off: an intermediate result is negative or leaves a remainder. */
export function drawBrokenChain(random: Random): Operation {
  for (;;) {
    const chain = grow(random, randomItem(random, shapes), true);
    if (chain !== undefined && typeof chain !== "number" && breaksOnTheWay(chain)) return chain;
  }
}

function isWorthAsking(random: Random, chain: Operation): boolean {
  // negative results only now and then: most draws of a difference would be
  return isTaught(chain) && (evaluate(chain) >= 0 || random() < 0.15);
}

/** @param any whether also what is not taught will do, a division that leaves something with it */
function grow(random: Random, shape: Shape, any = false): Expression | undefined {
  if (shape === leaf) return random() < 0.75 ? everydayNumber(random) : anyNumber(random);
  const left = grow(random, shape[0] as Shape, any);
  if (left === undefined) return undefined;
  const operator = randomItem(random, operators);
  let right: Expression | undefined;
  if (operator === "÷" && shape[1] === leaf && !any) right = divisorOf(random, evaluate(left));
  else if (operator === "×" && shape[1] === leaf && random() < 0.6) right = oneDigit(random);
  else right = grow(random, shape[1] as Shape, any);
  if (right === undefined) return undefined;
  const chain = operation(operator, left, right);
  // an early look spares growing the rest
  return any || isTaught(chain) ? chain : undefined;
}
