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
  return size === 0 ? 0 : size / interval;
}

/**
 * Croston (1972): size and interval of demands smoothed apart, both beginning at the first; demand a period. It says too much on
 * average, which {@link crostonSba} mends.
 */
export function croston(weights = DEFAULT_WEIGHTS): LocalMethod {
  return {
    name: 'croston',
    minLength: 1,
    nonNegative: true,
    fit: () => ({ forecast: (history, horizon) => flat(crostonRate(history, weights), horizon) }),
  };
}

/** Croston's method with the correction of Syntetos & Boylan (2005): demand a period. */
export function crostonSba(weights = DEFAULT_WEIGHTS): LocalMethod {
  const rate = (history: Float64Array): number => (1 - weights.interval / 2) * crostonRate(history, weights);
  return {
    ...croston(weights),
    name: 'croston-sba',
    fit: () => ({ forecast: (history, horizon) => flat(rate(history), horizon) }),
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
