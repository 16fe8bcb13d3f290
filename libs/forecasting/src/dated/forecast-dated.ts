import { seededRandom } from '@tallyhouse/compute';
import { coldStartForecaster } from '../cold-start/cold-start-forecaster.js';
import { classesOf } from '../competition/classes.js';
import { forecastFile } from '../competition/evaluate.js';
import { INTERVAL_LEVELS } from '../competition/figures.js';
import type { SeriesForecast } from '../contract/forecaster.js';
import { ensembleForecaster, type EnsembleOptions } from '../ensemble/ensemble-forecaster.js';
import { reconciledForecaster } from '../hierarchy/reconciled-forecaster.js';
import type { DatedSeries } from './dated-file.js';
import type { DatedHierarchy } from './dated-hierarchy.js';

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

/** Forecasts sums and parts by the ensemble so that they add up, sums first. */
export async function forecastDatedHierarchy(
  { series, hierarchy }: DatedHierarchy,
  options: EnsembleOptions,
): Promise<DatedForecast[]> {
  const [kind] = classesOf(series);
  const ensemble = ensembleForecaster({ seasons: kind!.seasons, ...options });
  const inner = coldStartForecaster(ensemble, hierarchy);
  const fitted = await reconciledForecaster(inner, hierarchy).fit(kind!.panel, { rng: seededRandom(0) });
  const forecasts = await fitted.predict(kind!.horizon, INTERVAL_LEVELS);
  return series.map((one, at) => ({ series: one, forecast: forecasts[at]! }));
}
