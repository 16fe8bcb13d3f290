/**
 * The standard normal quantile (P. J. Acklam's rational approximation, relative error below 1.2e-9).
 *
 * @param level inside (0, 1)
 * @example normalQuantile(0.975) // 1.95996…
 */
export function normalQuantile(level: number): number {
  if (level > 0.5) return -normalQuantile(1 - level);
  if (level < 0.02425) {
    const tail = Math.sqrt(-2 * Math.log(level));
    return horner(TAIL_TOP, tail) / (horner(TAIL_BOTTOM, tail) * tail + 1);
  }
  const centred = level - 0.5;
  const square = centred * centred;
  return (horner(CENTRE_TOP, square) * centred) / (horner(CENTRE_BOTTOM, square) * square + 1);
}

const horner = (coefficients: readonly number[], at: number): number =>
  coefficients.reduce((sum, coefficient) => sum * at + coefficient, 0);

const CENTRE_TOP = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
];
const CENTRE_BOTTOM = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1,
];
const TAIL_TOP = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_BOTTOM = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];
