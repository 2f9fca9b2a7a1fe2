import { sumLine } from "./columns.ts";

/**
 * Long multiplication: a line for each digit of the shorter factor, from the ones (times table plus carry), then
 * the partial products added in columns.
 */
export function productLines(left: number, right: number): string[] {
  if (left < 10 && right < 10) return [`${left}×${right}=${left * right}`];
  const swapped = String(left).length < String(right).length;
  const [top, bottom] = swapped ? [right, left] : [left, right];
  if (bottom < 10) return [`${digitProducts(top, bottom)}, so ${left}×${right}=${left * right}`];

  const lines = [];
  let total: number | undefined;
  for (let rest = bottom, place = 1; rest > 0; rest = Math.floor(rest / 10), place *= 10) {
    const digit = rest % 10;
    const part = top * digit * place;
    lines.push(`${digitProducts(top, digit)}, so ${top}×${digit * place}=${part}`);
    if (total !== undefined) lines.push(sumLine(total, part));
    total = (total ?? 0) + part;
  }
  lines.push(`so ${left}×${right}=${left * right}`);
  return lines;
}

/** `7×2=14, 1×2=2, 2+1=3`: the digits of `top` from the ones, each times `digit`, with the carry added. */
function digitProducts(top: number, digit: number): string {
  const pieces = [];
  let carry = 0;
  for (let rest = top; rest > 0; rest = Math.floor(rest / 10)) {
    const product = (rest % 10) * digit;
    pieces.push(`${rest % 10}×${digit}=${product}`);
    if (carry > 0) pieces.push(`${product}+${carry}=${product + carry}`);
    carry = Math.floor((product + carry) / 10);
  }
  return pieces.join(", ");
}
