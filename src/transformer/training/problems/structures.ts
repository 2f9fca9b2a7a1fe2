import type { Random } from "../../../random.ts";
import { randomInteger } from "../../../random.ts";
import { anyNumber, divisorOf, everydayNumber, oneDigit, perCent, twoDigits } from "./draw.ts";

/**
 * Numbers for each structure of a story or a worded chain: divisions come out even, nothing on the way is negative.
 * Undefined where a draw does not work out.
 */
type Draw = (random: Random) => readonly number[] | undefined;

const below = (random: Random, value: number) =>
  value < 3 ? undefined : randomInteger(random, value > 20 ? Math.ceil(value / 10) : 1, value - 1);

/** Factors whose product has up to four digits: mostly small ones, as things come in packs. */
const factors = (random: Random): [number, number] => {
  const draw = random();
  if (draw < 0.45)
    return random() < 0.5 ? [oneDigit(random), twoDigits(random)] : [twoDigits(random), oneDigit(random)];
  if (draw < 0.8) return [twoDigits(random), twoDigits(random)];
  return draw < 0.9
    ? [oneDigit(random), oneDigit(random)]
    : random() < 0.5
      ? [randomInteger(random, 100, 999), oneDigit(random)]
      : [oneDigit(random), randomInteger(random, 100, 999)];
};

/** Dividend and divisor without remainder. */
const evenDivision = (random: Random): [number, number] => {
  const divisor = random() < 0.6 ? oneDigit(random) : randomInteger(random, 10, 40);
  return [divisor * randomInteger(random, 2, Math.floor(999 / divisor)), divisor];
};

const draws: Record<string, Draw> = {
  "a+b": (r) => [anyNumber(r), anyNumber(r)],
  "a-b": (r) => {
    const a = anyNumber(r);
    const b = below(r, a);
    return b === undefined ? undefined : [a, b];
  },
  "a×b": factors,
  "a÷b": evenDivision,
  "a%b": (r) => {
    const part = perCent(r);
    // people ask for whole persons: a number that gives a whole result, where there is one
    const step = 100 / gcd(part, 100);
    return part < 100 && step <= 50 ? [part, step * randomInteger(r, 1, Math.floor(999 / step))] : undefined;
  },
  "a+b+c": (r) => [anyNumber(r), anyNumber(r), anyNumber(r)],
  "a+b+c+d": (r) => [anyNumber(r), anyNumber(r), anyNumber(r), anyNumber(r)],
  "a+b-c": (r) => withLast([anyNumber(r), anyNumber(r)], ([a, b]) => below(r, a! + b!)),
  "a-b+c": (r) => {
    const a = anyNumber(r);
    const b = below(r, a);
    return b === undefined ? undefined : [a, b, anyNumber(r)];
  },
  "a-b-c": (r) => {
    const a = randomInteger(r, 10, r() < 0.5 ? 99 : 999);
    const b = below(r, a - 2);
    return b === undefined ? undefined : withLast([a, b], () => below(r, a - b));
  },
  "a-(b+c)": (r) => draws["a-b-c"]!(r),
  "(a+b)×c": (r) => [everydayNumber(r), everydayNumber(r), r() < 0.75 ? oneDigit(r) : twoDigits(r)],
  "(a-b)×c": (r) => {
    const a = everydayNumber(r);
    const b = below(r, a);
    return b === undefined ? undefined : [a, b, r() < 0.7 ? oneDigit(r) : twoDigits(r)];
  },
  "a×b+c": (r) => [...factors(r), anyNumber(r)],
  "a×b-c": (r) => withLast(factors(r), ([a, b]) => below(r, Math.min(a! * b!, 999))),
  "c-a×b": (r) => {
    const [a, b] = r() < 0.7 ? [oneDigit(r), everydayNumber(r)] : [everydayNumber(r), oneDigit(r)];
    return a * b < 995
      ? [a, b, randomInteger(r, a * b + 1, r() < 0.6 ? Math.min(999, a * b + 100) : 999)]
      : undefined;
  },
  "a×b×c": (r) => [oneDigit(r), everydayNumber(r), r() < 0.7 ? oneDigit(r) : twoDigits(r)],
  "(a+b)÷c": (r) => {
    const [total, c] = evenDivision(r);
    const a = below(r, total);
    return a === undefined ? undefined : [a, total - a, c];
  },
  "(a-b)÷c": (r) => {
    const [rest, c] = evenDivision(r);
    const b = everydayNumber(r);
    return rest + b > 999 ? undefined : [rest + b, b, c];
  },
  "a÷b+c": (r) => [...evenDivision(r), anyNumber(r)],
  "a÷b-c": (r) => withLast(evenDivision(r), ([a, b]) => below(r, a! / b!)),
  "a×b÷c": (r) => {
    const [a, b] = factors(r);
    const c = divisorOf(r, a * b, 24);
    return c === undefined ? undefined : [a, b, c];
  },
  "a÷b×c": (r) => [...evenDivision(r), r() < 0.7 ? oneDigit(r) : twoDigits(r)],
  "a×b+c×d": (r) => [...smallFactors(r), ...smallFactors(r)],
  "a×b-c×d": (r) => [...factors(r), ...smallFactors(r)],
  "(a+b)×(c-d)": (r) => {
    const c = everydayNumber(r);
    const d = below(r, c);
    return d === undefined ? undefined : [everydayNumber(r), everydayNumber(r), c, d];
  },
  "(a+b)×(c+d)": (r) => [oneDigit(r), everydayNumber(r), oneDigit(r), everydayNumber(r)],
  "(a+b)×c-d": (r) =>
    withLast([everydayNumber(r), everydayNumber(r), oneDigit(r)], ([a, b, c]) =>
      below(r, Math.min(999, (a! + b!) * c!)),
    ),
  "(a-b)×c+d": (r) => {
    const abc = draws["(a-b)×c"]!(r);
    return abc === undefined ? undefined : [...abc, anyNumber(r)];
  },
  "a×b+c-d": (r) =>
    withLast([...factors(r), anyNumber(r)], ([a, b, c]) => below(r, Math.min(999, a! * b! + c!))),
  "a+b-c+d": (r) => {
    const abc = draws["a+b-c"]!(r);
    return abc === undefined ? undefined : [...abc, anyNumber(r)];
  },
  "a+(a+b)": (r) => [anyNumber(r), anyNumber(r)],
  "a+(a-b)": (r) => draws["a-b"]!(r),
  "a+a×b": (r) => [everydayNumber(r), oneDigit(r)],
  "a×b-a": (r) => [everydayNumber(r), oneDigit(r)],
  "a÷2": (r) => [even(r)],
  "2×a": (r) => [anyNumber(r)],
  "3×a": (r) => [anyNumber(r)],
  "a+2×a": (r) => [anyNumber(r)],
  "a+3×a": (r) => [everydayNumber(r)],
  "a+a÷2": (r) => [even(r)],
  "a÷2+b": (r) => [even(r), anyNumber(r)],
  "a÷2-b": (r) => withLast([even(r)], ([a]) => below(r, a! / 2)),
  "2×a+b": (r) => [anyNumber(r), anyNumber(r)],
  "2×a-b": (r) => withLast([anyNumber(r)], ([a]) => below(r, Math.min(999, 2 * a!))),
  "(a+b)÷2": (r) => {
    const total = even(r);
    const a = below(r, total);
    return a === undefined ? undefined : [a, total - a];
  },
  "(a-b)÷2": (r) => {
    const [rest, b] = [even(r), everydayNumber(r)];
    return rest + b > 999 ? undefined : [rest + b, b];
  },
  "a×b÷2": (r) => {
    const [a, b] = factors(r);
    return (a * b) % 2 === 0 ? [a, b] : undefined;
  },
  "b-a%b": (r) => draws["a%b"]!(r),
  "b+a%b": (r) => draws["a%b"]!(r),
  "c+a×b": (r) => draws["a×b+c"]!(r),
  "c+a÷b": (r) => draws["a÷b+c"]!(r),
  "c×(a+b)": (r) => draws["(a+b)×c"]!(r),
  "c×(a-b)": (r) => draws["(a-b)×c"]!(r),
};

function even(random: Random): number {
  return 2 * (random() < 0.5 ? randomInteger(random, 2, 50) : randomInteger(random, 2, 499));
}

function smallFactors(random: Random): [number, number] {
  return random() < 0.5
    ? [oneDigit(random), everydayNumber(random)]
    : [everydayNumber(random), oneDigit(random)];
}

function withLast(
  first: readonly number[],
  last: (first: readonly number[]) => number | undefined,
): readonly number[] | undefined {
  const value = last(first);
  return value === undefined ? undefined : [...first, value];
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** Values for the letters of a structure. */
export function drawValues(random: Random, structure: string): Record<string, number> | undefined {
  const draw = draws[structure];
  if (draw === undefined) throw new Error(`no draw for the structure ${structure}`);
  const values = draw(random);
  if (values === undefined) return undefined;
  const [a, b, c, d] = values;
  return { a: a!, b: b ?? 0, c: c ?? 0, d: d ?? 0 };
}
