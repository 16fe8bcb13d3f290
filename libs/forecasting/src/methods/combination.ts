import { meanOf, median, type LocalFit, type LocalMethod } from './local-method.js';

/**
 * Joins the point forecasts of several methods step by step; its errors, and so its quantiles, are
 * its own.
 *
 * @param members one or more methods
 * @param rule the median bears one bad member, the mean uses all
 */
export function combination(members: readonly LocalMethod[], rule: 'mean' | 'median' = 'mean'): LocalMethod {
  const join = rule === 'mean' ? meanOf : median;
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
