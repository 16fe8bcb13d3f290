import { encodeModel, type Engine, type Random } from '@tallyhouse/compute';
import {
  assertRequest,
  type FittedForecaster,
  type Forecaster,
  type SeriesForecast,
} from '../contract/forecaster.js';
import { ForecastingError } from '../forecasting.errors.js';
import { parseGlobalConfig, TRAINED_LEVELS, type GlobalConfig } from '../global/config.js';
import { calibrated, quantileAt } from '../global/quantile-grid.js';
import { localForecaster } from '../methods/local-forecaster.js';
import { naive } from '../methods/naive.js';
import { assertCovariates, type CovariatePanel, type CovariateSeries } from './covariate-panel.js';
import type { Heard } from './hearing.js';
import { onlyHeard, trainTide, type TrainedTide } from './tide-train.js';
import { tideQuantiles, tideWindow, type TideWindow } from './tide-windows.js';
import { withChanges, type CovariateChange } from './what-if.js';

/** Name of the network with covariates in forecasts. */
export const TIDE = 'tide';

const LEVELS = TRAINED_LEVELS.length;
const MEDIAN = TRAINED_LEVELS.indexOf(0.5);

/** A network that knows what will be known. */
export interface FittedTide extends FittedForecaster {
  /** What each covariate was worth on values that training had not seen. */
  readonly heard: readonly Heard[];
  /**
   * The same network where some covariates will be others. One that was not heard changes nothing.
   *
   * @throws {ForecastingError} INVALID_OPTIONS on a covariate that is not known
   */
  whatIf(changes: readonly CovariateChange[]): FittedForecaster;
}

/**
 * One network across all series of a panel that has covariates, known for the whole horizon. Covariates that did not help on held-out
 * values are left out and said in `heard`. The point forecast is the median; the horizon of the settings is the longest.
 *
 * @throws {ForecastingError} from `fit`: ENGINE_REQUIRED, INVALID_OPTIONS, INVALID_PANEL
 */
export function tideForecaster(settings: Partial<GlobalConfig> & Pick<GlobalConfig, 'horizon'>) {
  return {
    name: TIDE,
    async fit(panel, { rng, engine }): Promise<FittedTide> {
      assertCovariates(panel, settings.horizon);
      const { frequency, seasonLength } = panel;
      const config = parseGlobalConfig({ ...settings, frequency, seasonLength });
      if (!engine)
        throw new ForecastingError('ENGINE_REQUIRED', 'the network with covariates needs an engine');
      const trained = await trainTide(panel, config, rng, engine);
      const isKept = trained.heard.map(({ isHeard }) => isHeard);
      return {
        heard: trained.heard,
        ...bound(trained, trained.reading.panel, engine, rng),
        whatIf: (changes) => bound(trained, onlyHeard(withChanges(panel, changes), isKept), engine, rng),
      };
    },
  } satisfies Forecaster;
}

function bound(trained: TrainedTide, panel: CovariatePanel, engine: Engine, rng: Random): FittedForecaster {
  const { config } = trained.reading;
  return {
    async predict(horizon, levels) {
      assertRequest(horizon, levels);
      if (horizon > config.horizon)
        throw new ForecastingError(
          'INVALID_HORIZON',
          `horizon is ${horizon}; the network was trained for ${config.horizon} steps`,
        );
      const reading = { ...trained.reading, panel };
      const windows = panel.series.map((series) =>
        tideWindow(reading, { series, at: series.values.length, to: series.values.length }),
      );
      const usable = windows.filter((window) => window !== undefined);
      const session = await engine.load(encodeModel(trained.graph));
      try {
        const rows = await tideQuantiles(session, usable, reading);
        const byWindow = new Map(usable.map((window, at) => [window, rows[at]!]));
        const rest = panel.series.filter((_, at) => !windows[at]);
        const others = await naiveForecasts(panel, rest, { horizon, levels }, rng);
        return panel.series.map((series, at) => {
          const window = windows[at];
          if (!window) return others.get(series.id)!;
          return forecastOf(series, window, byWindow.get(window)!, { horizon, levels, trained });
        });
      } finally {
        await session.dispose();
      }
    },
  };
}

function forecastOf(
  series: CovariateSeries,
  { offset, scale }: TideWindow,
  row: Float32Array,
  { horizon, levels, trained }: { horizon: number; levels: readonly number[]; trained: TrainedTide },
): SeriesForecast {
  const floor = series.values.some((value) => value < 0) ? -Infinity : 0;
  const steps = Array.from({ length: horizon }, (_, step) =>
    calibrated(row.subarray(step * LEVELS, (step + 1) * LEVELS), trained.calibration).map((value) =>
      Math.max(floor, offset + scale * value),
    ),
  );
  return {
    id: series.id,
    mean: Float64Array.from(steps, (quantiles) => quantiles[MEDIAN]!),
    quantiles: levels.map((level) =>
      Float64Array.from(steps, (quantiles) => Math.max(floor, quantileAt(quantiles, level))),
    ),
    method: TIDE,
  };
}

async function naiveForecasts(
  panel: CovariatePanel,
  series: readonly CovariateSeries[],
  { horizon, levels }: { horizon: number; levels: readonly number[] },
  rng: Random,
): Promise<Map<string, SeriesForecast>> {
  const fitted = await localForecaster(naive).fit({ ...panel, series }, { rng });
  const reason = 'fewer than three observed values in the input window';
  const made = await fitted.predict(horizon, levels);
  return new Map(made.map((forecast) => [forecast.id, { ...forecast, fallback: { from: TIDE, reason } }]));
}
