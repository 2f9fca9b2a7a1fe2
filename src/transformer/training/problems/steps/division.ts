import type { Random } from "../../../../random.ts";
import { randomInteger } from "../../../../random.ts";
import { differenceLine, shortfall } from "./columns.ts";

/**
 * Long division: for each digit of the quotient the number at hand, the guess with its product, and what is left.
 * A divisor of two digits has its multiples written first, which turns the guess into a look-up; whether the guess was
 * right is then found out by calculating: too high shows where the columns borrow from nothing, too low in what is left.
 * @param slips where guesses are to be wrong now and then, and to be mended
 */
export function divisionLines(dividend: number, divisor: number, slips?: Random): string[] {
  const long = divisor > 9;
  const lines = long ? [multiples(divisor)] : [];
  const digits = String(dividend);
  let rest = 0;
  // a divisor of two digits never goes into one: start with two
  const start = Math.min(String(divisor).length, digits.length) - 1;
  for (let at = 0; at < digits.length; at++) {
    rest = rest * 10 + Number(digits[at]);
    if (at < start) continue;
    lines.push(`${rest}: ${long ? guesses(rest, divisor, slips) : guessed(rest, divisor)}`);
    rest %= divisor;
  }
  const quotient = Math.floor(dividend / divisor);
  // not `=` with a remainder: 450÷70=6 is false
  lines.push(
    rest === 0
      ? `so ${dividend}÷${divisor}=${quotient}`
      : `so ${dividend}÷${divisor} is ${quotient} remainder ${rest}`,
  );
  return lines;
}

/** `6×7=42, 45-42=3` */
function guessed(rest: number, divisor: number): string {
  const guess = Math.floor(rest / divisor);
  const product = guess * divisor;
  return `${guess}×${divisor}=${product}, ${rest}-${product}=${rest - product}`;
}

/** The guesses up to the right one, each with how it is found to be too high, too low or right. */
function guesses(rest: number, divisor: number, slips: Random | undefined): string {
  const right = Math.floor(rest / divisor);
  const tried = [];
  let guess = slips === undefined ? right : firstGuess(rest, divisor, slips);
  while (guess !== right) {
    tried.push(tryGuess(rest, divisor, guess));
    guess += guess < right ? 1 : -1;
  }
  tried.push(tryGuess(rest, divisor, right));
  return tried.join(", ");
}

/**
 * `8×12=96, 4-6+10=8, 9-9-1+10=9, so 94 is less than 96`, `6×12=72, …, so 94-72=22, 12 is not more than 22` or
 * `7×12=84, …, so 94-84=10, 12 is more than 10`.
 */
function tryGuess(rest: number, divisor: number, guess: number): string {
  const product = guess * divisor;
  const multiplied = `${guess}×${divisor}=${product}`;
  if (product > rest) return `${multiplied}, ${shortfall(rest, product)}`;
  const left = rest - product;
  const subtracted = guess > 0 ? differenceLine(rest, product) : `${rest}-0=${rest}`;
  // both numbers stand there before the word that compares them is written
  return `${multiplied}, ${subtracted}, ${divisor} is ${left < divisor ? "" : "not "}more than ${left}`;
}

/** Mostly right; one too high or too low more often where it is a close call, now and then further off. */
function firstGuess(rest: number, divisor: number, slips: Random): number {
  const right = Math.floor(rest / divisor);
  const left = rest % divisor;
  const share = (distance: number) => (4 * distance <= divisor ? 0.3 : 0.05);
  const draw = slips();
  const off = slips() < 0.9 ? 1 : randomInteger(slips, 2, 3);
  if (draw < share(divisor - left)) return Math.min(9, right + off);
  if (1 - draw < share(left)) return Math.max(0, right - off);
  return right;
}

function multiples(divisor: number): string {
  return Array.from({ length: 8 }, (_, i) => `${i + 2}×${divisor}=${(i + 2) * divisor}`).join(", ");
}
