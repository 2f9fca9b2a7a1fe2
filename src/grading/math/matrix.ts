import type { Expression } from "./expression.ts";

type Matrix = Extract<Expression, { type: "matrix" }>;

/** A sum of matrices, or a matrix times scalars, as one matrix; anything else as it is. */
export function matrixValue(node: Expression): Expression {
  if (node.type === "sum") {
    const terms = node.terms.map(matrixValue);
    const alike = terms.every((term) => isMatrix(term) && shape(term) === shape(terms[0] as Matrix));
    return alike ? (terms as Matrix[]).reduce(added) : node;
  }
  if (node.type === "product") {
    const matrix = node.factors.filter(isMatrix);
    if (matrix.length !== 1) return node;
    const scalars = node.factors.filter((factor) => !isMatrix(factor));
    return mapped(matrix[0]!, (cell) => ({ type: "product", factors: [...scalars, cell] }));
  }
  return node;
}

function isMatrix(node: Expression): node is Matrix {
  return node.type === "matrix";
}

function mapped(
  matrix: Matrix,
  change: (cell: Expression, row: number, column: number) => Expression,
): Matrix {
  return {
    type: "matrix",
    rows: matrix.rows.map((cells, row) => cells.map((cell, column) => change(cell, row, column))),
  };
}

function shape(matrix: Matrix): string {
  return matrix.rows.map((cells) => cells.length).join();
}

/** Of one shape, cell by cell. */
function added(a: Matrix, b: Matrix): Matrix {
  return mapped(a, (cell, row, column) => ({ type: "sum", terms: [cell, b.rows[row]![column]!] }));
}
