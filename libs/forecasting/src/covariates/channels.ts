import { firstPeriod } from '../backtest/slice.js';
import { CALENDAR_FEATURES, calendarOf } from '../global/windows.js';
import type { Covariate, CovariatePanel, CovariateSeries } from './covariate-panel.js';

/** How the numbers of a covariate become inputs of about the size of 1. */
export interface Channel {
  readonly covariate: Covariate;
  /** Inputs that it takes: one, or one a word. */
  readonly width: number;
  readonly centre: number;
  readonly spread: number;
}

const LARGEST = 5;
const LEAST_SPREAD = 0.02;

/** Root mean square of some numbers about a centre. */
function rms(
  paths: readonly Float64Array[],
  centreOf: (path: Float64Array) => number,
  by: (path: Float64Array) => number,
): number {
  let [sum, count] = [0, 0];
  for (const path of paths) {
    const [centre, unit] = [centreOf(path), by(path)];
    for (const value of path) sum += ((value - centre) / unit) ** 2;
    count += path.length;
  }
  return Math.sqrt(sum / Math.max(1, count));
}

const meanOf = (path: Float64Array): number =>
  path.reduce((sum, value) => sum + value, 0) / Math.max(1, path.length);

function channelOf(covariate: Covariate, paths: readonly Float64Array[]): Channel {
  if (covariate.kind === 'category')
    return { covariate, width: covariate.words!.length, centre: 0, spread: 1 };
  if (covariate.kind === 'relative')
    return { covariate, width: 1, centre: 0, spread: Math.max(LEAST_SPREAD, rms(paths, meanOf, meanOf)) };
  const isSwitch = paths.every((path) => path.every((value) => value === 0 || value === 1));
  if (isSwitch) return { covariate, width: 1, centre: 0, spread: 1 };
  const centre = meanOf(Float64Array.from(paths, meanOf));
  return {
    covariate,
    width: 1,
    centre,
    spread:
      rms(
        paths,
        () => centre,
        () => 1,
      ) || 1,
  };
}

/** How each covariate of a panel is read, by what it was in the histories. */
export const channelsOf = ({ covariates, series }: CovariatePanel): Channel[] =>
  covariates.map((covariate, at) =>
    channelOf(
      covariate,
      series.map(({ values, covariates: known }) => known[at]!.subarray(0, values.length)),
    ),
  );

/** Inputs a period: of the calendar, then of the covariates. */
export const channelWidth = (channels: readonly Channel[]): number =>
  channels.reduce((width, channel) => width + channel.width, CALENDAR_FEATURES);

/** The calendar of a panel; what was reckoned once is remembered, since every window asks for it. */
export interface Calendar {
  /** Number of the first period of a series. */
  readonly firstOf: (series: CovariateSeries) => number;
  /** Inputs that say which period it is. */
  readonly of: (period: number) => Float32Array;
}

export function calendarIn({
  frequency,
  seasonLength,
}: Pick<CovariatePanel, 'frequency' | 'seasonLength'>): Calendar {
  const known = new Map<number, Float32Array>();
  const firsts = new Map<string, number>();
  return {
    firstOf(series) {
      const first = firsts.get(series.start) ?? firstPeriod(series, frequency);
      firsts.set(series.start, first);
      return first;
    },
    of(period) {
      const features = known.get(period) ?? calendarOf(period, frequency, seasonLength);
      known.set(period, features);
      return features;
    },
  };
}

/** A part of a series around an origin. */
export interface Span {
  /** Position of the first period, below 0 before the series begins. */
  readonly from: number;
  /** Position of the origin: a relative covariate is held against what it was before it. */
  readonly origin: number;
  readonly to: number;
}

/** What is known beside the values in a span, one row a period; zeros before a series begins. */
export function knownIn(
  series: CovariateSeries,
  channels: readonly Channel[],
  span: Span,
  calendar: Calendar,
): Float32Array {
  const width = channelWidth(channels);
  const rows = new Float32Array((span.to - span.from) * width);
  const first = calendar.firstOf(series);
  for (let at = span.from; at < span.to; at++) rows.set(calendar.of(first + at), (at - span.from) * width);
  let column = CALENDAR_FEATURES;
  channels.forEach((channel, index) => {
    const path = series.covariates[index]!;
    const write = writerOf(channel, path, span);
    for (let at = Math.max(0, span.from); at < span.to; at++)
      write(rows, (at - span.from) * width + column, path[at]!);
    column += channel.width;
  });
  return rows;
}

type Writer = (rows: Float32Array, place: number, value: number) => void;

function writerOf(
  { covariate, centre, spread }: Channel,
  path: Float64Array,
  { from, origin }: Span,
): Writer {
  if (covariate.kind === 'category')
    return (rows, place, value) => void (value >= 0 && (rows[place + value] = 1));
  const before = path.subarray(Math.max(0, from), Math.max(0, origin));
  const usual = covariate.kind === 'relative' ? meanOf(before.length > 0 ? before : path) || 1 : 1;
  return (rows, place, value) => {
    const moved = covariate.kind === 'relative' ? value / usual - 1 : value - centre;
    rows[place] = Math.min(LARGEST, Math.max(-LARGEST, moved / spread));
  };
}
