import { describe, expect, it } from '@jest/globals';
import { fan, periods } from './fan-geometry.js';

const frame = { width: 120, height: 100, left: 10, right: 10, top: 0, bottom: 0 };
const history = [
  { periodStart: '2026-01-01T00:00:00Z', value: 50 },
  { periodStart: '2026-02-01T00:00:00Z', value: 100 },
];
const point = (month: string, mean: number, actual: number | null = null) => ({
  targetStart: `2026-${month}-01T00:00:00Z`,
  mean,
  quantiles: [
    { level: 0.1, value: mean - 20 },
    { level: 0.9, value: mean + 20 },
  ],
  score: actual === null ? null : { actual },
});

describe('periods', () => {
  it('joins an outcome with the forecast of its period', () => {
    expect(
      periods(history, [point('02', 80), point('03', 70, 75)], 'MONTHLY').map((one) => [
        one.observed,
        one.mean,
      ]),
    ).toEqual([
      [50, null],
      [100, 80],
      [75, 70],
    ]);
  });

  it('gives a place to a period of which nothing is known', () => {
    const [, , march, april] = periods(history, [point('04', 70)], 'MONTHLY');
    expect(march).toMatchObject({ start: '2026-03-01T00:00:00.000Z', observed: null, mean: null });
    expect(april).toMatchObject({ start: '2026-04-01T00:00:00Z', mean: 70 });
  });

  it('orders by time whatever the order given', () => {
    const starts = periods(history.toReversed(), [], 'MONTHLY').map((one) => one.start);
    expect(starts).toEqual([...starts].sort());
  });
});

describe('a period in which stock ran out', () => {
  const MARCH = '2026-03-01T00:00:00.000Z';

  it('is marked, and shown between others though nothing was sold in it', () => {
    const found = periods(history, [point('04', 70)], 'MONTHLY', [history[1]!.periodStart, MARCH]);
    expect(found.map(({ observed, isOut }) => [observed, isOut])).toEqual([
      [50, false],
      [100, true],
      [null, true],
      [null, false],
    ]);
  });

  it('is left out before and after what is drawn', () => {
    expect(periods(history, [], 'MONTHLY', ['2025-12-01T00:00:00Z', MARCH])).toHaveLength(2);
    expect(periods([], [], 'MONTHLY', [MARCH])).toEqual([]);
  });
});

describe('a period that is not over', () => {
  const open = [...history, { periodStart: '2026-03-01T00:00:00Z', value: 12, isOpen: true }];

  it('is no observation, with a forecast or without', () => {
    expect(periods(open, [point('03', 70)], 'MONTHLY').at(-1)).toMatchObject({
      observed: null,
      soFar: 12,
      mean: 70,
    });
    expect(periods(open, [], 'MONTHLY').at(-1)).toMatchObject({ observed: null, soFar: 12, mean: null });
  });

  it('leaves the line at the last whole period, where the fan has its hinge', () => {
    const drawn = fan(periods(open, [point('04', 60)], 'MONTHLY'), frame);
    expect(drawn.observedPath.match(/[ML]/g)).toHaveLength(2);
    expect(drawn.observedPath.endsWith(drawn.meanPath.slice(1, drawn.meanPath.indexOf('L')))).toBe(true);
  });
});

describe('fan', () => {
  it('hinges mean and bands on the last observation', () => {
    const drawn = fan(periods(history, [point('03', 60)], 'MONTHLY'), frame);
    expect(drawn.meanPath).toBe('M60 0L110 40');
    expect(drawn.bandPaths).toEqual([{ coverage: 0.8, path: 'M60 0L110 20L110 60Z' }]);
  });

  it('keeps every band edge inside the domain', () => {
    const drawn = fan(periods(history, [point('03', 300)], 'MONTHLY'), frame);
    expect(drawn.domain[1]).toBeGreaterThanOrEqual(320);
  });

  it('draws history alone without paths for the future', () => {
    const drawn = fan(periods(history, [], 'MONTHLY'), frame);
    expect([drawn.meanPath, drawn.bandPaths.length]).toEqual(['', 0]);
  });
});
