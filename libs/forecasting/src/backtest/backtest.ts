import { seededRandom, type Engine } from '@tallyhouse/compute';
import { assertRequest, type Forecaster, type SeriesForecast } from '../contract/forecaster.js';
import { assertPanel, type Panel } from '../contract/panel.js';
import { ForecastingError } from '../forecasting.errors.js';
import { createForecaster } from '../methods/registry.js';
import { periodStart } from '../series/periods.js';
import { assertForecasts } from './check-forecasts.js';
import { scoreSeries, type SeriesScore } from './series-score.js';
import { actualsFrom, firstPeriod, knownBefore, withoutFuture } from './slice.js';

/** A forecaster under test; it is made anew for every fold, so that it remembers nothing. */
export interface Candidate {
  readonly label: string;
  create(): Forecaster;
}

export interface BacktestOptions {
  /** Steps ahead, 1 or more. */
  readonly horizon: number;
  /** Quantile levels, rising, inside (0, 1). */
  readonly levels: readonly number[];
  /** Number of origins; the last one leaves exactly `horizon` periods of the latest series. */
  readonly folds: number;
  /** Periods between origins. Default 1. */
  readonly stride?: number;
  /** Observed values a series must have before an origin to take part. Default 3. */
  readonly minHistory?: number;
  readonly seed: number;
  readonly engine?: Engine;
  /** The panel as it was known before an origin, where later statements changed what is known of the past; the panel itself, where left out. */
  readonly asSaid?: (origin: number) => Panel;
}

export interface Fold {
  /** First day of the first period forecast, `YYYY-MM-DD`. */
  readonly origin: string;
  /** Series that took part. */
  readonly series: number;
}

export interface Backtest {
  readonly panel: Pick<Panel, 'frequency' | 'seasonLength'>;
  readonly options: Required<Omit<BacktestOptions, 'engine' | 'asSaid'>>;
  readonly folds: readonly Fold[];
  /** Labels, baselines first. */
  readonly models: readonly string[];
  /** One a fold, a model and a series. */
  readonly scores: readonly SeriesScore[];
}

/** Methods that every backtest runs beside the candidates. */
export const BASELINES = ['naive', 'seasonal-naive', 'naive2'] as const;

const baselines = (): Candidate[] =>
  BASELINES.map((label) => ({ label, create: () => createForecaster(label) }));

function originsOf(panel: Panel, { horizon, folds, stride }: Backtest['options']): number[] {
  const ends = panel.series.map((series) => firstPeriod(series, panel.frequency) + series.values.length);
  const last = Math.max(...ends) - horizon;
  return Array.from({ length: folds }, (_, fold) => last - (folds - 1 - fold) * stride);
}

/** An origin, with the panel as it was said there. */
interface Origin {
  readonly origin: number;
  readonly said: Panel;
}

async function forecastFold(
  panel: Panel,
  { origin, said }: Origin,
  candidate: Candidate,
  options: Backtest['options'],
  engine: Engine | undefined,
): Promise<SeriesForecast[]> {
  const known = knownBefore(said, origin, options.minHistory);
  const ids = known.series.map(({ id }) => id);
  const rng = seededRandom(options.seed).fork(origin);
  const forecasts = await withoutFuture(panel, origin, async () => {
    const fitted = await candidate.create().fit(known, { rng, ...(engine ? { engine } : {}) });
    return fitted.predict(options.horizon, options.levels);
  });
  assertForecasts(candidate.label, forecasts, ids, options);
  return forecasts;
}

function scoreFold(
  panel: Panel,
  { origin, said }: Origin,
  model: string,
  forecasts: readonly SeriesForecast[],
  options: Backtest['options'],
): SeriesScore[] {
  const known = knownBefore(said, origin, options.minHistory);
  const byId = new Map(panel.series.map((series) => [series.id, series]));
  return forecasts.map((forecast, index) => {
    const actual = actualsFrom(byId.get(forecast.id)!, panel, origin, options.horizon);
    const train = known.series[index]!.values;
    return {
      model,
      origin: periodStart(origin, panel.frequency),
      ...scoreSeries(forecast, actual, train, panel.seasonLength, options.levels),
    };
  });
}

/**
 * Rolling-origin evaluation. At every origin each candidate is made anew, fitted on copies of what
 * was known before, and scored on what came after; the naive baselines run beside it. Origins go
 * forward in time and are the same date for all series. While a candidate runs, the values from the
 * origin on read as NaN in the caller's panel as well: do not use the panel until this resolves.
 *
 * @throws {ForecastingError} INVALID_FORECAST when a candidate returns NaN, crossing quantiles or other
 * series than asked for; INVALID_OPTIONS on a label used twice
 */
export async function backtest(
  panel: Panel,
  candidates: readonly Candidate[],
  { engine, asSaid = () => panel, ...given }: BacktestOptions,
): Promise<Backtest> {
  assertPanel(panel);
  assertRequest(given.horizon, given.levels);
  const options = { stride: 1, minHistory: 3, ...given };
  const all = [...baselines(), ...candidates];
  const models = all.map(({ label }) => label);
  if (new Set(models).size < models.length) {
    throw new ForecastingError(
      'INVALID_OPTIONS',
      `labels must differ and not be a baseline: ${models.join(', ')}`,
    );
  }
  const folds: Fold[] = [];
  const scores: SeriesScore[] = [];
  for (const origin of originsOf(panel, options)) {
    const at = { origin, said: asSaid(origin) };
    const { series } = knownBefore(at.said, origin, options.minHistory);
    folds.push({ origin: periodStart(origin, panel.frequency), series: series.length });
    for (const candidate of all) {
      const forecasts = await forecastFold(panel, at, candidate, options, engine);
      scores.push(...scoreFold(panel, at, candidate.label, forecasts, options));
    }
  }
  const { frequency, seasonLength } = panel;
  return { panel: { frequency, seasonLength }, options, folds, models, scores };
}
