import type { LocalMethod } from './local-method.js';
import { fitSes, sesLevel } from './ses.js';

/** The least-squares slope of the values on their position. */
export function slopeOf(values: Float64Array): number {
  const centre = (values.length - 1) / 2;
  let products = 0;
  let squares = 0;
  values.forEach((value, index) => {
    products += value * (index - centre);
    squares += (index - centre) ** 2;
  });
  return squares > 0 ? products / squares : 0;
}

/**
 * The Theta method (Assimakopoulos & Nikolopoulos 2000) in the form of Hyndman & Billah (2003):
 * simple exponential smoothing plus a drift of half the least-squares slope.
 */
export const theta: LocalMethod = {
  name: 'theta',
  minLength: 3,
  fit(history) {
    const parameters = fitSes(history);
    const { alpha } = parameters;
    return {
      forecast(beginning, horizon) {
        const level = sesLevel(beginning, parameters);
        const slope = slopeOf(beginning);
        const lag = (1 - (1 - alpha) ** beginning.length) / alpha;
        return Float64Array.from({ length: horizon }, (_, step) => level + (slope / 2) * (step + lag));
      },
    };
  },
};
