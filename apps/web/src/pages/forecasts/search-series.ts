import type { SeriesRow } from '../../network/types.js';

/** The series whose label or identifiers hold every word, in the order given. */
export function searchSeries(rows: readonly SeriesRow[], words: string): SeriesRow[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const text = [row.label, row.product, row.site, row.destination, row.measure].join(' ').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
