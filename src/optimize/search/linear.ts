/** The small part of linear algebra that the critic needs: symmetric positive-definite systems, row-major. */

/** The lower Cholesky factor of a symmetric positive-definite matrix of `size` rows. */
export function cholesky(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let total = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) total -= lower[i * size + k]! * lower[j * size + k]!;
      lower[i * size + j] = i === j ? Math.sqrt(Math.max(total, 1e-12)) : total / lower[j * size + j]!;
    }
  }
  return lower;
}

/** Solves L·x = b. */
export function solveLower(lower: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  const x = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let total = b[i]!;
    for (let k = 0; k < i; k++) total -= lower[i * size + k]! * x[k]!;
    x[i] = total / lower[i * size + i]!;
  }
  return x;
}

/** Solves Lᵀ·x = b. */
export function solveUpper(lower: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  const x = new Float64Array(size);
  for (let i = size - 1; i >= 0; i--) {
    let total = b[i]!;
    for (let k = i + 1; k < size; k++) total -= lower[k * size + i]! * x[k]!;
    x[i] = total / lower[i * size + i]!;
  }
  return x;
}
