import { exactValue } from "./exact.ts";
import type { Expression } from "./expression.ts";
import { constants } from "./expression.ts";

/** Whether an expression is a name that a value can be given to: `x`, `x_1`, `f(x)`, `(x, y)`. */
function isName(node: Expression): boolean {
  if (node.type === "symbol") return !constants.has(node.name) && node.name !== "emptyset";
  if (node.type === "call") return /^[A-Za-z]'*$/.test(node.name);
  if (node.type === "group") return node.items.every(isName);
  if (node.type === "ratio") return node.terms.every(isName);
  return isInverse(node) || node.type === "words";
}

/** `f^{-1}(x)` */
function isInverse(node: Expression): boolean {
  if (node.type !== "product" || node.factors.length !== 2) return false;
  const [power, argument] = node.factors as [Expression, Expression];
  return (
    power.type === "power" &&
    power.base.type === "symbol" &&
    /^[fgh]$/.test(power.base.name) &&
    isName(argument)
  );
}

/** The value in `x = 5`, `5 = x`, `28 + 32 = 60`, `S = a = b`; undefined where the relation is a real equation. */
function assigned(node: Expression): { name: Expression; value: Expression } | undefined {
  if (node.type !== "relation") return undefined;
  const [first, last] = [node.operands[0]!, exactEnd(node)];
  if (node.operators.join() === "in") return isName(first) ? { name: first, value: last } : undefined;
  if (!node.operators.every((operator) => operator === "=" || operator === "≈")) return undefined;
  if (isName(first)) return { name: first, value: last };
  if (node.operands.length === 2 && isName(last)) return { name: last, value: first };
  const computed =
    node.operands.length > 2 || node.operands.every((operand) => exactValue(operand) !== undefined);
  return computed ? { name: first, value: last } : undefined;
}

/** The last value; the one before it where that is its approximation: `p = 1/6 ≈ 0.17`. */
function exactEnd({ operands, operators }: Extract<Expression, { type: "relation" }>): Expression {
  const before = operands.at(-2)!;
  return operators.at(-1) === "≈" && !isName(before) ? before : operands.at(-1)!;
}

/** An answer without the name that it is given: `x = 5` is 5, beside another that has no name or the same. */
export function stripAssignment(node: Expression, other: Expression): Expression {
  if (node.type === "group" && node.open === "") return stripItems(node, other);
  if (node.type !== "relation") return node;
  const mine = assigned(node);
  if (!mine) return node;
  if (other.type !== "relation") return mine.value;
  const theirs = assigned(other);
  if (!theirs) return isName(mine.name) && node.operators[0] !== "in" ? node : mine.value;
  return mayDiffer(mine.name, theirs.name) ? mine.value : node;
}

/** Names that need not be the same for the values to be compared: `f(x)` and `y`, or computed left sides. */
function mayDiffer(a: Expression, b: Expression): boolean {
  if (a.type === "call" || b.type === "call" || !isName(a) || !isName(b)) return true;
  return key(a) === key(b);
}

function stripItems(node: Extract<Expression, { type: "group" }>, other: Expression): Expression {
  const theirs = other.type === "group" ? other.items.map(assigned) : [];
  const mine = node.items.map(assigned);
  const named = (list: typeof mine): boolean =>
    list.length > 1 && list.every((item) => item && isName(item.name));
  // x = 1, y = 2 is not x = 2, y = 1; but x_1 and x_2 are any two roots
  if (named(mine) && named(theirs) && letters(mine) > 1) return node;
  const items = node.items.map((item, place) => mine[place]?.value ?? item);
  // names give an order: x = 1, y = 2 is the point (1, 2)
  const isPoint = named(mine) && letters(mine) > 1 && other.type === "group" && other.open === "(";
  return isPoint ? { ...node, open: "(", close: ")", items } : { ...node, items };
}

/** How many letters the names of a list begin with. */
function letters(list: ReturnType<typeof assigned>[]): number {
  return new Set(list.map((item) => (item?.name.type === "symbol" ? item.name.name[0] : key(item!.name))))
    .size;
}

function key(node: Expression): string {
  return JSON.stringify(node, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
}
