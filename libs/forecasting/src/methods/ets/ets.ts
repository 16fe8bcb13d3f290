import { isSeasonal } from '../../series/seasonality.js';
import type { LocalFit, LocalMethod } from '../local-method.js';
import { filterEts, pathFrom, type EtsState } from './ets-filter.js';
import { formsFor } from './ets-form.js';
import { fitEts, type EtsFit } from './fit-ets.js';

/** Values that the likelihood is taken over at most: older ones change the weights little and cost time. */
const MAX_VALUES = 600;
/** Seasons longer than this have too many indices for a state each. */
const MAX_SEASON = 24;

function forecastOf(fit: EtsFit, history: Float64Array, horizon: number): Float64Array {
  const state: EtsState = { level: 0, slope: 0, season: fit.season.slice(), phase: 0 };
  filterEts(history, fit.form, fit.parameters, state);
  return pathFrom(state, fit.form, fit.parameters.phi, horizon);
}

/** Akaike weights (Burnham & Anderson 2002): how likely each form is among those fitted. */
function akaikeWeights(fits: readonly EtsFit[]): number[] {
  const least = Math.min(...fits.map(({ aicc }) => aicc));
  const raw = fits.map(({ aicc }) => Math.exp((least - aicc) / 2));
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return raw.map((weight) => weight / sum);
}

function joined(fits: readonly EtsFit[]): LocalFit {
  const weights = akaikeWeights(fits);
  const kept = fits.map((fit, at) => ({ fit, weight: weights[at]! })).filter(({ weight }) => weight > 1e-3);
  return {
    forecast(history, horizon) {
      const path = new Float64Array(horizon);
      for (const { fit, weight } of kept) {
        const one = forecastOf(fit, history, horizon);
        for (let step = 0; step < horizon; step++) path[step]! += weight * one[step]!;
      }
      return path;
    },
  };
}

/**
 * Exponential smoothing in state-space form (Hyndman, Koehler, Ord & Snyder 2008). Instead of the
 * one form of the least AICc, all are joined by their Akaike weights, which is steadier on short
 * histories. A season of 24 periods at most takes part where the history tests as seasonal.
 */
export const ets: LocalMethod = {
  name: 'ets',
  minLength: 6,
  fit(history, seasonLength) {
    const from = Math.max(0, history.length - MAX_VALUES);
    const recent = history.subarray(from);
    const seasonal = seasonLength <= MAX_SEASON && isSeasonal(recent, seasonLength);
    const forms = formsFor(
      recent.every((value) => value > 0),
      seasonal,
    );
    const fits = forms.flatMap((form) => fitEts(recent, form, seasonLength) ?? []);
    if (fits.length === 0) return { forecast: (beginning, horizon) => lastValue(beginning, horizon) };
    const fit = joined(fits);
    return { forecast: (beginning, horizon) => fit.forecast(beginning.subarray(from), horizon) };
  },
};

const lastValue = (history: Float64Array, horizon: number): Float64Array =>
  new Float64Array(horizon).fill(history[history.length - 1]!);
