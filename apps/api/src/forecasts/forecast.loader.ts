import type { ForecastReader } from '@tallyhouse/forecasting';
import { oneByKey, type LoaderOptions } from '../shared/relay/loading.js';

/** Reads what belongs to runs and to series, once a request. */
export function forecastLoaders(forecasts: ForecastReader, options: LoaderOptions) {
  return {
    commitment: oneByKey(
      (roots) => forecasts.commitments(roots),
      (row) => row.root,
      options,
    ),
    runScore: oneByKey(
      (ids) => forecasts.scores(ids),
      (row) => row.runId,
      options,
    ),
    latestForecast: oneByKey(
      (seriesIds) => forecasts.latest(seriesIds),
      (row) => row.seriesId,
      options,
    ),
  };
}
