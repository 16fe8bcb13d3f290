import { describe, expect, it } from '@jest/globals';
import { criteriaOf } from './criteria.js';

describe('criteria of a recall', () => {
  it('are read from the address, many identifiers to a field, whole days to the end', () => {
    const search = new URLSearchParams({
      items: 'a\nb, c',
      sites: ' ',
      from: '2026-01-05',
      to: '2026-01-05',
    });
    expect(criteriaOf(search)).toEqual({
      items: ['a', 'b', 'c'],
      from: '2026-01-05T00:00:00.000Z',
      to: '2026-01-06T00:00:00.000Z',
    });
  });

  it('are none when nothing but a time is named, and leave out what is no date', () => {
    expect(criteriaOf(new URLSearchParams({ from: '2026-01-05' }))).toBeNull();
    expect(criteriaOf(new URLSearchParams({ products: '1', to: 'soon' }))).toEqual({ products: ['1'] });
  });
});
