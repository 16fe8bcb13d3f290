import { describe, expect, it } from '@jest/globals';
import { rangeOf } from './range.js';

describe('a range of days', () => {
  it('includes its last day, and is none when a day is missing or comes before the first', () => {
    expect(rangeOf('2026-11-01', '2026-11-02')).toEqual({
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-03T00:00:00.000Z',
    });
    expect(rangeOf('2026-11-02', '2026-11-01')).toBeNull();
    expect(rangeOf('2026-11-02', null)).toBeNull();
    expect(rangeOf('yesterday', '2026-11-02')).toBeNull();
  });
});
