/**
 * Sums and differences in columns, from the ones, with the carry or borrow written: a network of this size cannot
 * add two numbers of three digits in one go, but it can add two digits. The line's equation stands last.
 */

/** `8+0=8, 6+4=10, 0+3+1=4, so 68+340=408` */
export function sumLine(left: number, right: number): string {
  if (left < 10 && right < 10) return `${left}+${right}=${left + right}`;
  const columns = [];
  let carry = 0;
  for (let a = left, b = right; a > 0 || b > 0; a = Math.floor(a / 10), b = Math.floor(b / 10)) {
    const sum = (a % 10) + (b % 10) + carry;
    columns.push(`${a % 10}+${b % 10}${carry > 0 ? "+1" : ""}=${sum}`);
    carry = sum > 9 ? 1 : 0;
  }
  return `${columns.join(", ")}, so ${left}+${right}=${left + right}`;
}

/**
 * `2-7+10=5, 6-3-1=2, so 62-37=25`; a smaller minuend is turned round first, on a line of its own. With as many digits
 * as the other, that it is smaller is found out in columns: at a glance two such numbers are easily mistaken.
 */
export function differenceLines(left: number, right: number): string[] {
  if (left >= right) return [differenceLine(left, right)];
  const alike = left > 9 && String(left).length === String(right).length;
  return [
    alike ? shortfall(left, right) : `${left} is less than ${right}`,
    differenceLine(right, left),
    `so ${left}-${right}=${left - right}`,
  ];
}

export function differenceLine(left: number, right: number): string {
  if (left < 10) return `${left}-${right}=${left - right}`;
  return `${differenceColumns(left, right)}, so ${left}-${right}=${left - right}`;
}

/** `4-6+10=8, 9-9-1+10=9, so 94 is less than 96`: the last column borrows from nothing. */
export function shortfall(left: number, right: number): string {
  return `${differenceColumns(left, right)}, so ${left} is less than ${right}`;
}

function differenceColumns(left: number, right: number): string {
  const columns = [];
  let borrow = 0;
  for (let a = left, b = right; a > 0 || b > 0; a = Math.floor(a / 10), b = Math.floor(b / 10)) {
    const low = (a % 10) - (b % 10) - borrow;
    const lent = low < 0;
    columns.push(`${a % 10}-${b % 10}${borrow > 0 ? "-1" : ""}${lent ? "+10" : ""}=${lent ? low + 10 : low}`);
    borrow = lent ? 1 : 0;
  }
  return columns.join(", ");
}
