import { describe, expect, it } from '@jest/globals';
import { seriesFilter } from './series-filter.js';

const filter = (search: string) => seriesFilter(new URLSearchParams(search)).filter;

describe('seriesFilter', () => {
  it('opens with weekly demand, which is what is forecast', () => {
    expect(seriesFilter(new URLSearchParams())).toEqual({
      measure: 'DEMAND',
      frequency: 'WEEKLY',
      filter: { measure: 'DEMAND', frequency: 'WEEKLY' },
    });
  });

  it('takes what the address says', () => {
    expect(filter('measure=SHIPPED&frequency=DAILY')).toEqual({ measure: 'SHIPPED', frequency: 'DAILY' });
  });

  it('asks for everything only when told so', () => {
    expect(filter('measure=ALL')).toEqual({ frequency: 'WEEKLY' });
    expect(filter('measure=ALL&frequency=ALL')).toEqual({});
  });

  it('sends the api no word that it does not know', () => {
    expect(filter('measure=x&frequency=')).toEqual({ measure: 'DEMAND', frequency: 'WEEKLY' });
  });
});
