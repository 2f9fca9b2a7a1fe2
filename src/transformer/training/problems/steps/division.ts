import type { Random } from "../../../../random.ts";
import { differenceLine } from "./columns.ts";

/**
 * Long division: for each digit of the quotient the number at hand, the guess with its product, and what is left.
 * A divisor of two digits has its multiples written first, which turns the guess into a look-up.
 * @param slips where guesses are to be one too high or too low now and then, and to be mended
 */
export function divisionLines(dividend: number, divisor: number, slips?: Random): string[] {
  const lines = divisor > 9 ? [multiples(divisor)] : [];
  const digits = String(dividend);
  let rest = 0;
  // a divisor of two digits never goes into one: start with two
  const start = Math.min(String(divisor).length, digits.length) - 1;
  for (let at = 0; at < digits.length; at++) {
    rest = rest * 10 + Number(digits[at]);
    if (at < start) continue;
    lines.push(`${rest}: ${slip(rest, divisor, slips)}${guessed(rest, divisor, Math.floor(rest / divisor))}`);
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

/** `7×12=84, 4-4=0, 9-8=1, so 94-84=10` */
function guessed(rest: number, divisor: number, guess: number): string {
  const product = guess * divisor;
  const left =
    divisor > 9 && guess > 0 ? differenceLine(rest, product) : `${rest}-${product}=${rest - product}`;
  return `${guess}×${divisor}=${product}, ${left}`;
}

/**
 * A wrong guess and how it shows: `8×12=96, 94 is less than 96, ` or `6×12=72, …, so 94-72=22, 22 is not less than 12, `.
 * Where the right one is a close call, more often than elsewhere.
 */
function slip(rest: number, divisor: number, slips: Random | undefined): string {
  if (slips === undefined) return "";
  const guess = Math.floor(rest / divisor);
  const left = rest % divisor;
  const share = (distance: number) => (4 * distance <= divisor ? 0.1 : 0.02);
  const draw = slips();
  if (guess < 9 && draw < share(divisor - left)) {
    const product = (guess + 1) * divisor;
    return `${guess + 1}×${divisor}=${product}, ${rest} is less than ${product}, `;
  }
  if (guess > 0 && 1 - draw < share(left))
    return `${guessed(rest, divisor, guess - 1)}, ${left + divisor} is not less than ${divisor}, `;
  return "";
}

function multiples(divisor: number): string {
  return Array.from({ length: 8 }, (_, i) => `${i + 2}×${divisor}=${(i + 2) * divisor}`).join(", ");
}
