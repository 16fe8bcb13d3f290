/**
 * The q-value of each test: the smallest false discovery rate at which it would be reported (Benjamini and Hochberg 1995).
 * Reporting every test with q at most `level` keeps the expected share of false ones among those reported under `level`,
 * where tests are independent or positively dependent.
 *
 * @param pValues those that are listed
 * @param tests how many were made in all; those not listed count as 1
 * @example qValues([0.01, 0.5], 2) // [0.02, 0.5]
 */
export function qValues(pValues: readonly number[], tests = pValues.length): number[] {
  const order = [...pValues.keys()].sort((a, b) => pValues[a]! - pValues[b]!);
  const q = Array.from<number>({ length: pValues.length }).fill(1);
  let least = 1;
  for (let rank = order.length; rank >= 1; rank -= 1) {
    const at = order[rank - 1]!;
    least = Math.min(least, (pValues[at]! * tests) / rank);
    q[at] = least;
  }
  return q;
}
