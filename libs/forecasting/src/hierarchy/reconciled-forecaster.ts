import { assertRequest, type Forecaster, type SeriesForecast } from '../contract/forecaster.js';
import type { Panel } from '../contract/panel.js';
import { ForecastingError } from '../forecasting.errors.js';
import { nodeIds, type Hierarchy } from './hierarchy.js';
import { moved, withNewParts } from './moved-forecast.js';
import { bringTogether, reconcilerOf, type Reconciler } from './reconciler.js';
import { rollingResiduals } from './rolling-residuals.js';
import { withoutParts } from './unseen-parts.js';

/** Series that never fell below 0 are not forecast below it. */
const nonNegativeIds = ({ series }: Panel): Set<string> =>
  new Set(series.filter(({ values }) => !values.some((value) => value < 0)).map(({ id }) => id));

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
  const means = Array.from(base[0]!.mean, (_, step) => Float64Array.from(base, ({ mean }) => mean[step]!));
  bringTogether(hierarchy, means, reconciler, (node) => nonNegative.has(base[node]!.id));
  base.forEach((forecast, node) => {
    const holdsAtZero = nonNegative.has(forecast.id);
    byId.set(forecast.id, moved(forecast, { means, node, ratio: ratios[node]!, holdsAtZero, method }));
  });
  for (const { id, parts } of hierarchy.sums) {
    const newParts = parts
      .filter((leaf) => unseen.has(leaf))
      .map((leaf) => byId.get(hierarchy.leaves[leaf]!)!);
    byId.set(id, withNewParts(byId.get(id)!, newParts, nonNegative.has(id)));
  }
  return all.map(({ id }) => byId.get(id)!);
}
