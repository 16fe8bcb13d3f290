import { seasonalScale } from '../backtest/metrics.js';
import type { Panel, SeriesInput } from '../contract/panel.js';
import { periodIndex } from '../series/periods.js';

/** What forecasts of a series are measured by, known when they are made. */
export interface Yardstick {
  /** Mean error of the seasonal naive in what was known; undefined where that is 0. */
  readonly scale: number | undefined;
  /**
   * What the seasonal naive says of a period: the value of the same part of the last season that is known, else the last value that is.
   *
   * @param target number of the period, behind every known one
   * @returns undefined where nothing is known
   */
  readonly baseline: (target: number) => number | undefined;
}

/** The yardstick of each series of a panel. */
export function yardsticksOf({ frequency, seasonLength, series }: Panel): Map<string, Yardstick> {
  return new Map(
    series.map((one) => {
      const scale = seasonalScale(one.values, seasonLength);
      const first = periodIndex(Date.parse(one.start), frequency);
      const baseline = (target: number): number | undefined => naiveOf(one, target - first, seasonLength);
      return [one.id, { scale: scale > 0 ? scale : undefined, baseline }];
    }),
  );
}

function naiveOf({ values }: SeriesInput, at: number, seasonLength: number): number | undefined {
  const seasons = Math.max(1, Math.floor((at - values.length) / seasonLength) + 1);
  for (let place = at - seasons * seasonLength; place >= 0; place -= seasonLength)
    if (!Number.isNaN(values[place])) return values[place];
  return values.findLast((value) => !Number.isNaN(value));
}
