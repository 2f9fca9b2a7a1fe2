import type { Random } from "../../../random.ts";
import { randomInteger, randomItem } from "../../../random.ts";

/** Operands. Lengths are drawn first, so that small numbers are as usual as they are in questions that people ask. */

/** 1 to 3 digits. */
export function anyNumber(random: Random): number {
  const draw = random();
  if (draw < 0.12) return randomInteger(random, 2, 9);
  return draw < 0.62 ? twoDigits(random) : threeDigits(random);
}

/** 2 to 99, as most numbers in stories are. */
export function everydayNumber(random: Random): number {
  return random() < 0.35 ? randomInteger(random, 2, 9) : twoDigits(random);
}

export function oneDigit(random: Random): number {
  return randomInteger(random, 2, 9);
}

export function twoDigits(random: Random): number {
  return randomInteger(random, 10, 99);
}

/** A fifth are round: prices and populations are, and zeros are cases of their own. */
export function threeDigits(random: Random): number {
  return random() < 0.2 ? randomInteger(random, 10, 99) * 10 : randomInteger(random, 100, 999);
}

/** What percentages are asked of: 40, 250, 800. */
export function roundNumber(random: Random): number {
  return random() < 0.5 ? randomInteger(random, 1, 99) * 10 : randomInteger(random, 1, 9) * 100;
}

/** A whole number from 2 to 99 that divides `value` without remainder, or undefined. */
export function divisorOf(random: Random, value: number, largest = 99): number | undefined {
  const divisors = [];
  for (let divisor = 2; divisor <= largest && divisor <= value; divisor++)
    if (value % divisor === 0) divisors.push(divisor);
  return divisors.length === 0 ? undefined : randomItem(random, divisors);
}

/** Whole per cents, the usual ones more often. */
export function perCent(random: Random): number {
  const draw = random();
  if (draw < 0.4) return randomInteger(random, 1, 19) * 5;
  if (draw < 0.5) return randomItem(random, [10, 20, 25, 50, 75, 100]);
  return draw < 0.93
    ? randomInteger(random, 1, 99)
    : randomItem(random, [100, 100, 105, 110, 115, 120, 125, 130, 140, 150, 175, 200, 250, 300]);
}
