import type { NodeVector } from './hierarchy.js';

/** So many further errors at the old width: a projection fitted to few errors flatters itself on them. */
const PRIOR = 8;
const NARROWEST = 0.4;
const WIDEST = 1.5;

/**
 * How wide the errors of each series are after reconciliation, as a share of their width before.
 *
 * @param errors a vector a moment, NaN where unknown
 * @param project the reconciliation, which is linear and so takes errors as well as forecasts
 */
export function spreadRatios(
  errors: readonly NodeVector[],
  project: (nodes: NodeVector) => NodeVector,
): Float64Array {
  const size = errors[0]!.length;
  const [before, after, count] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (const row of errors) {
    const known = row.map((error) => (Number.isNaN(error) ? 0 : error));
    project(known).forEach((error, at) => {
      if (Number.isNaN(row[at]!)) return;
      before[at]! += row[at]! ** 2;
      after[at]! += error ** 2;
      count[at]! += 1;
    });
  }
  return before.map((square, at) => {
    if (!(square > 0)) return 1;
    const ratio = Math.sqrt(((count[at]! * after[at]!) / square + PRIOR) / (count[at]! + PRIOR));
    return Math.min(WIDEST, Math.max(NARROWEST, ratio));
  });
}
