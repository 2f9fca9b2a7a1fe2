import { differenceLine } from "./columns.ts";

/**
 * Long division: for each digit of the quotient the number at hand, the guess with its product, and what is left.
 * A divisor of two digits has its multiples written first, which turns the guess into a look-up.
 */
export function divisionLines(dividend: number, divisor: number): string[] {
  const lines = divisor > 9 ? [multiples(divisor)] : [];
  const digits = String(dividend);
  let rest = 0;
  // a divisor of two digits never goes into one: start with two
  const start = Math.min(String(divisor).length, digits.length) - 1;
  for (let at = 0; at < digits.length; at++) {
    rest = rest * 10 + Number(digits[at]);
    if (at < start) continue;
    const guess = Math.floor(rest / divisor);
    const product = guess * divisor;
    const left =
      divisor > 9 && guess > 0 ? differenceLine(rest, product) : `${rest}-${product}=${rest - product}`;
    lines.push(`${rest}: ${guess}×${divisor}=${product}, ${left}`);
    rest -= product;
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

function multiples(divisor: number): string {
  return Array.from({ length: 8 }, (_, i) => `${i + 2}×${divisor}=${(i + 2) * divisor}`).join(", ");
}
