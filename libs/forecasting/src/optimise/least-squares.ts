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
