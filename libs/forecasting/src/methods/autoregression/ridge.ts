/**
 * Coefficients of the ridge regression of each value on the values `lags` before it, the constant
 * first. The penalty is a share of each regressor's own sum of squares, so it has no unit; the
 * constant bears none. Solved by Cholesky on the normal equations.
 *
 * @param values centred and scaled to about one, longer than the largest lag
 * @param penalty above 0
 */
export function ridgeOnLags(values: Float64Array, lags: readonly number[], penalty: number): Float64Array {
  const { matrix, right, size } = normalEquations(values, lags);
  for (let row = 1; row < size; row++) {
    matrix[row * size + row]! += penalty * (matrix[row * size + row]! + 1e-9);
  }
  return solveSymmetric(matrix, right, size);
}

function normalEquations(values: Float64Array, lags: readonly number[]) {
  const size = lags.length + 1;
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  const row = new Float64Array(size);
  row[0] = 1;
  for (let at = lags.at(-1)!; at < values.length; at++) {
    for (let lag = 1; lag < size; lag++) row[lag] = values[at - lags[lag - 1]!]!;
    for (let a = 0; a < size; a++) {
      const left = row[a]!;
      right[a]! += left * values[at]!;
      for (let b = 0; b <= a; b++) matrix[a * size + b]! += left * row[b]!;
    }
  }
  return { matrix, right, size };
}

/**
 * Solves a symmetric positive definite system given by its lower triangle, in place. A pivot that has
 * vanished (a regressor that repeats others) gives that coefficient 0.
 */
export function solveSymmetric(lower: Float64Array, right: Float64Array, size: number): Float64Array {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = lower[row * size + column]!;
      for (let k = 0; k < column; k++) sum -= lower[row * size + k]! * lower[column * size + k]!;
      const pivot = lower[column * size + column]!;
      if (row === column) lower[row * size + row] = sum > 1e-12 ? Math.sqrt(sum) : 0;
      else lower[row * size + column] = pivot > 0 ? sum / pivot : 0;
    }
  }
  for (let row = 0; row < size; row++) {
    let sum = right[row]!;
    for (let k = 0; k < row; k++) sum -= lower[row * size + k]! * right[k]!;
    const pivot = lower[row * size + row]!;
    right[row] = pivot > 0 ? sum / pivot : 0;
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = right[row]!;
    for (let k = row + 1; k < size; k++) sum -= lower[k * size + row]! * right[k]!;
    const pivot = lower[row * size + row]!;
    right[row] = pivot > 0 ? sum / pivot : 0;
  }
  return right;
}
