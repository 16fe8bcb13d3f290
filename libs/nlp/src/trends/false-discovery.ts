/**
 * Benjamini–Hochberg q-values: of all findings with q ≤ 0.05 at most 5 % are expected to be chance, for tests that are
 * independent or positively dependent.
 *
 * @param pValues of every test that was made
 */
export function falseDiscoveryRates(pValues: readonly number[]): number[] {
  const order = [...pValues.keys()].sort((a, b) => pValues[b]! - pValues[a]!);
  const rates = new Array<number>(pValues.length).fill(1);
  let least = 1;
  for (const [fromTop, index] of order.entries()) {
    least = Math.min(least, (pValues[index]! * pValues.length) / (pValues.length - fromTop));
    rates[index] = least;
  }
  return rates;
}
