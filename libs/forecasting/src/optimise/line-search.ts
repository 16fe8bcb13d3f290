const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The minimum of `cost` on [low, high]: the best point of an even grid, then golden sections around it.
 * The same on every machine; a cost of several valleys is found up to the grid.
 *
 * @example minimiseOnInterval((x) => (x - 0.3) ** 2, 0, 1) // 0.3 within 1e-5
 */
export function minimiseOnInterval(
  cost: (x: number) => number,
  low: number,
  high: number,
  cells = 24,
): number {
  const width = (high - low) / cells;
  let best = low;
  let bestCost = Infinity;
  for (let cell = 0; cell <= cells; cell++) {
    const x = low + width * cell;
    const found = cost(x);
    if (found < bestCost) [best, bestCost] = [x, found];
  }
  let left = Math.max(low, best - width);
  let right = Math.min(high, best + width);
  while (right - left > 1e-5 * (high - low)) {
    const a = right - GOLDEN * (right - left);
    const b = left + GOLDEN * (right - left);
    if (cost(a) <= cost(b)) right = b;
    else left = a;
  }
  const refined = (left + right) / 2;
  return cost(refined) <= bestCost ? refined : best;
}
