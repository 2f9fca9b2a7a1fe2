import { stripAssignment } from "./assignment.ts";
import type { Approximate } from "./complex.ts";
import { magnitude } from "./complex.ts";
import { exactValue } from "./exact.ts";
import type { Expression, Relation } from "./expression.ts";
import { atRationals, evaluate, points } from "./numeric.ts";
import { matrixValue } from "./matrix.ts";
import { negated } from "./parse.ts";
import type { Rational } from "./rational.ts";
import {
  decimalExponent,
  absolute,
  add,
  compare,
  equals,
  multiply,
  negate,
  power,
  rational,
  roundings,
  toNumber,
} from "./rational.ts";
import { asSets } from "./sets.ts";
import { hasBareLogarithm, mapExpression, withDecimalLogarithms, writtenOut } from "./simplify.ts";

/**
 * Whether two expressions mean the same. Structure is compared first, numbers exactly, and expressions with symbols
 * by their values at sample points.
 * @returns undefined where it cannot be told
 */
export function sameMath(answer: Expression, gold: Expression): boolean | undefined {
  const [mine, theirs] = [answer, gold].map((node) => mapExpression(node, writtenOut)) as [
    Expression,
    Expression,
  ];
  const a = matrixValue(stripAssignment(mine, theirs));
  const b = matrixValue(stripAssignment(theirs, mine));
  if (a.type === "words" || b.type === "words")
    return a.type === "words" && b.type === "words" ? a.text === b.text : undefined;
  return sameShape(...asSets(a, b));
}

function sameShape(a: Expression, b: Expression): boolean | undefined {
  if (a.type === "plus-minus" || b.type === "plus-minus") return sameItems(expanded(a), expanded(b), false);
  if (a.type === "group" || b.type === "group") return sameGroup(a, b);
  if (a.type === "matrix" || b.type === "matrix") return sameMatrix(a, b);
  if (a.type === "set-operation" || b.type === "set-operation") {
    if (a.type !== b.type || a.type !== "set-operation" || b.type !== "set-operation") return false;
    if (a.operator !== b.operator) return false;
    return sameItems(a.sets, b.sets, a.operator === "difference");
  }
  if (a.type === "relation" || b.type === "relation")
    return a.type === "relation" && b.type === "relation" ? sameRelation(a, b) : false;
  if (a.type === "ratio" || b.type === "ratio")
    return a.type === "ratio" && b.type === "ratio"
      ? sameRatio(a.terms, b.terms)
      : sameScalar(ratioValue(a), ratioValue(b));
  return sameScalar(a, b);
}

/** `3:4` as the fraction that it may be written as. */
function ratioValue(node: Expression): Expression {
  if (node.type !== "ratio" || node.terms.length !== 2) return node;
  const inverse: Expression = { type: "number", value: rational(-1n) };
  return {
    type: "product",
    factors: [node.terms[0]!, { type: "power", base: node.terms[1]!, exponent: inverse }],
  };
}

function sameRatio(a: Expression[], b: Expression[]): boolean | undefined {
  if (a.length !== b.length) return false;
  const [firstA, firstB] = [exactValue(a[0]!), exactValue(b[0]!)];
  if (!firstA || !firstB || firstA.numerator === 0n || firstB.numerator === 0n) return sameItems(a, b, true);
  return a.every((term, place) => {
    const [left, right] = [exactValue(term), exactValue(b[place]!)];
    return (
      left !== undefined && right !== undefined && equals(multiply(left, firstB), multiply(right, firstA))
    );
  });
}

/** `a ± b` as its two values, a bare list as its items. */
function expanded(node: Expression): Expression[] {
  if (node.type === "plus-minus")
    return [
      { type: "sum", terms: [node.left, node.right] },
      { type: "sum", terms: [node.left, negated(node.right)] },
    ];
  if (node.type === "group" && (node.open === "" || node.open === "{")) return node.items.flatMap(expanded);
  if (node.type === "relation" && node.operands.length === 2) {
    const right = node.operands[1]!;
    if (right.type === "plus-minus") return expanded(right);
  }
  return [node];
}

function sameGroup(a: Expression, b: Expression): boolean | undefined {
  if (a.type !== "group" || b.type !== "group") {
    const group = a.type === "group" ? a : b;
    const other = a.type === "group" ? b : a;
    if (group.type !== "group") return undefined;
    if (other.type === "matrix" && group.open !== "{" && group.open !== "") {
      const cells = other.rows.flat();
      return other.rows.length === 1 || other.rows.every((row) => row.length === 1)
        ? sameItems(group.items, cells, true)
        : false;
    }
    return group.items.length === 1 ? sameMath(group.items[0]!, other) : false;
  }
  const ordered = (node: typeof a): boolean => node.open === "(" || node.open === "[";
  if (ordered(a) && ordered(b)) {
    if (a.items.length === 2 && (a.open !== b.open || a.close !== b.close)) return false;
    return sameItems(a.items, b.items, true);
  }
  if (ordered(a) || ordered(b)) {
    const bare = ordered(a) ? b : a;
    // a tuple is no set, but may have lost its brackets
    const tuple = ordered(a) ? a : b;
    // two numbers in round brackets may be an interval: then a bare pair proves nothing
    const isTuple = tuple.open === "(" && tuple.close === ")" && tuple.items.length !== 2;
    return bare.open === "" && isTuple ? sameItems(a.items, b.items, true) : false;
  }
  return sameItems(expanded(a), expanded(b), false);
}

function sameItems(a: Expression[], b: Expression[], ordered: boolean): boolean | undefined {
  if (a.length !== b.length || a.length > 400) return false;
  if (ordered) return every(a.map((item, place) => () => sameMath(item, b[place]!)));
  const left = [...b];
  let doubt = false;
  for (const item of a) {
    const place = left.findIndex((other) => {
      const same = sameMath(item, other);
      if (same === undefined) doubt = true;
      return same === true;
    });
    if (place < 0) return doubt ? undefined : false;
    left.splice(place, 1);
  }
  return true;
}

function every(tests: (() => boolean | undefined)[]): boolean | undefined {
  let doubt = false;
  for (const test of tests) {
    const result = test();
    if (result === false) return false;
    if (result === undefined) doubt = true;
  }
  return doubt ? undefined : true;
}

function sameMatrix(a: Expression, b: Expression): boolean | undefined {
  if (a.type !== "matrix" || b.type !== "matrix") {
    const [matrix, other] = a.type === "matrix" ? [a, b] : [b, a];
    const cells = matrix.type === "matrix" ? matrix.rows.flat() : [];
    return cells.length === 1 ? sameMath(cells[0]!, other) : false;
  }
  if (a.rows.length !== b.rows.length) return false;
  return every(a.rows.map((row, place) => () => sameItems(row, b.rows[place]!, true)));
}

const reversed: Partial<Record<Relation, Relation>> = { ">": "<", ">=": "<=" };

type RelationNode = Extract<Expression, { type: "relation" }>;

/** Written with `<` rather than `>`. */
function oriented(node: RelationNode): RelationNode {
  if (!node.operators.some((operator) => operator in reversed)) return node;
  if (!node.operators.every((operator) => operator in reversed || operator === "=")) return node;
  return {
    type: "relation",
    operators: node.operators.map((operator) => reversed[operator] ?? operator).reverse(),
    operands: [...node.operands].reverse(),
  };
}

function sameRelation(first: RelationNode, second: RelationNode): boolean | undefined {
  const [a, b] = [oriented(first), oriented(second)];
  if (a.operators.join() !== b.operators.join()) return false;
  const operator = a.operators[0]!;
  if (a.operators.length > 1 || operator === "in" || operator === "≡" || operator === "≈")
    return sameItems(a.operands, b.operands, true);
  const plain = sameItems(a.operands, b.operands, true);
  if (plain === true) return true;
  const crossed =
    (operator === "=" || operator === "!=") && sameItems(a.operands, [...b.operands].reverse(), true);
  if (crossed === true) return true;
  return proportional(difference(a), difference(b), operator === "<" || operator === "<=");
}

function difference(node: RelationNode): Expression {
  return { type: "sum", terms: [node.operands[0]!, negated(node.operands[1]!)] };
}

/** Whether one is a constant, not zero, times the other: then `a = 0` and `b = 0` say the same. */
function proportional(a: Expression, b: Expression, positive: boolean): boolean | undefined {
  let first: { re: number; im: number } | undefined;
  let tested = 0;
  for (const point of points) {
    const [left, right] = [evaluate(a, point), evaluate(b, point)];
    if (!left || !right) continue;
    const size = right.re ** 2 + right.im ** 2;
    if (Math.sqrt(size) <= right.error * 1e3 || magnitude(left) <= left.error * 1e3) {
      if (isZero(left) !== isZero(right)) return false;
      continue;
    }
    const ratio = {
      re: (left.re * right.re + left.im * right.im) / size,
      im: (left.im * right.re - left.re * right.im) / size,
    };
    if (positive && !(ratio.re > 0)) return false;
    first ??= ratio;
    const off = Math.hypot(ratio.re - first.re, ratio.im - first.im);
    if (off > 1e-9 * Math.hypot(first.re, first.im)) return false;
    tested++;
  }
  return tested >= 2 ? true : undefined;
}

function isZero(value: Approximate): boolean {
  return magnitude(value) <= value.error * 1e3;
}

function sameScalar(a: Expression, b: Expression): boolean | undefined {
  const direct = sameValue(a, b);
  if (direct === true || (!hasBareLogarithm(a) && !hasBareLogarithm(b))) return direct;
  return sameValue(withDecimalLogarithms(a), withDecimalLogarithms(b));
}

function sameValue(a: Expression, b: Expression): boolean | undefined {
  if (same(a, b)) return true;
  const [left, right] = [exactValue(a), exactValue(b)];
  if (left && right) return equals(left, right) || roundsTo(a, left, b, right);
  return sampledExactly(a, b) ?? sampled(a, b);
}

/** Structurally the same, to the letter. */
function same(a: Expression, b: Expression): boolean {
  return JSON.stringify(a, bigints) === JSON.stringify(b, bigints);
}

function bigints(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

/**
 * A decimal stands for the value that it rounds: any with six digits or more; a gold of three to five digits where the
 * answer is exact, because the gold has set the precision.
 */
function roundsTo(answer: Expression, left: Rational, gold: Expression, right: Rational): boolean {
  const digits = Math.max(significantDigits(answer), significantDigits(gold));
  if (digits >= 6 && within(left, right, Math.min(digits, 15))) return true;
  const places = decimalPlaces(gold);
  if (places === undefined || significantDigits(gold) < 3 || significantDigits(answer) > 0) return false;
  return equals(roundings(left, places).rounded, right);
}

/** Less than one unit of the last of so many significant digits apart. */
function within(a: Rational, b: Rational, digits: number): boolean {
  const off = absolute(add(a, negate(b)));
  const unit = power(rational(10n), BigInt(decimalExponent(b) - digits + 1));
  return unit !== undefined && compare(off, unit) < 0;
}

function decimalPlaces(node: Expression): number | undefined {
  return node.type === "number" ? node.places : undefined;
}

/** The most digits that any decimal in an expression is written with; 0 without a decimal. */
function significantDigits(node: Expression): number {
  let most = 0;
  mapExpression(node, (part) => {
    if (part.type === "number") most = Math.max(most, part.digits ?? 0);
    return part;
  });
  return most;
}

/** By exact values at rational points of both signs; undefined where one has none there, as with roots and sines. */
function sampledExactly(a: Expression, b: Expression): boolean | undefined {
  const rounded = significantDigits(a) + significantDigits(b) > 0;
  for (const seed of [1, 2, 3]) {
    const [left, right] = [exactValue(atRationals(a, seed)), exactValue(atRationals(b, seed))];
    if (!left || !right) return undefined;
    if (!equals(left, right)) return rounded ? undefined : false;
  }
  return true;
}

function sampled(a: Expression, b: Expression): boolean | undefined {
  const digits = Math.max(significantDigits(a), significantDigits(b));
  const goldDigits = b.type === "number" && (b.digits ?? 0) >= 3 ? b.digits! : 0;
  if (isHuge(a) !== isHuge(b)) return false;
  const tolerance =
    digits >= 6 ? 10 ** -Math.min(digits - 1, 11) : goldDigits > 0 ? 0.5 * 10 ** -(goldDigits - 1) : 1e-13;
  let tested = 0;
  for (const point of points) {
    const [left, right] = [evaluate(a, point), evaluate(b, point)];
    // an answer without a value is not the gold; where the gold has none, nobody can tell
    if (right && !left) return false;
    if (left && !right) return isInfinite(b) ? false : undefined;
    if (!left || !right) continue;
    const size = Math.max(magnitude(left), magnitude(right));
    const off = Math.hypot(left.re - right.re, left.im - right.im);
    if (off > tolerance * size + 20 * (left.error + right.error)) return false;
    if (left.error + right.error > 1e-6 * size && size > 1e-300) continue;
    tested++;
  }
  return tested >= 2 ? true : undefined;
}

/** Exact, but beyond the range of floating point. */
function isHuge(node: Expression): boolean {
  const value = exactValue(node);
  return value !== undefined && !Number.isFinite(toNumber(value));
}

function isInfinite(node: Expression): boolean {
  if (node.type === "symbol") return node.name === "infinity";
  return node.type === "product" && node.factors.some(isInfinite);
}
