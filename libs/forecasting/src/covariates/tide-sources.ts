import type { CovariateSeries } from './covariate-panel.js';
import { tideWindow, type Reading, type TideWindow } from './tide-windows.js';

/** A series and the part of it that training sees. */
export interface Source {
  readonly series: CovariateSeries;
  /** Origins `from <= origin < to`; values from `to` on are held out. */
  readonly from: number;
  readonly to: number;
}

/** Position after the third observed value; 0 where there are fewer. */
function thirdOf({ values }: CovariateSeries): number {
  let seen = 0;
  return values.findIndex((value) => !Number.isNaN(value) && ++seen === 3) + 1;
}

/**
 * Series that can be trained on, the last values of those long enough held out. Where a series allows it, every window is as full as
 * the one that will be forecast from: a network that also learns from nearly empty ones takes their uncertainty for
 * that of the months they end in, and its intervals are too wide in half the year and too narrow in the other.
 *
 * @param back values to hold out, 0 for none
 */
export function sourcesOf({ panel, config }: Reading, back: number): Source[] {
  const { inputSize, horizon } = config;
  return panel.series.flatMap((series) => {
    const { length } = series.values;
    const to = length - (length >= inputSize / 2 + 3 * horizon + back ? back : 0);
    const third = thirdOf(series);
    const from = Math.max(third, Math.min(inputSize, to - 3 * horizon));
    return third === 0 || from >= to ? [] : [{ series, from, to }];
  });
}

/** Windows of what training did not see, one every `stride` periods. */
export function heldOut(sources: readonly Source[], reading: Reading, stride: number): TideWindow[] {
  return sources.flatMap(({ series, to }) => {
    const windows: TideWindow[] = [];
    for (let at = to; at < series.values.length; at += stride) {
      const window = tideWindow(reading, { series, at, to: series.values.length });
      if (window && window.weights.some((weight) => weight > 0)) windows.push(window);
    }
    return windows;
  });
}
