import { forecastFile } from '../competition/evaluate.js';
import type { SeriesForecast } from '../contract/forecaster.js';
import type { EnsembleOptions } from '../ensemble/ensemble-forecaster.js';
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
  const classes = await forecastFile(series, () => options);
  const byId = new Map(classes.flatMap(({ forecasts }) => forecasts.map((one) => [one.id, one])));
  return series.map((one) => ({ series: one, forecast: byId.get(one.id)! }));
}
