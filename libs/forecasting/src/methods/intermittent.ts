import { flat, type LocalMethod } from './local-method.js';

/** Smoothing weights of an intermittent-demand method, inside (0, 1]. */
export interface IntermittentWeights {
  readonly size: number;
  readonly interval: number;
}

const DEFAULT_WEIGHTS: IntermittentWeights = { size: 0.1, interval: 0.1 };

function crostonRate(history: Float64Array, weights: IntermittentWeights): number {
  let size = 0;
  let interval = 0;
  let waited = 0;
  for (const value of history) {
    waited++;
    if (value === 0) continue;
    if (size === 0) [size, interval] = [value, waited];
    else {
      size += weights.size * (value - size);
      interval += weights.interval * (waited - interval);
    }
    waited = 0;
  }
  return size === 0 ? 0 : (1 - weights.interval / 2) * (size / interval);
}

/** Croston's method with the correction of Syntetos & Boylan (2005): demand a period. */
export function crostonSba(weights = DEFAULT_WEIGHTS): LocalMethod {
  return {
    name: 'croston-sba',
    minLength: 1,
    nonNegative: true,
    fit: () => ({ forecast: (history, horizon) => flat(crostonRate(history, weights), horizon) }),
  };
}

function tsbRate(history: Float64Array, weights: IntermittentWeights): number {
  const first = history.findIndex((value) => value !== 0);
  if (first < 0) return 0;
  let size = history[first]!;
  let probability = 1 / (first + 1);
  for (const value of history.subarray(first + 1)) {
    probability += weights.interval * ((value === 0 ? 0 : 1) - probability);
    if (value !== 0) size += weights.size * (value - size);
  }
  return probability * size;
}

/**
 * Teunter, Syntetos & Babai (2011): the chance of demand is renewed every period, so that a product
 * that nobody orders any more fades out.
 */
export function tsb(weights = DEFAULT_WEIGHTS): LocalMethod {
  return {
    name: 'tsb',
    minLength: 1,
    nonNegative: true,
    fit: () => ({ forecast: (history, horizon) => flat(tsbRate(history, weights), horizon) }),
  };
}
