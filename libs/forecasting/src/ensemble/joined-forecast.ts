import type { Fallback, SeriesForecast } from '../contract/forecaster.js';
import { blendOf, quantilesOf, type ClassModel } from './class-model.js';
import type { SeriesPaths } from './series-paths.js';

/** Name of the forecaster. */
export const ENSEMBLE = 'ensemble';

function fallbackOf({ observed, id }: SeriesPaths): Fallback | undefined {
  if (observed === 0) return { from: ENSEMBLE, reason: `no observed value in ${id}` };
  if (observed < 3) return { from: ENSEMBLE, reason: `${observed} observed values, the members need 3` };
  return undefined;
}

/** What the members of a series together say of it, by the weights and errors of its class. */
export function forecastOf(
  series: SeriesPaths,
  model: ClassModel,
  levels: readonly number[],
): SeriesForecast {
  const blend = blendOf(series, model.weights);
  const held = (value: number): number => (series.nonNegative ? Math.max(0, value) : value);
  const fallback = fallbackOf(series);
  return {
    id: series.id,
    mean: blend.path.map(held),
    quantiles: quantilesOf(series, blend, model, levels).map((path) => path.map(held)),
    method: fallback ? (series.observed === 0 ? 'zero' : 'naive') : ENSEMBLE,
    ...(fallback ? { fallback } : {}),
  };
}
