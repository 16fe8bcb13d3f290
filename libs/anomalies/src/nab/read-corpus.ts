import { AnomaliesError } from '../anomalies.errors.js';
import type { RowWindow } from './row-worth.js';

/** A series file of the benchmark's form. */
export interface TimedSeries {
  /** Milliseconds since the epoch, UTC, not falling. */
  readonly timesMs: Float64Array;
  /** NaN where the file leaves a value out. */
  readonly values: Float64Array;
}

/** First and last moment of each window of a file, by the file's path in the corpus. */
export type WindowLabels = Readonly<Record<string, readonly (readonly [string, string])[]>>;

const MAX_ROWS = 5_000_000;
const HEADER = /^\uFEFF?timestamp,value\r?$/;
const STAMP = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)Z?$/;

/** Milliseconds of a stamp `YYYY-MM-DD HH:MM[:SS[.ffffff]]`, taken as UTC; NaN when it is none. */
export function stampMs(stamp: string): number {
  const found = STAMP.exec(stamp.trim());
  return found ? Date.parse(`${found[1]}T${found[2]!.slice(0, 12)}Z`) : NaN;
}

/**
 * Reads `timestamp,value` lines.
 *
 * @throws AnomaliesError INVALID_SERIES_FILE naming the line
 */
export function readSeriesFile(text: string, name: string): TimedSeries {
  const lines = text.split('\n');
  if (!HEADER.test(lines[0] ?? '')) throw bad(name, 1, 'is not the header timestamp,value');
  while (lines.length > 1 && lines.at(-1)!.trim() === '') lines.pop();
  if (lines.length - 1 > MAX_ROWS) throw bad(name, MAX_ROWS, `is followed by more than ${MAX_ROWS} rows`);
  const timesMs = new Float64Array(lines.length - 1);
  const values = new Float64Array(lines.length - 1);
  for (let row = 0; row < values.length; row += 1) {
    const [stamp, value, ...rest] = lines[row + 1]!.trimEnd().split(',');
    const timeMs = stampMs(stamp ?? '');
    if (Number.isNaN(timeMs)) throw bad(name, row + 2, `has no time but ${JSON.stringify(stamp)}`);
    if (value === undefined || rest.length > 0) throw bad(name, row + 2, 'has not two fields');
    const number = value.trim() === '' || value.trim() === 'NaN' ? NaN : Number(value);
    if (value.trim() !== '' && value.trim() !== 'NaN' && !Number.isFinite(number)) {
      throw bad(name, row + 2, `has no number but ${JSON.stringify(value)}; leave a missing value empty`);
    }
    timesMs[row] = timeMs;
    values[row] = number;
  }
  return { timesMs, values };
}

/**
 * Reads the labels of a corpus: `{ "<folder>/<file>.csv": [["<first>", "<last>"], …] }`.
 *
 * @throws AnomaliesError INVALID_LABELS
 */
export function readWindowLabels(text: string): WindowLabels {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw new AnomaliesError('INVALID_LABELS', 'the labels are not JSON');
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) {
    throw new AnomaliesError('INVALID_LABELS', 'the labels are not an object of file to windows');
  }
  for (const [file, windows] of Object.entries(read)) {
    const valid =
      Array.isArray(windows) &&
      windows.every(
        (window: unknown) =>
          Array.isArray(window) &&
          window.length === 2 &&
          window.every((stamp) => typeof stamp === 'string' && !Number.isNaN(stampMs(stamp))),
      );
    if (!valid) {
      throw new AnomaliesError('INVALID_LABELS', `the windows of ${file} are not pairs of times`);
    }
  }
  return read as WindowLabels;
}

/** The rows that windows cover, in order; a window that covers no row is left out. */
export function windowsOfRows(timesMs: Float64Array, windows: WindowLabels[string]): RowWindow[] {
  return windows
    .map(([from, to]) => {
      const [fromMs, toMs] = [stampMs(from), stampMs(to)];
      return {
        first: timesMs.findIndex((time) => time >= fromMs),
        last: timesMs.findLastIndex((time) => time <= toMs),
      };
    })
    .filter(({ first, last }) => first !== -1 && last >= first)
    .sort((a, b) => a.first - b.first);
}

const bad = (name: string, line: number, what: string): AnomaliesError =>
  new AnomaliesError('INVALID_SERIES_FILE', `line ${line} of ${name} ${what}`);
