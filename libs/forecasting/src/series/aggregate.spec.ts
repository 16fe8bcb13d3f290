import { describe, expect, it } from '@jest/globals';
import { aggregate, type Observation } from './aggregate.js';
import { periodIndex, periodStart } from './periods.js';

const at = (time: string): number => Date.parse(time);
const moved = (time: string, quantity: number, keys = {}): Observation => ({
  timeMs: at(time),
  quantity,
  keys,
});

describe('periods', () => {
  it.each(['daily', 'weekly', 'monthly'] as const)('%s indices and starts are inverse', (frequency) => {
    for (let index = -30; index < 900; index += 7) {
      expect(periodIndex(at(periodStart(index, frequency)), frequency)).toBe(index);
      expect(periodIndex(at(periodStart(index, frequency)) - 1, frequency)).toBe(index - 1);
    }
  });

  it('a week starts on Monday, over the turn of the year too', () => {
    expect(periodStart(periodIndex(at('2021-01-03T23:59:59Z'), 'weekly'), 'weekly')).toBe('2020-12-28');
    expect(periodStart(periodIndex(at('2021-01-04'), 'weekly'), 'weekly')).toBe('2021-01-04');
  });
});

describe('aggregate', () => {
  it('a period in which nothing moved is zero and the cut period is left out', () => {
    const events = [
      moved('2024-01-05', 3),
      moved('2024-01-31T23:59:59Z', 1),
      moved('2024-03-01', 4),
      moved('2024-04-02', 9),
    ];
    const [total] = aggregate(events, { frequency: 'monthly', asOfMs: at('2024-04-10') });
    expect(total).toMatchObject({ id: 'total', start: '2024-01-01' });
    expect([...total!.values]).toEqual([4, 0, 4]);
  });

  it('a period that ends exactly at asOf is complete', () => {
    const [total] = aggregate([moved('2024-03-01', 4)], { frequency: 'monthly', asOfMs: at('2024-04-01') });
    expect([...total!.values]).toEqual([4]);
  });

  it('what happened at or after asOf changes nothing', () => {
    const before = [moved('2024-01-01', 1), moved('2024-01-03', 2)];
    const options = { frequency: 'daily' as const, asOfMs: at('2024-01-04') };
    const later = [...before, moved('2024-01-04', 100), moved('2025-01-01', 100)];
    expect(aggregate(later, options)).toEqual(aggregate(before, options));
  });

  it('a period that was not recorded is missing', () => {
    const unrecorded = [{ fromMs: at('2024-01-09'), toMs: at('2024-01-16') }];
    const events = [moved('2024-01-01', 5), moved('2024-01-23', 7)];
    const [total] = aggregate(events, { frequency: 'weekly', asOfMs: at('2024-01-29'), unrecorded });
    expect([...total!.values]).toEqual([5, NaN, NaN, 7]);
  });

  it('keys make series of their own, ordered by id', () => {
    const events = [
      moved('2024-01-02', 2, { site: 'b', lot: '1' }),
      moved('2024-01-01', 1, { site: 'a', lot: '2' }),
    ];
    const series = aggregate(events, { frequency: 'daily', asOfMs: at('2024-01-03'), by: ['site'] });
    expect(series.map(({ id, start, values }) => [id, start, ...values])).toEqual([
      ['site=a', '2024-01-01', 1, 0],
      ['site=b', '2024-01-02', 2],
    ]);
  });

  it('a common beginning pads with zeros', () => {
    const options = { frequency: 'daily' as const, asOfMs: at('2024-01-03'), fromMs: at('2024-01-01') };
    expect([...aggregate([moved('2024-01-02', 2)], options)[0]!.values]).toEqual([0, 2]);
  });

  it('refuses a quantity that is no number', () => {
    const options = { frequency: 'daily' as const, asOfMs: at('2024-01-03') };
    expect(() => aggregate([moved('2024-01-02', NaN)], options)).toThrow(/observation of NaN/);
  });
});
