/** A share as a percentage with one decimal: `61.2`. */
export function percent(share: number | null): string {
  return share === null ? "–" : (100 * share).toFixed(1);
}

/** `61.2 ±3.0`: ± is half of the 95 % interval. */
export function percentWithError(share: number, stderr: number | null): string {
  return stderr === null ? percent(share) : `${percent(share)} ±${(196 * stderr).toFixed(1)}`;
}

/** A difference of shares with its sign, in points: `+27.2`, `−3.0`. */
export function points(difference: number): string {
  const text = (100 * difference).toFixed(1);
  return text.startsWith("-") ? `−${text.slice(1)}` : `+${text}`;
}

/** `p<0.001`, `p=0.021`. */
export function pValue(p: number): string {
  return p < 0.001 ? "p<0.001" : `p=${p.toFixed(3)}`;
}

/** Counts and milliseconds: `1,234`. */
export function whole(value: number | null): string {
  return value === null ? "–" : Math.round(value).toLocaleString("en-US");
}

/** US dollars: four significant digits where it is little. */
export function dollars(cost: number | null): string {
  if (cost === null) return "–";
  return `$${cost === 0 || cost >= 1 ? cost.toFixed(2) : String(Number(cost.toPrecision(4)))}`;
}
