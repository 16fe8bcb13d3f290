import type { SeriesListRow, SeriesRow } from '../../network/types.js';

/** The series whose label or identifiers hold every word, in the order given. */
export function searchSeries<Row extends SeriesRow>(rows: readonly Row[], words: string): Row[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const text = [row.label, row.product, row.site, row.destination, row.measure].join(' ').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** Series that a run has forecast before those that none has, each in the order given. */
export function forecastFirst(rows: readonly SeriesListRow[]): SeriesListRow[] {
  return rows.toSorted((a, b) => Number(a.latestForecast === null) - Number(b.latestForecast === null));
}
