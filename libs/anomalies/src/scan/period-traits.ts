import type { SeriesTraits } from '../contract/detector.js';

/** How series of one frequency are looked through. */
export interface PeriodTraits extends SeriesTraits {
  /** The longest past that is judged again when a series grows, in periods. */
  readonly periods: number;
}

const DAY_MS = 86_400_000;
const YEAR_MS = 365.25 * DAY_MS;

/** The season that is looked for in whole periods, and how far back. */
export const PERIOD_TRAITS: Readonly<Record<'daily' | 'weekly' | 'monthly', PeriodTraits>> = {
  daily: { seasonMs: 7 * DAY_MS, phases: 7, periods: 400 },
  weekly: { seasonMs: YEAR_MS, phases: 12, periods: 260 },
  monthly: { seasonMs: YEAR_MS, phases: 12, periods: 240 },
};
