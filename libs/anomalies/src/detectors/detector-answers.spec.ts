import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { ForecastResidual } from './forecast-residual.js';
import { fourier } from './fourier.js';
import { IsolationForest } from './isolation-forest.js';
import { LevelShift } from './level-shift.js';
import { RecursiveLeastSquares } from './recursive-least-squares.js';
import { RobustSeasonal } from './robust-seasonal.js';
import { Subsequence } from './subsequence.js';
import { WindowedGaussian } from './windowed-gaussian.js';

const FOUR = { seasonMs: 4, phases: 4 };

describe('the transform', () => {
  it('gives an impulse every frequency alike, and a wave its own two', () => {
    const [real, imaginary] = [Float64Array.of(1, 0, 0, 0, 0, 0, 0, 0), new Float64Array(8)];
    fourier(real, imaginary);
    real.forEach((value, at) => expect([value, imaginary[at]]).toEqual([1, 0]));
    const wave = Float64Array.from({ length: 64 }, (_, at) => Math.cos((2 * Math.PI * 5 * at) / 64));
    const other = new Float64Array(64);
    fourier(wave, other);
    wave.forEach((value, at) => {
      expect(value).toBeCloseTo(at === 5 || at === 59 ? 32 : 0, 9);
      expect(other[at]).toBeCloseTo(0, 9);
    });
  });

  it('keeps the sum of squares, times the length', () => {
    const random = seededRandom(3);
    const values = Float64Array.from({ length: 128 }, () => random.normal());
    const energy = values.reduce((sum, value) => sum + value * value, 0);
    const imaginary = new Float64Array(128);
    fourier(values, imaginary);
    const turned = values.reduce((sum, value, at) => sum + value * value + imaginary[at]! ** 2, 0);
    expect(turned / 128).toBeCloseTo(energy, 8);
  });
});

describe('least squares that follow a stream', () => {
  it('find a linear law, and another one after it changed', () => {
    const random = seededRandom(4);
    const model = new RecursiveLeastSquares(3, 0.95);
    const law = (a: number, b: number) => {
      const inputs = [1, random.normal(), random.normal()];
      model.learn(inputs, 2 + a * inputs[1]! + b * inputs[2]!);
    };
    for (let count = 0; count < 300; count += 1) law(3, -1);
    expect(model.predict([1, 1, 1])).toBeCloseTo(4, 4);
    for (let count = 0; count < 600; count += 1) law(-5, 7);
    expect(model.predict([1, 1, 1])).toBeCloseTo(4, 4);
    expect(model.predict([0, 1, 0])).toBeCloseTo(-5, 4);
  });
});

describe('known answers', () => {
  it('the residual expects what an autoregression makes of the last value', () => {
    const random = seededRandom(6);
    const detector = new ForecastResidual(FOUR);
    let value = 0;
    let misses = 0;
    for (let at = 0; at < 4_000; at += 1) {
      const before = value;
      value = 0.8 * before + random.normal();
      const { expected } = detector.observe({ timeMs: at, value });
      if (at >= 3_000) misses += (expected! - 0.8 * before) ** 2 / 1_000;
    }
    // The last value's share in it is known to a few hundredths, of values whose variance is 1 / (1 - 0.64).
    expect(Math.sqrt(misses)).toBeLessThan(0.25);
  });

  it('the seasonal one divides by the spread of the part and a fifth of that of the whole', () => {
    const detector = new RobustSeasonal(FOUR);
    for (let at = 0; at < 400; at += 1) detector.observe({ timeMs: at, value: 10 * (at % 4) });
    const { score, expected } = detector.observe({ timeMs: 402, value: 50 });
    // 0, 10, 20, 30: their median lies 10 from half of them.
    const spread = 0.2 * 1.4826 * 10 + 1e-3 * 20;
    expect(expected).toBe(20);
    expect(score).toBeCloseTo(Math.log1p(30 / spread), 9);
  });

  it('the windowed Gaussian tells standard deviations from the mean', () => {
    const detector = new WindowedGaussian();
    for (let at = 0; at < 6_400; at += 1) detector.observe({ timeMs: at, value: at % 2 === 0 ? 9 : 11 });
    const { score, expected } = detector.observe({ timeMs: 6_400, value: 17 });
    // Brought up to date at the last of an odd number of values: one of a pair too many.
    expect(expected).toBeCloseTo(10, 3);
    expect(score).toBeCloseTo(7, 3);
  });

  it('a new level is more to the level shift than one wild value of the same height', () => {
    const highest = (length: number): number => {
      const random = seededRandom(8);
      const detector = new LevelShift();
      let most = 0;
      for (let at = 0; at < 600; at += 1) {
        const value = random.normal() + (at >= 500 && at < 500 + length ? 6 : 0);
        const { score } = detector.observe({ timeMs: at, value });
        if (at >= 500) most = Math.max(most, score);
      }
      return most;
    };
    expect(highest(24)).toBeGreaterThan(1.5 * highest(1));
  });

  it('a shape that comes back is near, one that never was is far', () => {
    const detector = new Subsequence();
    let last = 0;
    for (let at = 0; at < 640; at += 1) last = detector.observe({ timeMs: at, value: at % 16 }).score;
    expect(last).toBeLessThan(0.05);
    let most = 0;
    for (let at = 0; at < 16; at += 1)
      most = Math.max(most, detector.observe({ timeMs: 640 + at, value: at % 2 === 0 ? 15 : 0 }).score);
    expect(most).toBeGreaterThan(0.4);
  });

  it('a value far outside is cut off sooner than one in the middle, the same with the same draws', () => {
    const forest = (): IsolationForest => {
      const random = seededRandom(10);
      const grown = new IsolationForest(FOUR, seededRandom(11));
      for (let at = 0; at < 1_024; at += 1) grown.observe({ timeMs: at, value: random.normal() });
      return grown;
    };
    const of = (value: number): number => forest().observe({ timeMs: 1_024, value }).score;
    expect(of(50)).toBe(of(50));
    expect(of(50)).toBeGreaterThan(0.6);
    expect(of(0)).toBeLessThan(0.55);
  });
});
