import { flat, meanOf, type LocalMethod } from './local-method.js';

/** No demand at all: what is said of a history without an observed value. */
export const zero: LocalMethod = {
  name: 'zero',
  minLength: 0,
  fit: () => ({ forecast: (_history, horizon) => flat(0, horizon) }),
};

/** Repeats the last value. */
export const naive: LocalMethod = {
  name: 'naive',
  minLength: 1,
  fit: () => ({ forecast: (history, horizon) => flat(history[history.length - 1]!, horizon) }),
};

/** Repeats the last season; on a history shorter than a season it repeats the last value. */
export const seasonalNaive: LocalMethod = {
  name: 'seasonal-naive',
  minLength: 1,
  fit: (_history, seasonLength) => ({
    forecast(history, horizon) {
      const season = history.length >= seasonLength ? seasonLength : 1;
      const begin = history.length - season;
      return Float64Array.from({ length: horizon }, (_, step) => history[begin + (step % season)]!);
    },
  }),
};

/** The line through the first and the last value. */
export const drift: LocalMethod = {
  name: 'drift',
  minLength: 2,
  fit: () => ({
    forecast(history, horizon) {
      const last = history[history.length - 1]!;
      const slope = history.length > 1 ? (last - history[0]!) / (history.length - 1) : 0;
      return Float64Array.from({ length: horizon }, (_, step) => last + slope * (step + 1));
    },
  }),
};

/**
 * The mean of the last `window` values.
 *
 * @param window periods, 1 or more; a shorter history is averaged whole
 */
export function windowAverage(window: number): LocalMethod {
  return {
    name: 'window-average',
    minLength: 1,
    fit: () => ({ forecast: (history, horizon) => flat(meanOf(history.slice(-window)), horizon) }),
  };
}
