import type { Expression } from "./expression.ts";

type Matrix = Extract<Expression, { type: "matrix" }>;

/** A sum of matrices, or a matrix times scalars, as one matrix; anything else as it is. */
export function matrixValue(node: Expression): Expression {
  if (node.type === "sum") {
    const terms = node.terms.map(matrixValue);
    return terms.every(isMatrix) ? terms.reduce(added) : node;
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

/** Cell by cell; a cell that one of them lacks stays alone, so that shapes which differ never come out equal. */
function added(a: Matrix, b: Matrix): Matrix {
  return mapped(a, (cell, row, column) => {
    const other = b.rows[row]?.[column];
    return other === undefined ? { type: "words", text: "" } : { type: "sum", terms: [cell, other] };
  });
}
