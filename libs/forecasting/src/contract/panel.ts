import { ForecastingError } from '../forecasting.errors.js';

/** Spacing of the observations; weekly periods are ISO weeks, starting on Monday. */
export type Frequency = 'daily' | 'weekly' | 'monthly';

/** One series, oldest value first. */
export interface SeriesInput {
  readonly id: string;
  /** First day of the first period, `YYYY-MM-DD`, UTC. */
  readonly start: string;
  /** One value a period; NaN is a missing observation, 0 is an observed zero. */
  readonly values: Float64Array;
}

/** Series of one frequency that are forecast together. */
export interface Panel {
  readonly frequency: Frequency;
  /** Periods in a season, 1 for none: 12 for months of a year, 7 for days of a week. */
  readonly seasonLength: number;
  readonly series: readonly SeriesInput[];
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Refuses a panel that no method could read the right way.
 *
 * @throws {ForecastingError} INVALID_PANEL on a season length below 1, a start that is no date,
 * an id used twice or an infinite value
 */
export function assertPanel(panel: Panel): void {
  if (!Number.isInteger(panel.seasonLength) || panel.seasonLength < 1) {
    throw new ForecastingError(
      'INVALID_PANEL',
      `seasonLength is ${panel.seasonLength}; it must be a whole number, 1 or more`,
    );
  }
  const ids = new Set<string>();
  for (const { id, start, values } of panel.series) {
    if (ids.has(id)) throw new ForecastingError('INVALID_PANEL', `series id "${id}" occurs twice`);
    ids.add(id);
    if (!ISO_DATE.test(start) || Number.isNaN(Date.parse(start))) {
      throw new ForecastingError(
        'INVALID_PANEL',
        `series "${id}" starts at "${start}", which is no YYYY-MM-DD`,
      );
    }
    if (values.some((value) => value === Infinity || value === -Infinity)) {
      throw new ForecastingError('INVALID_PANEL', `series "${id}" holds an infinite value`);
    }
  }
}
