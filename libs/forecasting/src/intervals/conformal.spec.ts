import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { localForecaster } from '../methods/local-forecaster.js';
import { windowAverage } from '../methods/naive.js';
import { errorDistribution, quantilePaths, standardisedQuantile } from './conformal.js';
import { normalQuantile } from './normal.js';

describe('normalQuantile', () => {
  it.each([
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.025, -1.959963984540054],
    [0.9, 1.2815515655446004],
    [0.001, -3.090232306167813],
  ])('at %f is %f', (level, expected) => expect(normalQuantile(level)).toBeCloseTo(expected, 7));
});

describe('error distribution', () => {
  it('a step whose errors are smaller by chance is as wide as its neighbours', () => {
    const byStep = [
      [3, -3, 3, -3],
      [1, -1, 1, -1],
      [5, -5, 5, -5],
    ];
    const { spread } = errorDistribution({ byStep, origins: 4 }, 1);
    expect(spread[0]).toBe(spread[1]);
    expect(spread[2]!).toBeGreaterThan(spread[1]!);
  });

  it('steps without errors widen as a random walk does', () => {
    const { spread } = errorDistribution({ byStep: [[2, -2, 2, -2], [], [], []], origins: 4 }, 1);
    expect(spread[3]! / spread[0]!).toBeCloseTo(2, 12);
    const none = errorDistribution({ byStep: [[], [], [], []], origins: 0 }, 3);
    expect(none.spread[3]! / none.spread[0]!).toBeCloseTo(2, 12);
    expect(standardisedQuantile(none, 0.9)).toBeCloseTo(normalQuantile(0.9), 12);
  });

  it('a level beyond the sample has at least the normal tail', () => {
    const few = errorDistribution({ byStep: [[0.5, -0.5, 0.5, -0.5]], origins: 4 }, 1);
    expect(standardisedQuantile(few, 0.99)).toBeCloseTo(normalQuantile(0.99), 12);
  });

  it('skewed errors give skewed quantiles', () => {
    const errors = Array.from({ length: 200 }, (_, index) => (index % 10 === 0 ? 9 : -1));
    const distribution = errorDistribution({ byStep: [errors], origins: 200 }, 1);
    const [low, high] = quantilePaths(Float64Array.of(10), distribution, [0.05, 0.95]);
    expect(high![0]! - 10).toBeGreaterThan(3 * (10 - low![0]!));
  });

  it('central intervals of 80 % hold 80 % of what comes, on noise that is not normal', async () => {
    const rng = seededRandom(12);
    const draw = (): number => -Math.log(1 - rng.uniform());
    let inside = 0;
    const trials = 400;
    for (let trial = 0; trial < trials; trial++) {
      const values = Float64Array.from({ length: 60 }, draw);
      const series = [{ id: 'a', start: '2020-01-01', values }];
      const fitted = await localForecaster(windowAverage(12)).fit(
        { frequency: 'daily', seasonLength: 1, series },
        { rng },
      );
      const { quantiles } = (await fitted.predict(1, [0.1, 0.9]))[0]!;
      const next = draw();
      if (next >= quantiles[0]![0]! && next <= quantiles[1]![0]!) inside++;
    }
    expect(inside / trials).toBeGreaterThan(0.77);
    expect(inside / trials).toBeLessThan(0.89);
  });
});
