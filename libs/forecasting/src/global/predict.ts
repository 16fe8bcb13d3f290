import { encodeModel, type Engine, type Graph, type Session } from '@tallyhouse/compute';
import { firstPeriod } from '../backtest/slice.js';
import { assertRequest, type FittedForecaster, type SeriesForecast } from '../contract/forecaster.js';
import type { Panel, SeriesInput } from '../contract/panel.js';
import { ForecastingError } from '../forecasting.errors.js';
import { localForecaster } from '../methods/local-forecaster.js';
import { naive } from '../methods/naive.js';
import { TRAINED_LEVELS, type GlobalConfig } from './config.js';
import { scaledQuantiles } from './hold-out.js';
import { calibrated, quantileAt } from './quantile-grid.js';
import { windowBefore } from './windows.js';

/** Name of the global network in artifacts, reports and forecasts. */
export const GLOBAL_NETWORK = 'global-network';

const LEVELS = TRAINED_LEVELS.length;
const MEDIAN = TRAINED_LEVELS.indexOf(0.5);

/** All that a forecast needs: the weights, the settings, the calibration. */
export interface GlobalModel {
  readonly config: GlobalConfig;
  readonly graph: Graph;
  readonly calibration: readonly number[];
}

/** A series as its forecast grows: observed values, then the network's own medians. */
interface Growing {
  readonly series: SeriesInput;
  values: Float64Array;
  /** Calibrated quantiles at the trained levels, one array a step, in the units of the series. */
  readonly steps: Float64Array[];
}

/** Joins the spread of a step with that of the last step before the block, as independent errors join. */
export function widened(quantiles: Float64Array, before: Float64Array | undefined): Float64Array {
  if (!before) return quantiles;
  const median = quantiles[MEDIAN]!;
  return quantiles.map((value, level) => {
    const distance = Math.hypot(value - median, before[level]! - before[MEDIAN]!);
    return level < MEDIAN ? median - distance : median + distance;
  });
}

async function growOneBlock(
  session: Session,
  growing: readonly Growing[],
  panel: Panel,
  { config, calibration }: GlobalModel,
): Promise<void> {
  const windows = growing.map(({ series, values }) =>
    windowBefore(values, values.length, firstPeriod(series, panel.frequency), config),
  );
  const usable = windows.map((window, index) => window ?? fail(growing[index]!.series.id));
  const rows = await scaledQuantiles(session, usable, config);
  growing.forEach((one, index) => {
    const { offset, scale } = usable[index]!;
    const before = one.steps.at(-1);
    const medians: number[] = [];
    for (let step = 0; step < config.horizon; step++) {
      const scaled = calibrated(rows[index]!.subarray(step * LEVELS, (step + 1) * LEVELS), calibration);
      const quantiles = widened(
        scaled.map((value) => offset + scale * value),
        before,
      );
      one.steps.push(quantiles);
      medians.push(quantiles[MEDIAN]!);
    }
    one.values = Float64Array.from([...one.values, ...medians]);
  });
}

const fail = (id: string): never => {
  throw new ForecastingError('INVALID_PANEL', `series "${id}" has too few values for the network`);
};

function forecastOf({ series, steps }: Growing, horizon: number, levels: readonly number[]): SeriesForecast {
  const kept = steps.slice(0, horizon);
  const path = (of: (quantiles: Float64Array) => number): Float64Array => Float64Array.from(kept, of);
  return {
    id: series.id,
    mean: path((quantiles) => quantiles[MEDIAN]!),
    quantiles: levels.map((level) => path((quantiles) => quantileAt(quantiles, level))),
    method: GLOBAL_NETWORK,
  };
}

async function fallbackForecasts(
  panel: Panel,
  series: readonly SeriesInput[],
  request: { horizon: number; levels: readonly number[] },
  rng: Parameters<ReturnType<typeof localForecaster>['fit']>[1]['rng'],
): Promise<SeriesForecast[]> {
  const fitted = await localForecaster(naive).fit({ ...panel, series }, { rng });
  const forecasts = await fitted.predict(request.horizon, request.levels);
  const reason = 'fewer than three observed values in the input window';
  return forecasts.map((forecast) => ({ ...forecast, fallback: { from: GLOBAL_NETWORK, reason } }));
}

/**
 * A trained network bound to the histories of a panel. Series with fewer than three observed values
 * in the input window are forecast by the naive method and say so. The point forecast is the median.
 */
export function boundTo(
  panel: Panel,
  model: GlobalModel,
  engine: Engine,
  rng: Parameters<typeof fallbackForecasts>[3],
): FittedForecaster {
  const { config } = model;
  const isUsable = (series: SeriesInput): boolean =>
    windowBefore(series.values, series.values.length, firstPeriod(series, panel.frequency), config) !==
    undefined;
  return {
    async predict(horizon, levels) {
      assertRequest(horizon, levels);
      const growing = panel.series
        .filter(isUsable)
        .map((series): Growing => ({ series, values: series.values, steps: [] }));
      const session = await engine.load(encodeModel(model.graph));
      try {
        for (let made = 0; made < horizon; made += config.horizon) {
          await growOneBlock(session, growing, panel, model);
        }
      } finally {
        await session.dispose();
      }
      const rest = panel.series.filter((series) => !isUsable(series));
      const forecasts = [
        ...growing.map((one) => forecastOf(one, horizon, levels)),
        ...(await fallbackForecasts(panel, rest, { horizon, levels }, rng)),
      ];
      const byId = new Map(forecasts.map((forecast) => [forecast.id, forecast]));
      return panel.series.map(({ id }) => byId.get(id)!);
    },
  };
}
