import {
  assertRequest,
  type Forecaster,
  type Reconciliation,
  type SeriesForecast,
} from '../contract/forecaster.js';
import type { Panel } from '../contract/panel.js';
import { ForecastingError } from '../forecasting.errors.js';
import { LEAST_ERRORS, shrunkCovariance, structuralCovariance } from './error-covariance.js';
import { nodeCount, nodeIds, sumUp, type Hierarchy, type NodeVector } from './hierarchy.js';
import { reconcile } from './reconcile.js';
import { rollingResiduals } from './rolling-residuals.js';
import { spreadRatios } from './spread-ratios.js';
import { unseenLeaves, widenedBy, withoutParts } from './unseen-parts.js';

/** Forecasts that add up, one object a hierarchy. */
interface Reconciler {
  readonly method: Reconciliation;
  readonly project: (nodes: NodeVector) => NodeVector;
  /** How much narrower the errors of each series became. */
  readonly ratios: Float64Array;
  /** Leaves whose errors were never seen. */
  readonly unseen: ReadonlySet<number>;
}

function reconcilerOf(hierarchy: Hierarchy, errors: readonly NodeVector[]): Reconciler {
  const known = errors.length >= LEAST_ERRORS;
  const covariance = known ? shrunkCovariance(hierarchy, errors) : structuralCovariance(hierarchy);
  const project = (nodes: NodeVector): NodeVector => reconcile(hierarchy, covariance, nodes);
  const common = { project, unseen: unseenLeaves(hierarchy, errors) };
  if (known) return { ...common, method: { method: 'mint' }, ratios: spreadRatios(errors, project) };
  const reason = `${errors.length} vectors of past errors, ${LEAST_ERRORS} are needed: each sum was weighed by the number of its parts`;
  const ratios = new Float64Array(nodeCount(hierarchy)).fill(1);
  return { ...common, method: { method: 'structural', reason }, ratios };
}

/** Series that never fell below 0 are not forecast below it. */
const nonNegativeIds = ({ series }: Panel): Set<string> =>
  new Set(series.filter(({ values }) => !values.some((value) => value < 0)).map(({ id }) => id));

/** What was forecast of one step; parts that are new were taken out of the histories of their sums, and are added. */
function nodesAt(
  { sums }: Hierarchy,
  base: readonly SeriesForecast[],
  unseen: ReadonlySet<number>,
  step: number,
): NodeVector {
  const nodes = Float64Array.from(base, ({ mean }) => mean[step]!);
  sums.forEach(({ parts }, at) => {
    for (const leaf of parts) if (unseen.has(leaf)) nodes[at]! += nodes[sums.length + leaf]!;
  });
  return nodes;
}

/** The means of every step, adding up. What a leaf may not have below 0 is taken from its sums as well. */
function coherentMeans(
  hierarchy: Hierarchy,
  base: readonly SeriesForecast[],
  { project, unseen }: Reconciler,
  nonNegative: ReadonlySet<string>,
): NodeVector[] {
  const leaf = hierarchy.sums.length;
  return Array.from(base[0]!.mean, (_, step) => {
    const nodes = project(nodesAt(hierarchy, base, unseen, step));
    hierarchy.leaves.forEach((id, at) => {
      if (nonNegative.has(id)) nodes[leaf + at] = Math.max(0, nodes[leaf + at]!);
    });
    return sumUp(hierarchy, nodes);
  });
}

/** Moves the quantiles with the mean and scales them about it; a bound of 0 stays one. */
function moved(
  forecast: SeriesForecast,
  means: readonly NodeVector[],
  node: number,
  ratio: number,
  holdsAtZero: boolean,
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
  return { ...forecast, mean: paths[0]!, quantiles: paths.slice(1) };
}

/**
 * A forecaster whose forecasts add up: sums and parts are forecast apart, then brought together by how each errs (MinT).
 * Means hold exactly. Quantiles are those of each series by itself, moved with its mean and as wide as its reconciled
 * errors were; quantiles of a sum are not the sum of quantiles.
 *
 * @throws {ForecastingError} from `fit`: INVALID_PANEL where the panel lacks a series of the hierarchy
 */
export function reconciledForecaster(inner: Forecaster, hierarchy: Hierarchy): Forecaster {
  return {
    name: inner.name,
    async fit(panel, context) {
      const ids = nodeIds(hierarchy);
      const present = new Set(panel.series.map(({ id }) => id));
      const missing = ids.find((id) => !present.has(id));
      if (missing !== undefined)
        throw new ForecastingError(
          'INVALID_PANEL',
          `the hierarchy names "${missing}", which is no series of the panel`,
        );
      const fitted = await inner.fit(panel, context);
      return {
        ...fitted,
        async predict(horizon, levels) {
          assertRequest(horizon, levels);
          const all = await fitted.predict(horizon, levels);
          if (hierarchy.sums.length === 0) return all;
          const errors = await rollingResiduals(inner, panel, hierarchy, horizon, context);
          const reconciler = reconcilerOf(hierarchy, errors);
          if (reconciler.unseen.size === 0)
            return coherent(all, hierarchy, reconciler, nonNegativeIds(panel));
          const apart = await inner.fit(withoutParts(panel, hierarchy, reconciler.unseen), context);
          const base = await apart.predict(horizon, levels);
          return coherent(base, hierarchy, reconciler, nonNegativeIds(panel));
        },
      };
    },
  };
}

function coherent(
  all: readonly SeriesForecast[],
  hierarchy: Hierarchy,
  reconciler: Reconciler,
  nonNegative: ReadonlySet<string>,
): SeriesForecast[] {
  const { method, ratios, unseen } = reconciler;
  const byId = new Map(all.map((forecast) => [forecast.id, forecast]));
  const base = nodeIds(hierarchy).map((id) => byId.get(id)!);
  const means = coherentMeans(hierarchy, base, reconciler, nonNegative);
  base.forEach((forecast, at) => {
    const held = moved(forecast, means, at, ratios[at]!, nonNegative.has(forecast.id));
    byId.set(forecast.id, { ...held, reconciled: method });
  });
  for (const { id, parts } of hierarchy.sums) {
    const newParts = parts
      .filter((leaf) => unseen.has(leaf))
      .map((leaf) => byId.get(hierarchy.leaves[leaf]!)!);
    const sum = widenedBy(byId.get(id)!, newParts);
    const quantiles = nonNegative.has(id)
      ? sum.quantiles.map((path) => path.map((value) => Math.max(0, value)))
      : sum.quantiles;
    byId.set(id, { ...sum, quantiles });
  }
  return all.map(({ id }) => byId.get(id)!);
}
