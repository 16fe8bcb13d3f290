import { describe, expect, it } from '@jest/globals';
import { forecastFirst, searchSeries } from './search-series.js';

const row = (label: string, site: string | null = null) => ({ label, site }) as never;
const rows = [row('Insulin, Lagos'), row('Insulin, Accra'), row('Vaccine', 'https://id.gs1.org/414/777')];

describe('searchSeries', () => {
  it('wants every word, in any order and case', () => {
    expect(searchSeries(rows, 'lagos INSULIN')).toEqual([rows[0]]);
  });

  it('finds by identifier', () => {
    expect(searchSeries(rows, '414/777')).toEqual([rows[2]]);
  });

  it('shows all for no words', () => {
    expect(searchSeries(rows, '  ')).toHaveLength(3);
  });
});

describe('forecastFirst', () => {
  it('puts what was forecast first and keeps the order otherwise', () => {
    const one = (label: string, asOf: string | null) =>
      ({ label, latestForecast: asOf ? { run: { asOf } } : null }) as never;
    const given = [one('a', null), one('b', '2026-01-05'), one('c', null), one('d', '2026-01-05')];
    expect(forecastFirst(given).map((row: { label: string }) => row.label)).toEqual(['b', 'd', 'a', 'c']);
  });
});
