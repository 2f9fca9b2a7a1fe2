/** A fraction in lowest terms, its denominator positive. */
interface Fraction {
  top: bigint;
  bottom: bigint;
}

/**
 * The exact value of `+ - × ÷`, brackets, decimals and `p% of n`, as an integer or terminating decimal in text (`12.76`).
 * Written apart from the generator's own arithmetic, to check it.
 */
export function exactValue(expression: string): string {
  const text = expression.replace(/(\d+)% of (\d+)/g, "($1×$2÷100)").replace(/\s/g, "");
  let at = 0;
  const sum = (): Fraction => {
    let value = product();
    while (text[at] === "+" || text[at] === "-") {
      const sign = text[at++] === "+" ? 1n : -1n;
      const right = product();
      value = reduce(value.top * right.bottom + sign * right.top * value.bottom, value.bottom * right.bottom);
    }
    return value;
  };
  const product = (): Fraction => {
    let value = factor();
    while (text[at] === "×" || text[at] === "÷") {
      const multiplies = text[at++] === "×";
      const right = factor();
      value = multiplies
        ? reduce(value.top * right.top, value.bottom * right.bottom)
        : reduce(value.top * right.bottom, value.bottom * right.top);
    }
    return value;
  };
  const factor = (): Fraction => {
    if (text[at] === "-") {
      at++;
      const { top, bottom } = factor();
      return { top: -top, bottom };
    }
    if (text[at] === "(") {
      at++;
      const value = sum();
      at++;
      return value;
    }
    const [number] = /^[0-9.]+/.exec(text.slice(at)) ?? [];
    if (number === undefined) throw new Error(`no number at ${at} of ${text}`);
    at += number.length;
    const [whole, decimals = ""] = number.split(".");
    return reduce(BigInt(whole! + decimals), 10n ** BigInt(decimals.length));
  };
  const value = sum();
  if (at !== text.length) throw new Error(`${text} goes on at ${at}`);
  return decimal(value);
}

function reduce(top: bigint, bottom: bigint): Fraction {
  const divisor = gcd(top < 0n ? -top : top, bottom < 0n ? -bottom : bottom) || 1n;
  return bottom < 0n
    ? { top: -top / divisor, bottom: -bottom / divisor }
    : { top: top / divisor, bottom: bottom / divisor };
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

function decimal({ top, bottom }: Fraction): string {
  if (bottom === 1n) return String(top);
  const scaled = top * 100n;
  if (scaled % bottom !== 0n) return `${top}/${bottom}`;
  return String(Number(scaled / bottom) / 100);
}
