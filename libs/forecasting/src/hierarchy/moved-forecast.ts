import type { Reconciliation, SeriesForecast } from '../contract/forecaster.js';
import type { NodeVector } from './hierarchy.js';
import { widenedBy } from './unseen-parts.js';

/** Where a forecast is moved to. */
export interface Move {
  /** Means that add up, a vector a step. */
  readonly means: readonly NodeVector[];
  /** Place of the series in the vectors. */
  readonly node: number;
  /** How much narrower its errors became. */
  readonly ratio: number;
  /** It never fell below 0, and is not forecast below it. */
  readonly holdsAtZero: boolean;
  readonly method: Reconciliation;
}

/** Moves the quantiles with the mean and scales them about it; a bound of 0 stays one. */
export function moved(
  forecast: SeriesForecast,
  { means, node, ratio, holdsAtZero, method }: Move,
): SeriesForecast {
  const steps = means.length;
  const at = (value: number, step: number): number => {
    if (holdsAtZero && value === 0) return 0;
    const held = means[step]![node]! + ratio * (value - forecast.mean[step]!);
    return holdsAtZero ? Math.max(0, held) : held;
  };
  // One piece of memory for all paths: over a hundred thousand series each further one costs more than the numbers in it.
  const numbers = new Float64Array((1 + forecast.quantiles.length) * steps);
  const paths = [means.map((nodes) => nodes[node]!), ...forecast.quantiles.map((path) => path.map(at))].map(
    (path, index) => {
      const own = numbers.subarray(index * steps, (index + 1) * steps);
      own.set(path);
      return own;
    },
  );
  return { ...forecast, mean: paths[0]!, quantiles: paths.slice(1), reconciled: method };
}

/** A moved sum, as unsure as its moved new parts make it. */
export function withNewParts(
  sum: SeriesForecast,
  newParts: readonly SeriesForecast[],
  holdsAtZero: boolean,
): SeriesForecast {
  const { quantiles, ...widened } = widenedBy(sum, newParts);
  return {
    ...widened,
    quantiles: holdsAtZero ? quantiles.map((path) => path.map((value) => Math.max(0, value))) : quantiles,
  };
}
