import type { Panel, SeriesInput } from '../contract/panel.js';
import { STORED_LEVELS } from '../runs/run-points.js';
import { SEASON_LENGTH } from '../series/panel.repository.js';
import { periodStart } from '../series/periods.js';
import type { OpenPlan } from './open-plan.repository.js';
import { wantedAtOrigins, type WantedForecast } from './recorded-forecaster.js';

/** What of a plan says which forecasts it takes. */
export interface WantedOf extends Pick<OpenPlan, 'frequency' | 'usualBegin' | 'sums' | 'horizon' | 'gap'> {
  /** Number of the first period that is not known. */
  readonly end: number;
}

/** The forecasts that a run takes: at past origins where sums have to be brought together with their parts, then what comes. */
export async function wantedForecasts(plan: WantedOf): Promise<WantedForecast[]> {
  const { end, frequency, usualBegin } = plan;
  const periods = plan.gap + plan.horizon;
  const whole = { end, steps: periods, levels: STORED_LEVELS };
  if (plan.sums === 0) return [whole];
  const values = new Float64Array(end - usualBegin);
  const usual = { id: 'usual', start: periodStart(usualBegin, frequency), values };
  return [...(await wantedAtOrigins(panelOf(plan, [usual]), periods)), whole];
}

/** Some series of a plan as a panel. */
export const panelOf = (
  { frequency }: Pick<OpenPlan, 'frequency'>,
  series: readonly SeriesInput[],
): Panel => ({ frequency, seasonLength: SEASON_LENGTH[frequency], series });
