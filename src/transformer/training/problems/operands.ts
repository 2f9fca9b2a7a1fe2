import type { Random } from "../../../random.ts";
import { randomInteger } from "../../../random.ts";
import { anyNumber, oneDigit, perCent, roundNumber, threeDigits, twoDigits } from "./draw.ts";
import type { Operator } from "./expression.ts";

/** Two numbers for an operation. */
export const operands: Record<Operator, (random: Random) => [number, number]> = {
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
  "%": (random) => [perCent(random), random() < 0.2 ? roundNumber(random) : anyNumber(random)],
};

export function swapped(random: Random, a: number, b: number): [number, number] {
  return random() < 0.5 ? [a, b] : [b, a];
}

/** Three digits by one or two mostly; `exact` is the share that leaves nothing. */
export function division(random: Random, exact: number): [number, number] {
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
