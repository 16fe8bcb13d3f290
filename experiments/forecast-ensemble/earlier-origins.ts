import {
  forecastFile,
  runInThreads,
  scoreForecasts,
  withBenchmarks,
  type FileSeries,
} from '@tallyhouse/forecasting';

/** How many half horizons before the end of the training parts the forecasts begin. */
export const HALVES_BACK = [2, 3, 4, 5];
/** A series with fewer values than this at the origin is left out. */
const LEAST_KNOWN = 15;

/** What of the actuals lay inside the intervals, from one origin. */
export interface OriginCoverage {
  /** Values of each training part that were not shown, in horizons. */
  readonly horizonsBack: number;
  readonly series: number;
  readonly coverage80: number | null;
  readonly coverage95: number | null;
  readonly msis: number | null;
}

/** The same series as they were known earlier: the training part ends `back` values before its end, a horizon of it is judged. */
export function knownEarlier(one: FileSeries, back: number): FileSeries[] {
  const origin = one.train.length - back;
  const test = one.train.slice(origin, origin + one.horizon);
  return origin >= Math.max(LEAST_KNOWN, one.horizon) && !test.every(Number.isNaN)
    ? [{ ...one, train: one.train.slice(0, origin), test }]
    : [];
}

/** Coverage of the statistical ensemble at four origins inside the training parts; `test` columns are not read. */
export async function earlierOrigins(all: readonly FileSeries[]): Promise<OriginCoverage[]> {
  const found: OriginCoverage[] = [];
  for (const halves of HALVES_BACK) {
    const series = all.flatMap((one) => knownEarlier(one, Math.ceil((halves * one.horizon) / 2)));
    if (series.length === 0) continue;
    const classes = await forecastFile(series, () => ({ runner: runInThreads(2) }));
    const figures = scoreForecasts(classes.flatMap(withBenchmarks))['ensemble']!;
    const { coverage80, coverage95, msis } = figures;
    found.push({ horizonsBack: halves / 2, series: series.length, coverage80, coverage95, msis });
  }
  return found;
}
