import { describe, expect, it } from '@jest/globals';
import { leastSquaresFit } from './least-squares.js';

const curve = (at: number): number => 2 - 0.5 * at + 0.25 * at ** 2;

describe('a fit of functions of the place', () => {
  it('follows a curve that the functions make up, also where the value is missing', () => {
    const values = Float64Array.from({ length: 9 }, (_, at) => (at === 4 || at === 8 ? NaN : curve(at)));
    const fit = leastSquaresFit(values, [() => 1, (at) => at, (at) => at ** 2]);
    fit.forEach((value, at) => expect(value).toBeCloseTo(curve(at), 9));
  });

  it('passes over a function that says what others have said', () => {
    const fit = leastSquaresFit(new Float64Array([1, 2, 3]), [() => 1, (at) => at, (at) => 2 * at + 1]);
    expect([...fit].map((value) => Number(value.toFixed(9)))).toEqual([1, 2, 3]);
  });
});
