import { describe, expect, it } from '@jest/globals';
import { seededRandom, type Random } from '@tallyhouse/compute';
import { evidenceOf, NO_EVIDENCE, withWindow } from './evidence.js';
import { FALSE_ALARM_RATE, watchRecord, type LossWindow } from './watch-record.js';

const DAY_MS = 86_400_000;
const SERIES = 8;
const WINDOWS = 300;

/** Windows of a model whose errors are `worse` times those of its baseline from window `from` on. */
function record(random: Random, worse: number, from = 0): LossWindow[] {
  return Array.from({ length: WINDOWS }, (_, at) => {
    // A shock of the week makes the errors of all series large or small together.
    const shock = Math.exp(random.normal());
    const differences = Array.from({ length: SERIES }, () => {
      const model = Math.abs(random.normal()) * shock * (at >= from ? worse : 1);
      const baseline = Math.abs(random.normal()) * shock;
      return (model - baseline) / (model + baseline);
    });
    const difference = differences.reduce((sum, one) => sum + one, 0) / SERIES;
    return { targetStart: new Date(at * DAY_MS), series: SERIES, difference };
  });
}

const many = (count: number, make: (random: Random) => LossWindow[]) =>
  Array.from({ length: count }, (_, seed) => watchRecord(make(seededRandom(seed + 1))));

describe('watchRecord', () => {
  it('calls a model that is as good as its baseline behind in at most one record of twenty', () => {
    const found = many(1_000, (random) => record(random, 1));
    const alarms = found.filter(({ state }) => state === 'BEHIND').length;
    expect(alarms / found.length).toBeLessThanOrEqual(FALSE_ALARM_RATE);
  });

  it('finds a model that errs twice as much from the hundredth window on, nearly always within a hundred windows', () => {
    const found = many(200, (random) => record(random, 2, 100));
    const inTime = found.filter(({ since, state }) => {
      const window = since === null ? Infinity : since.getTime() / DAY_MS;
      return state === 'BEHIND' && window >= 100 && window < 200;
    });
    expect(inTime.length / found.length).toBeGreaterThan(0.9);
  });

  it('finds a model out that was better for long and then got worse', () => {
    const found = many(100, (random) => [...record(random, 0.5), ...record(random, 2)]);
    expect(found.every(({ state }) => state === 'BEHIND')).toBe(true);
  });

  it('tells a model that is better than its baseline', () => {
    const found = many(100, (random) => record(random, 0.6));
    expect(found.filter(({ state }) => state === 'AHEAD').length).toBeGreaterThan(95);
  });

  it('says nothing of a record without windows', () => {
    expect(watchRecord([])).toEqual({ state: 'STEADY', evidenceBehind: 1, evidenceAhead: 1, since: null });
  });
});

describe('evidence', () => {
  it('equals the mixture over stakes and beginnings, written out', () => {
    const differences = [0.3, -0.2, 0.8, 0.1];
    const evidence = differences.reduce(withWindow, NO_EVIDENCE);
    const stakes = [0.05, 0.1, 0.2, 0.4, 0.6, 0.8];
    const mixed = stakes.map((stake) =>
      [1, 2, 3, 4].reduce((sum, begin) => {
        const bets = differences.slice(begin - 1).reduce((wealth, one) => wealth * (1 + stake * one), 1);
        return sum + bets / (begin * (begin + 1));
      }, 1 / 5),
    );
    expect(evidenceOf(evidence)).toBeCloseTo(mixed.reduce((sum, one) => sum + one, 0) / stakes.length, 12);
  });

  it('does not grow on average while the differences are fair', () => {
    const ends = Array.from({ length: 20_000 }, (_, seed) => {
      const random = seededRandom(seed);
      let evidence = NO_EVIDENCE;
      for (let window = 0; window < 10; window += 1) evidence = withWindow(evidence, random.uniform(-1, 1));
      return evidenceOf(evidence);
    });
    expect(ends.reduce((sum, one) => sum + one, 0) / ends.length).toBeCloseTo(1, 1);
  });

  it('refuses a difference that could lose more than was staked', () => {
    expect(() => withWindow(NO_EVIDENCE, -1.01)).toThrow(/is not from -1 to 1/);
  });
});
