import type { Measure } from "../forms/units.ts";
import { measure } from "../forms/units.ts";
import type { Placed } from "./sides.ts";

/** Where a mismatch proves nothing: units that convert, labels, parts of numbers. */
export function isDoubtful(text: string, a: Placed, b: Placed, withRemainder: boolean): boolean {
  if (a.start.kind === "number" && a.start.partLeft) return true;
  if (withRemainder) return false;
  // 2·10^3/4·10^2 is meant as a quotient of two numbers in scientific notation
  if (
    /[/÷]\s*[\d.]+\s*(?:\*|×|·|\\cdot|\\times)\s*10\s*(?:\^|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻])/.test(
      text.slice(a.start.start, b.stop.end),
    )
  )
    return true;
  if (converts(a, b)) return true;
  if (!a.operand.computed) return a.operand.units.length > 0 || a.before !== undefined || a.after.length > 0;
  return isCompound(b);
}

/** `2 hours * 60 = 7200 seconds`: the right side is in another unit of a measure that is on the left. */
function converts(a: Placed, b: Placed): boolean {
  const from = measures(a);
  return measures(b).some(
    ({ unit, dimension }) =>
      from.every((other) => other.unit !== unit) && from.some((other) => other.dimension === dimension),
  );
}

function measures({ operand, after }: Placed): Measure[] {
  const [next] = after;
  const words = next?.kind === "word" ? [...operand.units, next.text] : operand.units;
  return words.flatMap((word) => measure(word) ?? []);
}

/** `3 hours 20 minutes`, `5 feet and 3 inches` */
function isCompound({ after }: Placed): boolean {
  const [unit, ...rest] = after;
  if (unit?.kind !== "word") return false;
  const number = rest.findIndex(({ kind }) => kind === "number");
  return number >= 0 && number <= 1 && rest[number + 1]?.kind === "word";
}

/** `= about 6`, `= 7 full boxes`: the right side is not meant exactly. */
export function isHedged({ after }: Placed): boolean {
  const [first, second] = after;
  return (
    first?.kind === "word" &&
    /^(?:approx|approximately|rounded|about|roughly|full|whole|complete)$/i.test(first.text) &&
    second?.kind !== "number"
  );
}
