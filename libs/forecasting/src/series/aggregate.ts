import type { Frequency, SeriesInput } from '../contract/panel.js';
import { ForecastingError } from '../forecasting.errors.js';
import { periodIndex, periodStart, periodStartMs } from './periods.js';

/** A quantity that moved at an instant, with the properties it can be grouped by. */
export interface Observation {
  /** Milliseconds since the epoch. */
  readonly timeMs: number;
  readonly quantity: number;
  readonly keys: Readonly<Record<string, string>>;
}

/** A span of time, milliseconds since the epoch; the end is outside. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface AggregateOptions {
  readonly frequency: Frequency;
  /** Only what happened before it is used, and only periods that had ended by it are given. */
  readonly asOfMs: number;
  /** Keys that make a series of their own; none gives one series `total`. */
  readonly by?: readonly string[];
  /** Where every series begins; without it each begins with its own first observation. */
  readonly fromMs?: number;
  /** Spans in which nothing was recorded: periods that touch one are missing, not zero. */
  readonly unrecorded?: readonly Span[];
}

const idOf = (keys: Readonly<Record<string, string>>, by: readonly string[]): string =>
  by.length === 0 ? 'total' : by.map((key) => `${key}=${keys[key] ?? ''}`).join('|');

function isUnrecorded(index: number, { frequency, unrecorded = [] }: AggregateOptions): boolean {
  const begin = periodStartMs(index, frequency);
  const end = periodStartMs(index + 1, frequency);
  return unrecorded.some(({ fromMs, toMs }) => fromMs < end && toMs > begin);
}

function sumsByPeriod(
  observations: Iterable<Observation>,
  { frequency, asOfMs, by = [], fromMs = -Infinity }: AggregateOptions,
): Map<string, Map<number, number>> {
  const sums = new Map<string, Map<number, number>>();
  for (const { timeMs, quantity, keys } of observations) {
    if (!Number.isFinite(timeMs) || !Number.isFinite(quantity)) {
      throw new ForecastingError('INVALID_PANEL', `observation of ${quantity} at ${timeMs} is not a number`);
    }
    if (timeMs >= asOfMs || timeMs < fromMs) continue;
    const id = idOf(keys, by);
    const periods = sums.get(id) ?? new Map<number, number>();
    const index = periodIndex(timeMs, frequency);
    periods.set(index, (periods.get(index) ?? 0) + quantity);
    sums.set(id, periods);
  }
  return sums;
}

/**
 * Sums observations into daily, weekly (ISO) or monthly series, UTC, ordered by id. A period in
 * which nothing moved is 0; one that was not recorded is NaN; the period that `asOfMs` cuts is left
 * out. A series with no complete period is left out.
 *
 * @throws {ForecastingError} INVALID_PANEL on a time or quantity that is not finite
 * @example
 * const at = (day: string) => Date.parse(day);
 * const moved = [{ timeMs: at('2024-01-05'), quantity: 3, keys: {} }, { timeMs: at('2024-03-01'), quantity: 4, keys: {} }];
 * aggregate(moved, { frequency: 'monthly', asOfMs: at('2024-04-10') })[0].values // [3, 0, 4]
 */
export function aggregate(observations: Iterable<Observation>, options: AggregateOptions): SeriesInput[] {
  const { frequency, asOfMs, fromMs } = options;
  const end = periodIndex(asOfMs, frequency);
  const series: SeriesInput[] = [];
  for (const [id, periods] of sumsByPeriod(observations, options)) {
    const begin = fromMs === undefined ? Math.min(...periods.keys()) : periodIndex(fromMs, frequency);
    if (end <= begin) continue;
    const values = Float64Array.from({ length: end - begin }, (_, offset) =>
      isUnrecorded(begin + offset, options) ? NaN : (periods.get(begin + offset) ?? 0),
    );
    series.push({ id, start: periodStart(begin, frequency), values });
  }
  return series.sort((a, b) => (a.id < b.id ? -1 : 1));
}
