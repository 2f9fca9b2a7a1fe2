/** `15% of 240` is an operation like the others: `%` with the per cent on the left. */
export type Operator = "+" | "-" | "×" | "÷" | "%";

export type Expression = number | Operation;

export interface Operation {
  operator: Operator;
  left: Expression;
  right: Expression;
}

const precedence: Record<Operator, number> = { "+": 1, "-": 1, "×": 2, "÷": 2, "%": 3 };

export function operation(operator: Operator, left: Expression, right: Expression): Operation {
  return { operator, left, right };
}

/** The value as a number; exact for the whole numbers and hundredths that occur here. */
export function evaluate(expression: Expression): number {
  if (typeof expression === "number") return expression;
  return apply(expression.operator, evaluate(expression.left), evaluate(expression.right));
}

export function apply(operator: Operator, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "×":
      return left * right;
    case "÷":
      return left / right;
    case "%":
      return (left * right) / 100;
  }
}

export interface ExpressionStyle {
  number?: (value: number) => string;
  /** The sign with the spaces around it; `%` comes as ` percent of ` or the like. */
  sign?: (operator: Operator) => string;
  /** Brackets round every operation inside another, needed or not. */
  redundant?: boolean;
}

const plainSign = (operator: Operator) => (operator === "%" ? "% of " : operator);

/** As it stands in the steps (`(12+5)×24`), or in another style; brackets only where the precedence asks for them. */
export function expressionText(expression: Expression, style: ExpressionStyle = {}): string {
  const { number = String, sign = plainSign, redundant = false } = style;
  const write = (node: Expression, bracketed: boolean): string => {
    if (typeof node === "number") return number(node);
    const { operator, left, right } = node;
    const inner = (child: Expression, isRight: boolean) =>
      write(child, typeof child !== "number" && (redundant || needsBrackets(child, operator, isRight)));
    const text = inner(left, false) + sign(operator) + inner(right, true);
    return bracketed ? `(${text})` : text;
  };
  return write(expression, false);
}

function needsBrackets(node: Operation, parent: Operator, isRight: boolean): boolean {
  const difference = precedence[node.operator] - precedence[parent];
  if (difference !== 0) return difference < 0;
  return isRight;
}

/** The operation that is done first, leftmost among those whose operands are numbers, and what is left when it is. */
export function firstOperation(expression: Operation): { operator: Operator; left: number; right: number } {
  const { operator, left, right } = expression;
  if (typeof left !== "number") return firstOperation(left);
  if (typeof right !== "number") return firstOperation(right);
  return { operator, left, right };
}

/** The expression with its first operation replaced by `value`. */
export function reduceFirst(expression: Operation, value: number): Expression {
  const { operator, left, right } = expression;
  if (typeof left !== "number") return { operator, left: reduceFirst(left, value), right };
  if (typeof right !== "number") return { operator, left, right: reduceFirst(right, value) };
  return value;
}

/** Every operation in the order in which it is done, with the numbers that it gets. */
export function operationsOf(expression: Expression): { operator: Operator; left: number; right: number }[] {
  const done = [];
  let rest = expression;
  while (typeof rest !== "number") {
    const first = firstOperation(rest);
    done.push(first);
    rest = reduceFirst(rest, apply(first.operator, first.left, first.right));
  }
  return done;
}

const parsed = new Map<string, unknown>();

/**
 * `(a+b)×c` with the letters replaced by numbers. The operands of a sum or product stand in the order in which the
 * wording mentions them, so that reading a question is copying its numbers in order. Written in the code only, so it
 * is trusted to be well formed.
 */
export function instantiate(
  structure: string,
  values: Readonly<Record<string, number>>,
  wording = "",
): Expression {
  let tree = parsed.get(structure) as Tree | undefined;
  if (tree === undefined) {
    tree = parseStructure(structure);
    parsed.set(structure, tree);
  }
  const place = (node: Tree): number => {
    if (typeof node !== "string") return Math.min(place(node[1]), place(node[2]));
    const at = wording.search(new RegExp(`\\{${node}m?\\}`));
    return at < 0 ? Infinity : at;
  };
  const build = (node: Tree): Expression => {
    if (typeof node === "string") return values[node] ?? Number(node);
    const [operator, left, right] = node;
    // `80+25% of 80` stays: its other order reads badly
    const turned = (operator === "+" || operator === "×") && right[0] !== "%" && place(right) < place(left);
    return turned
      ? operation(operator, build(right), build(left))
      : operation(operator, build(left), build(right));
  };
  return build(tree);
}

type Tree = string | [Operator, Tree, Tree];

function parseStructure(text: string): Tree {
  let at = 0;
  const level = (weight: number): Tree => {
    if (weight > 3) {
      if (text[at] !== "(") return text[at++]!;
      at++;
      const inner = level(1);
      at++;
      return inner;
    }
    let left = level(weight + 1);
    while (at < text.length && precedence[text[at] as Operator] === weight) {
      const operator = text[at++] as Operator;
      left = [operator, left, level(weight + 1)];
    }
    return left;
  };
  return level(1);
}
