import { encodeModel, type Engine, type Random, type Session } from '@tallyhouse/compute';
import { assertRequest, type FittedForecaster, type SeriesForecast } from '../contract/forecaster.js';
import { TRAINED_LEVELS } from '../global/config.js';
import { widened } from '../global/predict.js';
import { calibrated, quantileAt } from '../global/quantile-grid.js';
import { localForecaster } from '../methods/local-forecaster.js';
import { naive } from '../methods/naive.js';
import { calendarIn } from './channels.js';
import { assertCovariates, onlyHeard, type CovariatePanel, type CovariateSeries } from './covariate-panel.js';
import { TIDE, type TideModel } from './tide-model.js';
import { tideQuantiles, tideWindow, type Reading, type TideWindow } from './tide-windows.js';

const LEVELS = TRAINED_LEVELS.length;
const MEDIAN = TRAINED_LEVELS.indexOf(0.5);

interface Wanted {
  readonly horizon: number;
  readonly levels: readonly number[];
}

/** A series as its forecast grows: observed values, then the network's own medians. */
interface Growing {
  series: CovariateSeries;
  /** Quantiles at the trained levels, one array a step, in the units of the series. */
  readonly steps: Float64Array[];
  /** Below it nothing is forecast. */
  readonly floor: number;
}

/**
 * A trained network bound to the histories and plans of a panel. Series with fewer than three observed values in the input window
 * are forecast by the naive method and say so. Beyond the steps that it was trained for it goes on from its own medians.
 */
export function tideBound(
  model: TideModel,
  panel: CovariatePanel,
  engine: Engine,
  rng: Random,
): FittedForecaster {
  const { config, channels } = model;
  return {
    async predict(horizon, levels) {
      assertRequest(horizon, levels);
      assertCovariates(panel, Math.ceil(horizon / config.horizon) * config.horizon);
      const isKept = model.heard.map(({ isHeard }) => isHeard);
      const reading: Reading = {
        ...{ panel: onlyHeard(panel, isKept), config, channels },
        calendar: calendarIn(panel),
      };
      const { series } = reading.panel;
      const growing = series
        .filter((one) => windowAtEnd(reading, one) !== undefined)
        .map((one): Growing => ({ series: one, steps: [], floor: floorOf(one) }));
      const session = await engine.load(encodeModel(model.graph));
      try {
        for (let made = 0; made < horizon; made += config.horizon)
          await growOneBlock(session, growing, reading, model);
      } finally {
        await session.dispose();
      }
      const made = new Map(growing.map((one) => [one.series.id, forecastOf(one, { horizon, levels })]));
      const rest = series.filter(({ id }) => !made.has(id));
      for (const forecast of await naiveForecasts(panel, rest, { horizon, levels }, rng))
        made.set(forecast.id, forecast);
      return series.map(({ id }) => made.get(id)!);
    },
  };
}

const floorOf = ({ values }: CovariateSeries): number => (values.some((value) => value < 0) ? -Infinity : 0);

const windowAtEnd = (reading: Reading, series: CovariateSeries): TideWindow | undefined =>
  tideWindow(reading, { series, at: series.values.length, to: series.values.length });

async function growOneBlock(
  session: Session,
  growing: readonly Growing[],
  reading: Reading,
  { config, calibration }: TideModel,
): Promise<void> {
  const windows = growing.map(({ series }) => windowAtEnd(reading, series)!);
  const rows = await tideQuantiles(session, windows, reading);
  growing.forEach((one, at) => {
    const { offset, scale } = windows[at]!;
    const before = one.steps.at(-1);
    const made = Array.from({ length: config.horizon }, (_, step) => {
      const row = rows[at]!.subarray(step * LEVELS, (step + 1) * LEVELS);
      const scaled = calibrated(row, calibration).map((value) => offset + scale * value);
      return widened(scaled, before).map((value) => Math.max(one.floor, value));
    });
    one.steps.push(...made);
    const medians = made.map((quantiles) => quantiles[MEDIAN]!);
    one.series = { ...one.series, values: Float64Array.from([...one.series.values, ...medians]) };
  });
}

function forecastOf({ series, steps, floor }: Growing, { horizon, levels }: Wanted): SeriesForecast {
  const kept = steps.slice(0, horizon);
  return {
    id: series.id,
    mean: Float64Array.from(kept, (quantiles) => quantiles[MEDIAN]!),
    quantiles: levels.map((level) =>
      Float64Array.from(kept, (quantiles) => Math.max(floor, quantileAt(quantiles, level))),
    ),
    method: TIDE,
  };
}

async function naiveForecasts(
  panel: CovariatePanel,
  series: readonly CovariateSeries[],
  { horizon, levels }: Wanted,
  rng: Random,
): Promise<SeriesForecast[]> {
  const fitted = await localForecaster(naive).fit({ ...panel, series }, { rng });
  const reason = 'fewer than three observed values in the input window';
  const made = await fitted.predict(horizon, levels);
  return made.map((forecast) => ({ ...forecast, fallback: { from: TIDE, reason } }));
}
