import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { CoarseValues } from './coarse-values.js';
import { NoveltyDetector } from './novelty-detector.js';

const DAY = 288;
const LEARNING = 600;

/** Fourteen days of a daily wave with noise, a reading each five minutes. */
function days(change: (value: number, at: number) => number = (value) => value): Float64Array {
  const random = seededRandom(11);
  return Float64Array.from({ length: 14 * DAY }, (_, at) =>
    change(50 + 20 * Math.sin((2 * Math.PI * at) / DAY) + random.normal(), at),
  );
}

function scoresOf(values: Float64Array): Float64Array {
  const detector = new NoveltyDetector(LEARNING);
  return values.map((value) => detector.observe(value));
}

const highest = (scores: Float64Array, from: number, to: number): number =>
  Math.max(...scores.subarray(from, to));

describe('novelty of a stream', () => {
  const at = 9 * DAY + 100;

  it('is small where days repeat, and zero in the learning period', () => {
    const scores = scoresOf(days());
    expect(highest(scores, 0, LEARNING)).toBe(0);
    expect(highest(scores, LEARNING, scores.length)).toBeLessThan(2.5);
  });

  it.each([
    ['a spike', (value: number, row: number) => (row === at ? value + 60 : value)],
    ['a new level', (value: number, row: number) => (row >= at ? value + 60 : value)],
    [
      'a stretch that is unsteady',
      (value: number, row: number) => (row >= at && row < at + 60 ? value + (row % 2) * 45 : value),
    ],
    [
      'a fall beyond the usual',
      (value: number, row: number) => (row >= at && row < at + 40 ? value - 50 : value),
    ],
  ])('is large for %s, within an hour', (_, change) => {
    const scores = scoresOf(days(change));
    const usual = highest(scoresOf(days()), LEARNING, 14 * DAY);
    expect(highest(scores, at, at + 12)).toBeGreaterThan(3 * usual);
  });

  it('knows nothing of later values', () => {
    const values = days((value, row) => (row > at ? value * 5 : value));
    const whole = scoresOf(values);
    expect([...scoresOf(values.slice(0, at))]).toEqual([...whole.subarray(0, at)]);
  });

  it('is the same in any unit', () => {
    const there = (value: number, row: number): number => (row === at ? value + 60 : value);
    const scores = scoresOf(days(there));
    const scaled = scoresOf(days(there).map((value) => 1e6 * value));
    scaled.forEach((score, row) => expect(score).toBeCloseTo(scores[row]!, 6));
  });

  it('tells one event once', () => {
    const scores = scoresOf(days((value, row) => (row >= at && row < at + 40 ? value + 60 : value)));
    const told = [...scores.subarray(at, at + 120)].filter((score) => score > 3);
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThanOrEqual(3);
  });

  it('goes on from its kept state as if it had never stopped, wherever that was', () => {
    const values = days((value, row) => (row === at ? value + 60 : row % 97 === 0 ? NaN : value));
    const whole = scoresOf(values);
    for (const stop of [0, 1, 7, 63, LEARNING, 1_501, at - 2, at + 1]) {
      const before = new NoveltyDetector(LEARNING);
      for (const value of values.subarray(0, stop)) before.observe(value);
      const after = NoveltyDetector.restore(LEARNING, before.state());
      const end = Math.min(values.length, stop + 600);
      const rest = [...values.subarray(stop, end)].map((value) => after.observe(value));
      expect([stop, rest]).toEqual([stop, [...whole.subarray(stop, end)]]);
    }
  });

  it('keeps no more than a bound, however long the stream', () => {
    const detector = new NoveltyDetector(1);
    for (let row = 0; row < 13_000; row += 1) detector.observe(7);
    expect(8 * detector.state().length).toBeLessThanOrEqual(131_300);
  });

  it('refuses a state that was cut', () => {
    const state = new NoveltyDetector(LEARNING).state();
    expect(() => NoveltyDetector.restore(LEARNING, state.subarray(0, 5))).toThrow(RangeError);
  });

  it('leaves missing values out, and a constant stream is never news', () => {
    expect(highest(scoresOf(new Float64Array(5_000).fill(7)), 0, 5_000)).toBe(0);
    const gappy = scoresOf(days((value, row) => (row % 7 === 0 ? NaN : value)));
    expect(gappy.every((score) => Number.isFinite(score))).toBe(true);
  });
});

describe('coarse values', () => {
  const fold = (values: readonly number[], step: number): number[] => {
    const coarse = new CoarseValues(step);
    return values.map((value) => coarse.push(value)).filter((value) => value !== undefined);
  };

  it('keep a spike up or down, and smooth what is small', () => {
    expect(fold([10, 10, 10, 10, 40, 10], 3)).toEqual([10, 40]);
    expect(fold([10, 10, 10, 10, 1, 10], 3)).toEqual([10, 1]);
    expect(fold([100, 101, 102], 3)).toEqual([101]);
  });

  it('come once in a step', () => {
    expect(fold([1, 2, 3, 4, 5], 1)).toEqual([1, 2, 3, 4, 5]);
    expect(fold([1, 2, 3, 4, 5], 2)).toHaveLength(2);
  });
});
