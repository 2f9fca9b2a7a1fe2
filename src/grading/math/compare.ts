import { stripAssignment } from "./assignment.ts";
import { negated } from "./build.ts";
import { exactValue } from "./exact.ts";
import type { Expression, Relation } from "./expression.ts";
import { matrixValue } from "./matrix.ts";
import { proportional } from "./proportional.ts";
import { equals, multiply, rational } from "./rational.ts";
import { sameScalar } from "./scalar.ts";
import { asSets } from "./sets.ts";
import { mapExpression, writtenOut } from "./simplify.ts";

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
      if (group.items.every((item) => item.type === "group" && item.open === "["))
        return sameMatrix(
          { type: "matrix", rows: group.items.map((item) => (item.type === "group" ? item.items : [])) },
          other,
        );
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
    const closed = (tuple.open === "(" && tuple.close === ")") || (tuple.open === "[" && tuple.close === "]");
    const isTuple = closed && tuple.items.length !== 2;
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
