import { negated } from "./build.ts";
import { exactValue } from "./exact.ts";
import { zero } from "./rational.ts";
import type { Close, Expression, Open, Relation } from "./expression.ts";

type RelationNode = Extract<Expression, { type: "relation" }>;

/** Both as sets where one is an interval or a union of them and the other one or several inequalities. */
export function asSets(a: Expression, b: Expression): [Expression, Expression] {
  const [left, right] = [a, b].map((node) => united(withinDistance(node) ?? node)) as [
    Expression,
    Expression,
  ];
  if (isSet(left) && !isSet(right)) return [left, setOf(right) ?? right];
  if (isSet(right) && !isSet(left)) return [setOf(left) ?? left, right];
  return [left, right];
}

/** `|x - a| < r` as the interval that it is, `|x - a| > r` as two. */
function withinDistance(node: Expression): Expression | undefined {
  if (node.type !== "relation" || node.operands.length !== 2) return undefined;
  const [first, second] = node.operands as [Expression, Expression];
  const operator = node.operators[0]!;
  const turned = second.type === "call";
  const [distance, radius] = turned ? [second, first] : [first, second];
  const inside = turned ? operator.startsWith(">") : operator.startsWith("<");
  if (!/^[<>]=?$/.test(operator) || distance.type !== "call" || distance.name !== "abs") return undefined;
  const shift = shiftOf(distance.arguments[0]!);
  if (!shift) return undefined;
  const [low, high] = [negated(radius), radius].map((end): Expression => ({
    type: "sum",
    terms: [end, negated(shift)],
  })) as [Expression, Expression];
  const edge: Relation = isStrict(operator) ? "<" : "<=";
  if (inside) return interval(low, edge, high, edge);
  return {
    type: "set-operation",
    operator: "union",
    sets: [interval(minusInfinity, "<", low, edge), interval(high, edge, infinity, "<")],
  };
}

/** What a sum adds to a symbol, `x - 3`. */
function shiftOf(node: Expression): Expression | undefined {
  if (node.type === "symbol") return { type: "number", value: zero };
  if (node.type !== "sum") return undefined;
  const symbols = node.terms.filter(({ type }) => type === "symbol");
  const numbers = node.terms.filter((term) => exactValue(term) !== undefined);
  if (symbols.length !== 1 || numbers.length !== node.terms.length - 1) return undefined;
  return { type: "sum", terms: numbers };
}

function isSet(node: Expression): boolean {
  return node.type === "set-operation" || (node.type === "group" && (node.open === "(" || node.open === "["));
}

/** A union of finite sets as one finite set. */
function united(node: Expression): Expression {
  if (node.type !== "set-operation" || node.operator !== "union") return node;
  const items = node.sets.flatMap((set) => (set.type === "group" && set.open === "{" ? [set.items] : []));
  return items.length === node.sets.length
    ? { type: "group", open: "{", close: "}", items: items.flat() }
    : node;
}

function setOf(node: Expression): Expression | undefined {
  if (node.type === "relation") return intervalOf(node);
  if (node.type === "call" && node.name === "set-builder") return setOf(node.arguments[1]!);
  if (node.type !== "group" || node.open !== "") return undefined;
  const intervals = node.items.map((item) => (item.type === "relation" ? intervalOf(item) : undefined));
  if (intervals.some((interval) => interval === undefined)) return undefined;
  return { type: "set-operation", operator: "union", sets: intervals as Expression[] };
}

const infinity: Expression = { type: "symbol", name: "infinity" };
const minusInfinity: Expression = {
  type: "product",
  factors: [{ type: "number", value: { numerator: -1n, denominator: 1n } }, infinity],
};

function isStrict(operator: Relation | undefined): boolean {
  return operator === "<" || operator === ">";
}

function interval(low: Expression, lower: Relation, high: Expression, upper: Relation): Expression {
  const open: Open = isStrict(lower) ? "(" : "[";
  const close: Close = isStrict(upper) ? ")" : "]";
  return { type: "group", open, close, items: [low, high] };
}

/** `1 < x <= 2` as `(1, 2]`, `x >= 3` as `[3, ∞)`. */
function intervalOf(node: RelationNode): Expression | undefined {
  if (!node.operators.every((operator) => /^[<>]=?$/.test(operator))) return undefined;
  const falls = node.operators.every((operator) => operator.startsWith(">"));
  const operands = falls ? [...node.operands].reverse() : node.operands;
  const operators = falls ? [...node.operators].reverse() : node.operators;
  const [first, second, third] = operands;
  if (third !== undefined)
    return operands.length === 3 && second!.type === "symbol"
      ? interval(first!, operators[0]!, third, operators[1]!)
      : undefined;
  if (first!.type === "symbol") return interval(minusInfinity, "<", second!, operators[0]!);
  return second!.type === "symbol" ? interval(first!, operators[0]!, infinity, "<") : undefined;
}
