import type { LocalFit } from '../methods/local-method.js';
import type { FilledHistory } from '../series/gaps.js';

/** Errors collected at each step; more of them costs time and buys smoother tails. */
const ERRORS_PER_STEP = 40;

export interface RollingErrors {
  /** `byStep[h]` holds actual − forecast, h + 1 steps ahead, of every origin that had an actual. */
  readonly byStep: readonly number[][];
  readonly origins: number;
}

/**
 * Forecasts made from the last origins of the history, with the parameters of the whole history,
 * against what was then observed. Filled values are never counted as observations.
 *
 * @param minLength the shortest history to forecast from
 */
export function rollingErrors(
  fit: LocalFit,
  history: FilledHistory,
  horizon: number,
  minLength: number,
): RollingErrors {
  const { values, observed } = history;
  const byStep: number[][] = Array.from({ length: horizon }, () => []);
  const earliest = Math.max(
    minLength,
    Math.floor(values.length / 3),
    values.length - ERRORS_PER_STEP - horizon,
  );
  for (let origin = earliest; origin < values.length; origin++) {
    const steps = Math.min(horizon, values.length - origin);
    const path = fit.forecast(values.subarray(0, origin), steps);
    for (let step = 0; step < steps; step++) {
      const error = observed[origin + step]! - path[step]!;
      if (Number.isFinite(error)) byStep[step]!.push(error);
    }
  }
  return { byStep, origins: Math.max(0, values.length - earliest) };
}
