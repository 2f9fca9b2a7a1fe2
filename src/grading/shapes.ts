import type { Close, Expression, Open, Relation } from "./expression.ts";
import { exactValue } from "./exact.ts";
import { constants } from "./expression.ts";

/** Whether an expression is a name that a value can be given to: `x`, `x_1`, `f(x)`, `(x, y)`. */
function isAssignable(node: Expression): boolean {
  if (node.type === "symbol") return !constants.has(node.name) && node.name !== "emptyset";
  if (node.type === "call") return /^[A-Za-z]'*$/.test(node.name);
  if (node.type === "group") return node.items.every(isAssignable);
  if (node.type === "ratio") return node.terms.every(isAssignable);
  return node.type === "words";
}

type RelationNode = Extract<Expression, { type: "relation" }>;

/** The value in `x = 5`, `5 = x`, `28 + 32 = 60`, `S = a = b`; undefined where the relation is a real equation. */
function assigned(node: RelationNode): { name: Expression; value: Expression } | undefined {
  const [first, last] = [node.operands[0]!, node.operands.at(-1)!];
  if (node.operators.join() === "in") return isAssignable(first) ? { name: first, value: last } : undefined;
  if (!node.operators.every((operator) => operator === "=" || operator === "≈")) return undefined;
  if (isAssignable(first)) return { name: first, value: last };
  if (node.operands.length === 2 && isAssignable(last)) return { name: last, value: first };
  const computed =
    node.operands.length > 2 || node.operands.every((operand) => exactValue(operand) !== undefined);
  return computed ? { name: first, value: last } : undefined;
}

/** An answer without the name that it is given: `x = 5` is 5, beside an other that has no name or the same. */
export function stripAssignment(node: Expression, other: Expression): Expression {
  if (node.type === "group" && node.open === "" && other.type === "group")
    return {
      ...node,
      items: node.items.map((item, place) => stripAssignment(item, other.items[place] ?? item)),
    };
  if (node.type === "group" && node.open === "" && node.items.some((item) => item.type === "relation"))
    return { ...node, items: node.items.map((item) => stripAssignment(item, { type: "words", text: "" })) };
  if (node.type !== "relation") return node;
  const mine = assigned(node);
  if (!mine) return node;
  if (other.type !== "relation") return mine.value;
  const theirs = assigned(other);
  if (!theirs) return isName(mine.name) && node.operators[0] !== "in" ? node : mine.value;
  const calls = mine.name.type === "call" || theirs.name.type === "call";
  return calls || !isName(mine.name) || !isName(theirs.name) || key(mine.name) === key(theirs.name)
    ? mine.value
    : node;
}

function isName(node: Expression): boolean {
  return isAssignable(node);
}

function key(node: Expression): string {
  return JSON.stringify(node, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
}

/** Both as sets where one is an interval or a union of them and the other an inequality. */
export function toSet(a: Expression, b: Expression): [Expression, Expression] | undefined {
  const isSet = (node: Expression): boolean =>
    node.type === "set-operation" || (node.type === "group" && (node.open === "(" || node.open === "["));
  if (a.type === "relation" && isSet(b)) {
    const interval = intervalOf(a);
    return interval && [interval, b];
  }
  if (b.type === "relation" && isSet(a)) {
    const interval = intervalOf(b);
    return interval && [a, interval];
  }
  return undefined;
}

const infinity: Expression = { type: "symbol", name: "infinity" };
const minusInfinity: Expression = {
  type: "product",
  factors: [{ type: "number", value: { numerator: -1n, denominator: 1n } }, infinity],
};

/** `1 < x <= 2` as `(1, 2]`, `x >= 3` as `[3, ∞)`. */
function intervalOf(node: RelationNode): Expression | undefined {
  const flip = node.operators.every((operator) => operator === ">" || operator === ">=");
  const operands = flip ? [...node.operands].reverse() : node.operands;
  const operators = flip ? [...node.operators].reverse() : node.operators;
  const strict = (operator: Relation | undefined): boolean => operator === "<" || operator === ">";
  if (!operators.every((operator) => /^[<>]=?$/.test(operator))) return undefined;
  const group = (open: Open, low: Expression, high: Expression, close: Close): Expression => ({
    type: "group",
    open,
    close,
    items: [low, high],
  });
  if (operands.length === 3 && operands[1]!.type === "symbol")
    return group(
      strict(operators[0]) ? "(" : "[",
      operands[0]!,
      operands[2]!,
      strict(operators[1]) ? ")" : "]",
    );
  if (operands.length !== 2) return undefined;
  const [left, right] = operands as [Expression, Expression];
  if (left.type === "symbol") return group("(", minusInfinity, right, strict(operators[0]) ? ")" : "]");
  if (right.type === "symbol") return group(strict(operators[0]) ? "(" : "[", left, infinity, ")");
  return undefined;
}
