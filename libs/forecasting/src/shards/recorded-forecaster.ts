import { knownBefore, panelEnd } from '../backtest/slice.js';
import type { ForecastContext, Forecaster, SeriesForecast } from '../contract/forecaster.js';
import type { Panel } from '../contract/panel.js';
import { ForecastingError } from '../forecasting.errors.js';
import { rollingResiduals } from '../hierarchy/rolling-residuals.js';
import type { ForecastsAt } from './packed-forecasts.js';

/** A forecast that a whole run asks of its model. */
export interface WantedForecast {
  /** Number of the first period that the model may not know. */
  readonly end: number;
  readonly steps: number;
  readonly levels: readonly number[];
}

const drawn = (): never => {
  throw new ForecastingError('INVALID_OPTIONS', 'what was recorded draws nothing at random');
};

/** What a recorded forecaster needs: nothing. */
export const NO_CONTEXT: ForecastContext = {
  rng: { next: drawn, uniform: drawn, normal: drawn, below: drawn, permutation: drawn, fork: drawn },
};

/**
 * The forecasts at past origins that bringing sums and parts together will ask for: it is asked itself, with a model that writes down
 * the question.
 *
 * @param usual a panel of one series, as long as the middle one of all series
 */
export async function wantedAtOrigins(usual: Panel, horizon: number): Promise<WantedForecast[]> {
  const wanted: WantedForecast[] = [];
  const asking: Forecaster = {
    name: 'asking',
    fit: async (panel) => ({
      predict: async (steps, levels) => {
        wanted.push({ end: panelEnd(panel), steps, levels });
        return panel.series.map(({ id }) => silent(id, steps, levels));
      },
    }),
  };
  const leaves = usual.series.map(({ id }) => id);
  await rollingResiduals(asking, usual, { leaves, sums: [] }, horizon, NO_CONTEXT);
  return wanted;
}

const silent = (id: string, steps: number, levels: readonly number[]): SeriesForecast => ({
  id,
  mean: new Float64Array(steps),
  quantiles: levels.map(() => new Float64Array(steps)),
  method: 'asking',
});

/** Makes the wanted forecasts of some series; what is not known yet at an origin has none there. */
export async function recordForecasts(
  forecaster: Forecaster,
  panel: Panel,
  wanted: readonly WantedForecast[],
  context: ForecastContext,
): Promise<ForecastsAt[]> {
  const whole = panelEnd(panel);
  const made: ForecastsAt[] = [];
  for (const { end, steps, levels } of wanted) {
    const known = end >= whole ? panel : knownBefore(panel, end, 1);
    const fitted = known.series.length > 0 ? await forecaster.fit(known, context) : undefined;
    made.push({ end, forecasts: fitted ? await fitted.predict(steps, levels) : [] });
  }
  return made;
}
