import { seededRandom } from '@tallyhouse/compute';
import { classesOf } from '../competition/classes.js';
import { INTERVAL_LEVELS } from '../competition/figures.js';
import type { SeriesForecast } from '../contract/forecaster.js';
import { ensembleForecaster, type EnsembleOptions } from '../ensemble/ensemble-forecaster.js';
import type { DatedSeries } from './dated-file.js';

/** What is forecast of a series: the mean and a path for each of `INTERVAL_LEVELS`. */
export interface DatedForecast {
  readonly series: DatedSeries;
  readonly forecast: SeriesForecast;
}

/** Forecasts the series of a file together by the ensemble, in the order of the file. */
export async function forecastDated(
  series: readonly DatedSeries[],
  options: EnsembleOptions,
): Promise<DatedForecast[]> {
  const byId = new Map<string, SeriesForecast>();
  for (const { seasons, panel, horizon } of classesOf(series)) {
    const fitted = await ensembleForecaster({ seasons, ...options }).fit(panel, { rng: seededRandom(0) });
    for (const forecast of await fitted.predict(horizon, INTERVAL_LEVELS)) byId.set(forecast.id, forecast);
  }
  return series.map((one) => ({ series: one, forecast: byId.get(one.id)! }));
}
