import { exactValue } from "./exact.ts";
import type { Expression } from "./expression.ts";
import { isInteger, rational } from "./rational.ts";

/** Sums and products of more terms than this are left as they are. */
const maximumTerms = 200;

/** An expression with every part changed, innermost first. */
export function mapExpression(node: Expression, change: (node: Expression) => Expression): Expression {
  const deep = (part: Expression): Expression => mapExpression(part, change);
  return change(withParts(node, deep));
}

function withParts(node: Expression, deep: (part: Expression) => Expression): Expression {
  switch (node.type) {
    case "sum":
    case "ratio":
      return { ...node, terms: node.terms.map(deep) };
    case "product":
      return { ...node, factors: node.factors.map(deep) };
    case "power":
      return { ...node, base: deep(node.base), exponent: deep(node.exponent) };
    case "call":
      return { ...node, arguments: node.arguments.map(deep) };
    case "group":
      return { ...node, items: node.items.map(deep) };
    case "relation":
      return { ...node, operands: node.operands.map(deep) };
    case "plus-minus":
      return { ...node, left: deep(node.left), right: deep(node.right) };
    case "matrix":
      return { ...node, rows: node.rows.map((row) => row.map(deep)) };
    case "set-operation":
      return { ...node, sets: node.sets.map(deep) };
    case "number":
    case "symbol":
    case "words":
      return node;
  }
}

/** `\sum_{k=1}^{4} k` written out; anything else as it is. */
export function writtenOut(node: Expression): Expression {
  if (node.type !== "call" || (node.name !== "sum" && node.name !== "prod") || node.arguments.length !== 3)
    return node;
  const [from, to, body] = node.arguments as [Expression, Expression, Expression];
  if (from.type !== "relation" || from.operators.join() !== "=" || from.operands[0]!.type !== "symbol")
    return node;
  const variable = from.operands[0].name;
  const [low, high] = [exactValue(from.operands[1]!), exactValue(to)];
  if (!low || !high || !isInteger(low) || !isInteger(high)) return node;
  const count = high.numerator - low.numerator + 1n;
  if (count < 1n || count > BigInt(maximumTerms)) return node;
  const terms = Array.from({ length: Number(count) }, (_, place) =>
    mapExpression(body, (part) =>
      part.type === "symbol" && part.name === variable
        ? { type: "number", value: rational(low.numerator + BigInt(place)) }
        : part,
    ),
  );
  return node.name === "sum" ? { type: "sum", terms } : { type: "product", factors: terms };
}

/** A logarithm without a base read as one to base 10. */
export function withDecimalLogarithms(node: Expression): Expression {
  return mapExpression(node, (part) =>
    part.type === "call" && part.name === "log" && part.arguments.length === 1
      ? { ...part, arguments: [...part.arguments, { type: "number", value: rational(10n) }] }
      : part,
  );
}

export function hasBareLogarithm(node: Expression): boolean {
  let found = false;
  mapExpression(node, (part) => {
    if (part.type === "call" && part.name === "log" && part.arguments.length === 1) found = true;
    return part;
  });
  return found;
}
