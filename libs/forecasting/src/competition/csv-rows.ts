import { parse } from 'csv-parse/sync';
import { ForecastingError } from '../forecasting.errors.js';

/**
 * The rows of a CSV by the names of its header.
 *
 * @param mostSigns of one row
 * @throws {ForecastingError} INVALID_PANEL with what the parser says
 */
export function csvRows(text: string, mostSigns: number): Record<string, string>[] {
  try {
    return parse(text, {
      columns: true,
      bom: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: mostSigns,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable';
    throw new ForecastingError('INVALID_PANEL', `no CSV: ${reason}`);
  }
}
