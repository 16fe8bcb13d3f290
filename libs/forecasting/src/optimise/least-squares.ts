/** Sums of products that determine a fit of y on two regressors. */
export interface NormalSums {
  uu: number;
  uv: number;
  vv: number;
  uy: number;
  vy: number;
}

/** Coefficients of y ≈ a·u + b·v by least squares; where the regressors are one line, b is 0. */
export function solveTwo({ uu, uv, vv, uy, vy }: NormalSums): [number, number] {
  const determinant = uu * vv - uv * uv;
  if (determinant > 1e-12 * uu * vv) {
    return [(uy * vv - vy * uv) / determinant, (uu * vy - uv * uy) / determinant];
  }
  return [uu > 0 ? uy / uu : 0, 0];
}

/** A column whose part that no earlier one explains is smaller than this share of it says nothing new. */
const NOTHING_NEW = 1e-9;

/**
 * The fit of values by a sum of functions of their place, by least squares (modified Gram-Schmidt): one number a place, also
 * where the value is missing (NaN) and took no part.
 */
export function leastSquaresFit(
  values: Float64Array,
  functions: readonly ((at: number) => number)[],
): Float64Array {
  const known = values.map((value) => (Number.isNaN(value) ? 0 : 1));
  const product = (a: Float64Array, b: Float64Array): number =>
    a.reduce((sum, value, at) => sum + known[at]! * value * b[at]!, 0);
  const take = (from: Float64Array, share: number, column: Float64Array): void =>
    column.forEach((value, at) => (from[at]! -= share * value));
  const rest = values.map((value) => (Number.isNaN(value) ? 0 : value));
  const fit = new Float64Array(values.length);
  const columns: { readonly column: Float64Array; readonly square: number }[] = [];
  for (const of of functions) {
    const column = values.map((_, at) => of(at));
    const whole = product(column, column);
    for (const earlier of columns)
      take(column, product(column, earlier.column) / earlier.square, earlier.column);
    const square = product(column, column);
    if (!(square > NOTHING_NEW * whole)) continue;
    const share = product(rest, column) / square;
    take(rest, share, column);
    take(fit, -share, column);
    columns.push({ column, square });
  }
  return fit;
}
