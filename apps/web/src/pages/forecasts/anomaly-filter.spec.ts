import { describe, expect, it } from '@jest/globals';
import { ANOMALY_FILTERS, anomalyFilter } from './anomaly-filter.js';

describe('the filter of strange values', () => {
  it('takes from the address what the api knows', () => {
    expect(anomalyFilter(new URLSearchParams('source=READINGS&verdict=NOT_REAL&level=0.05'))).toEqual({
      source: 'READINGS',
      verdict: 'NOT_REAL',
      level: 0.05,
    });
  });

  it('takes every source that the api knows, each under a word of its own', () => {
    const field = ANOMALY_FILTERS.find(({ key }) => key === 'source')!;
    for (const source of ['SERIES', 'READINGS', 'EVENTS'])
      expect(anomalyFilter(new URLSearchParams({ source }))).toEqual({ source });
    expect(field.among!.map((source) => field.word!(source))).toEqual(['Series', 'Sensors', 'Events']);
  });

  it('leaves out what the api would refuse', () => {
    expect(anomalyFilter(new URLSearchParams('source=rumour&verdict=perhaps&level=7'))).toEqual({});
  });
});
