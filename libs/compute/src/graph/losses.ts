import { product } from './dims.js';
import type { GraphBuilder, Value } from './graph-builder.js';

/** Mean over all elements, or over those with weight where `weight` (same dims) is given. */
export function weightedMean(g: GraphBuilder, errors: Value, weight?: Value): Value {
  if (!weight) return g.reduceMean(errors);
  return g.div(g.reduceSum(g.mul(errors, weight)), g.max(g.reduceSum(weight), 1e-6));
}

/** Mean squared error. */
export function squaredError(g: GraphBuilder, predicted: Value, actual: Value, weight?: Value): Value {
  return weightedMean(g, g.square(g.sub(predicted, actual)), weight);
}

/** Mean absolute error. */
export function absoluteError(g: GraphBuilder, predicted: Value, actual: Value, weight?: Value): Value {
  return weightedMean(g, g.abs(g.sub(predicted, actual)), weight);
}

/**
 * Mean quantile loss (Koenker and Bassett 1978): `level * e` above the prediction, `(level - 1) * e` below,
 * averaged over elements and levels.
 * @param predicted dims [..., levels]
 * @param actual the dims of `predicted` without the last axis
 */
export function pinballLoss(
  g: GraphBuilder,
  predicted: Value,
  actual: Value,
  levels: readonly number[],
  weight?: Value,
): Value {
  const error = g.sub(g.reshape(actual, [...actual.dims, 1]), predicted);
  const quantiles = g.floats(levels);
  const loss = g.max(g.mul(quantiles, error), g.mul(g.sub(quantiles, 1), error));
  return weightedMean(g, g.reduceMean(loss, [-1]), weight);
}

/** All axes after the first joined: [batch, 3, 4] as [batch, 12]. */
export function flatten(g: GraphBuilder, x: Value): Value {
  return g.reshape(x, [x.dims[0] ?? 1, product(x.dims.slice(1))]);
}
