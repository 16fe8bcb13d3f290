import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { LOCAL_METHODS, localMethod } from './registry.js';
import { fitSes, ses, sesLevel } from './ses.js';
import { slopeOf, theta } from './theta.js';
import { thetaDynamic } from './theta-dynamic.js';
import { holt, holtDamped } from './holt.js';

function walk(seed: number, length: number, from = 60): Float64Array {
  const rng = seededRandom(seed);
  let level = from;
  return Float64Array.from({ length }, () => (level += 4 * (rng.uniform() - 0.45)) + 6 * rng.uniform());
}

const sumOfSquares = (history: Float64Array, alpha: number, initialLevel: number): number => {
  let level = initialLevel;
  return history.reduce((sum, value) => {
    const error = value - level;
    level += alpha * error;
    return sum + error * error;
  }, 0);
};

describe('simple exponential smoothing', () => {
  it('the level is the weighted sum of the past', () => {
    const history = Float64Array.from([3, 8, 5, 13]);
    const closed = 0.3 * 13 + 0.3 * 0.7 * 5 + 0.3 * 0.7 ** 2 * 8 + 0.3 * 0.7 ** 3 * 3 + 0.7 ** 4 * 10;
    expect(sesLevel(history, { alpha: 0.3, initialLevel: 10 })).toBeCloseTo(closed, 12);
  });

  it('no point of a fine grid has a smaller sum of squared errors than the fit', () => {
    const history = walk(5, 30);
    const { alpha, initialLevel } = fitSes(history);
    const found = sumOfSquares(history, alpha, initialLevel);
    for (let a = 0.01; a <= 0.99; a += 0.02) {
      for (let level = 40; level <= 80; level += 1) {
        expect(found).toBeLessThanOrEqual(sumOfSquares(history, a, level) + 1e-6);
      }
    }
  });
});

describe('Theta', () => {
  it('is the mean of the trend line and of smoothing on the line of doubled curvature', () => {
    const history = walk(9, 40);
    const { alpha, initialLevel } = fitSes(history);
    const slope = slopeOf(history);
    const middle = history.reduce((sum, value) => sum + value, 0) / history.length;
    const line = (at: number): number => middle + slope * (at - (history.length - 1) / 2);
    const doubled = history.map((value, at) => 2 * value - line(at));
    const level = sesLevel(doubled, { alpha, initialLevel: 2 * initialLevel - line(0) });
    const path = theta.fit(history, 1).forecast(history, 4);
    path.forEach((value, step) => expect(value).toBeCloseTo((level + line(history.length + step)) / 2, 8));
  });

  it('the dynamic form is smoothing where no trend helps', () => {
    const flatHistory = Float64Array.from({ length: 40 }, (_, at) => 50 + (at % 2 === 0 ? 1 : -1));
    const [first, , last] = thetaDynamic.fit(flatHistory, 1).forecast(flatHistory, 3);
    expect(first).toBeCloseTo(50, 0);
    expect(last).toBeCloseTo(50, 0);
  });

  it('the dynamic form keeps to a straight line', () => {
    const line = Float64Array.from({ length: 30 }, (_, at) => 10 + 3 * at);
    const path = thetaDynamic.fit(line, 1).forecast(line, 3);
    path.forEach((value, step) => expect(value).toBeCloseTo(10 + 3 * (30 + step), 6));
  });
});

describe('Holt', () => {
  it('goes on along a straight line, damped a little less', () => {
    const line = Float64Array.from({ length: 30 }, (_, at) => 10 + 3 * at);
    const straight = holt.fit(line, 1).forecast(line, 3);
    straight.forEach((value, step) => expect(value).toBeCloseTo(10 + 3 * (30 + step), 4));
    const damped = holtDamped.fit(line, 1).forecast(line, 12);
    expect(damped[11]!).toBeLessThan(10 + 3 * 41);
    expect(damped[11]!).toBeGreaterThan(line[29]!);
  });

  it('fits no worse than smoothing with the same history', () => {
    const history = walk(11, 50);
    const steps = (method: typeof ses): number => {
      const fit = method.fit(history, 1);
      return history
        .subarray(1)
        .reduce((sum, value, at) => sum + (value - fit.forecast(history.subarray(0, at + 1), 1)[0]!) ** 2, 0);
    };
    expect(steps(holtDamped)).toBeLessThan(steps(ses) * 1.02);
  });
});

describe('every method', () => {
  const seasonal = walk(21, 60).map((value, at) => value + 12 * Math.sin((2 * Math.PI * at) / 12));

  it.each(LOCAL_METHODS)('%s scales with its history', (name) => {
    const path = localMethod(name).fit(seasonal, 12).forecast(seasonal, 6);
    const scaled = seasonal.map((value) => value * 1000);
    const other = localMethod(name).fit(scaled, 12).forecast(scaled, 6);
    other.forEach((value, step) => expect(value / 1000 / path[step]!).toBeCloseTo(1, 4));
  });

  // A value that is not 0 is a demand to these, and the error of ETS may be a share of the level.
  const notShifting = ['croston', 'croston-sba', 'tsb', 'adida', 'ets', 'mstl-ets'];
  const shifting = LOCAL_METHODS.filter((name) => !notShifting.includes(name));
  it.each(shifting)('%s shifts with a history of no season', (name) => {
    const history = walk(23, 40);
    const path = localMethod(name).fit(history, 1).forecast(history, 6);
    const moved = history.map((value) => value + 500);
    const other = localMethod(name).fit(moved, 1).forecast(moved, 6);
    other.forEach((value, step) => expect(value - 500).toBeCloseTo(path[step]!, 2));
  });

  it.each(LOCAL_METHODS)('%s forecasts a constant as itself', (name) => {
    const constant = new Float64Array(40).fill(7);
    const expected = name === 'croston-sba' ? 7 * 0.95 : 7;
    for (const value of localMethod(name).fit(constant, 12).forecast(constant, 3)) {
      expect(value).toBeCloseTo(expected, 6);
    }
  });

  it.each(LOCAL_METHODS)('%s is finite on negative, zero and huge values', (name) => {
    const histories = [
      walk(3, 20, -100),
      new Float64Array(20),
      walk(4, 40).map((value) => value * 1e12),
      Float64Array.from([0, 0, 0, 0, 0, 1e9]),
    ];
    for (const history of histories) {
      for (const value of localMethod(name).fit(history, 4).forecast(history, 8)) {
        expect(Number.isFinite(value)).toBe(true);
      }
    }
  });
});
