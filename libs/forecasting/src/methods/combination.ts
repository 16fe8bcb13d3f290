import type { LocalFit, LocalMethod } from './local-method.js';

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Joins the point forecasts of several methods step by step; its errors, and so its quantiles, are
 * its own.
 *
 * @param members one or more methods
 * @param rule the median bears one bad member, the mean uses all
 */
export function combination(members: readonly LocalMethod[], rule: 'mean' | 'median' = 'mean'): LocalMethod {
  const join = rule === 'mean' ? average : median;
  return {
    name: 'combination',
    minLength: Math.max(...members.map(({ minLength }) => minLength)),
    nonNegative: members.some(({ nonNegative }) => nonNegative),
    fit(history, seasonLength): LocalFit {
      const fits = members.map((member) => member.fit(history, seasonLength));
      return {
        forecast(beginning, horizon) {
          const paths = fits.map((fit) => fit.forecast(beginning, horizon));
          return Float64Array.from({ length: horizon }, (_, step) => join(paths.map((path) => path[step]!)));
        },
      };
    },
  };
}
