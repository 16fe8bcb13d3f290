import { describe, expect, it } from '@jest/globals';
import { textFilter, textSearch } from './text-filter.js';

describe('address of the texts page', () => {
  it('filters by whole days in UTC and leaves out what the api would refuse', () => {
    const search = new URLSearchParams('kind=RECALL&from=2026-01-05&to=2026-01-05&entity= L7 &language=xx');
    expect(textFilter(search)).toEqual({
      kind: 'RECALL',
      from: '2026-01-05T00:00:00.000Z',
      to: '2026-01-06T00:00:00.000Z',
      entity: 'L7',
    });
    expect(textFilter(new URLSearchParams('kind=SPAM&from=soon'))).toEqual({});
  });

  it('searches by words and meaning unless it says otherwise', () => {
    expect(textSearch(new URLSearchParams('q=%20glass&mode=NO'))).toEqual({ query: 'glass', mode: 'HYBRID' });
    expect(textSearch(new URLSearchParams('q=glass&mode=LEXICAL'))?.mode).toBe('LEXICAL');
    expect(textSearch(new URLSearchParams('q=%20'))).toBeNull();
  });
});
