import type { LocalMethod } from './local-method.js';

/**
 * Runs a method on log(1 + y) and turns its path back: for quantities of a skewed distribution, where
 * a relative error matters more than an absolute one. The path is then close to a median. Histories
 * with a value of −1 or less are left as they are.
 */
export function logarithmic(method: LocalMethod): LocalMethod {
  return {
    ...method,
    fit(history, seasonLength) {
      if (history.some((value) => value <= -1)) return method.fit(history, seasonLength);
      const inner = method.fit(history.map(Math.log1p), seasonLength);
      return {
        forecast: (beginning, horizon) => inner.forecast(beginning.map(Math.log1p), horizon).map(Math.expm1),
      };
    },
  };
}
