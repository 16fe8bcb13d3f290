import { describe, expect, it } from '@jest/globals';
import { anomalyFilter } from './anomaly-filter.js';

describe('the filter of strange values', () => {
  it('takes from the address what the api knows', () => {
    expect(anomalyFilter(new URLSearchParams('source=READINGS&verdict=NOT_REAL&level=0.05'))).toEqual({
      source: 'READINGS',
      verdict: 'NOT_REAL',
      level: 0.05,
    });
  });

  it('leaves out what the api would refuse', () => {
    expect(anomalyFilter(new URLSearchParams('source=rumour&verdict=perhaps&level=7'))).toEqual({});
  });
});
