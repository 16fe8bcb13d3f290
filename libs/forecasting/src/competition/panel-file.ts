import { ForecastingError } from '../forecasting.errors.js';
import { csvRows } from './csv-rows.js';

/** One series of a file: what is known and, for a backtest, what came. */
export interface FileSeries {
  readonly id: string;
  /** Spacing in the file's own word, such as MONTHLY. */
  readonly period: string;
  /** Periods of a season, 1 for none. */
  readonly seasonLength: number;
  readonly horizon: number;
  /** Oldest first; NaN is a missing value. */
  readonly train: Float64Array;
  /** `horizon` values, NaN where missing; empty where the file has no column `test`. */
  readonly test: Float64Array;
}

const NEEDED = ['id', 'period', 'm', 'h', 'train'] as const;
export const MAX_HORIZON = 1_000;
const MAX_SEASON = 10_000;
/** A number as the file writes it; NA and nothing are missing values. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** A fault of a file, with its place. */
export const unreadable = (line: number, field: string, reason: string): ForecastingError =>
  new ForecastingError('INVALID_PANEL', `line ${line}, ${field}: ${reason}`);

function wholeNumber(text: string, line: number, field: string, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= most) return value;
  throw unreadable(line, field, `"${text.slice(0, 40)}" is not a whole number from 1 to ${most}`);
}

function numbers(text: string, line: number, field: string): Float64Array {
  if (text === '') return new Float64Array(0);
  return Float64Array.from(text.split(';'), (word, at) =>
    numberOrMissing(word.trim(), line, field, `value ${at + 1}: `),
  );
}

/** A finite number; NaN for NA, NaN or nothing. */
export function numberOrMissing(word: string, line: number, field: string, which = ''): number {
  if (word === 'NA' || word === 'NaN' || word === '') return NaN;
  if (NUMBER.test(word) && Number.isFinite(Number(word))) return Number(word);
  throw unreadable(line, field, `${which}"${word.slice(0, 40)}" is neither a number nor NA`);
}

/** The words of a file are written to others: nothing that a terminal or a spreadsheet would act on. */
export function identifier(text: string, line: number): string {
  if (/^[\w][\w .:/+-]{0,199}$/.test(text)) return text;
  throw unreadable(
    line,
    'id',
    'must be 1 to 200 letters, digits and . : / + - _, and begin with a letter or digit',
  );
}

/**
 * Reads a CSV of series, one a line, with the columns `id, period, m, h, train` and, for a backtest,
 * `test`; other columns are passed over. `train` and `test` are numbers joined by `;`, oldest first.
 *
 * @throws {ForecastingError} INVALID_PANEL naming line, column and reason
 */
export function readPanelFile(text: string): FileSeries[] {
  const rows = csvRows(text, 50_000_000);
  const missing = NEEDED.find((name) => rows[0] && !Object.hasOwn(rows[0], name));
  if (!rows[0] || missing) {
    throw unreadable(
      1,
      missing ?? 'header',
      `expected the columns ${NEEDED.join(', ')} and, for a backtest, test`,
    );
  }
  const ids = new Set<string>();
  return rows.map((row, at) => {
    const line = at + 2;
    const id = identifier(row['id']!, line);
    if (ids.has(id)) throw unreadable(line, 'id', `"${id}" occurs twice`);
    ids.add(id);
    const horizon = wholeNumber(row['h']!, line, 'h', MAX_HORIZON);
    const test = numbers(row['test'] ?? '', line, 'test');
    if (test.length > 0 && test.length !== horizon) {
      throw unreadable(line, 'test', `holds ${test.length} values, h says ${horizon}`);
    }
    const seasonLength = wholeNumber(row['m']!, line, 'm', MAX_SEASON);
    return {
      id,
      period: row['period']!,
      seasonLength,
      horizon,
      train: numbers(row['train']!, line, 'train'),
      test,
    };
  });
}
