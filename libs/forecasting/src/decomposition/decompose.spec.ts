import { describe, expect, it } from '@jest/globals';
import { decompose } from './decompose.js';
import { loess } from './loess.js';

const made = (count: number, of: (at: number) => number): Float64Array =>
  Float64Array.from({ length: count }, (_, at) => of(at));
const wave = (length: number, height: number) => (at: number) =>
  height * Math.sin((2 * Math.PI * at) / length);
const line = (at: number): number => 200 + 1.5 * at;
/** Noise that is the same in every run, between -1 and 1. */
const noise = (at: number): number => ((at * 7919 + 104_729) % 2003) / 1001.5 - 1;
const worst = (found: Float64Array, known: (at: number) => number): number =>
  Math.max(...found.map((value, at) => Math.abs(value - known(at))));

describe('local regression', () => {
  it('gives a straight line back, also outside of what was seen', () => {
    const fits = loess(made(20, line), [-1, 7, 20], { window: 9, degree: 1 });
    expect([...fits].map((fit) => Number(fit.toFixed(9)))).toEqual([line(-1), line(7), line(20)]);
  });

  it('passes by a value without weight', () => {
    const values = made(9, (at) => (at === 4 ? 1000 : 5));
    const weights = made(9, (at) => (at === 4 ? 0 : 1));
    expect(loess(values, [4], { window: 5, degree: 0, weights })[0]).toBeCloseTo(5, 9);
  });
});

describe('a series taken apart', () => {
  it('is the sum of its parts, to the last bit that matters', () => {
    const values = made(84, (at) => line(at) + wave(12, 40)(at) + 5 * noise(at));
    const { trend, season, remainder } = decompose(values, [12]);
    values.forEach((value, at) => expect(trend[at]! + season[at]! + remainder[at]!).toBeCloseTo(value, 9));
  });

  it('gives the trend and the season that it was made of', () => {
    const values = made(84, (at) => line(at) + wave(12, 40)(at) + 2 * noise(at));
    const { trend, season, seasonStrength, trendStrength } = decompose(values, [12]);
    expect(worst(trend, line)).toBeLessThan(3);
    expect(worst(season, wave(12, 40))).toBeLessThan(3);
    expect(seasonStrength).toBeGreaterThan(0.99);
    expect(trendStrength).toBeGreaterThan(0.99);
  });

  it('parts two seasons of different lengths', () => {
    const [short, long] = [wave(7, 30), wave(91, 60)];
    const values = made(728, (at) => 500 + short(at) + long(at));
    const { season, seasonLengths, trend } = decompose(values, [91, 7]);
    expect(seasonLengths).toEqual([7, 91]);
    expect(worst(season, (at) => short(at) + long(at))).toBeLessThan(6);
    expect(worst(trend, () => 500)).toBeLessThan(6);
  });

  it('leaves a single odd value in the rest, out of trend and season', () => {
    const odd = made(84, (at) => line(at) + wave(12, 40)(at) + noise(at) + (at === 40 ? 900 : 0));
    const { trend, season, remainder } = decompose(odd, [12]);
    expect(remainder[40]).toBeGreaterThan(880);
    expect(worst(trend, line)).toBeLessThan(4);
    expect(worst(season, wave(12, 40))).toBeLessThan(4);
  });

  it('has a trend alone where no season was seen twice', () => {
    const { seasonLengths, season, seasonStrength, trend } = decompose(made(20, line), [12, 52]);
    expect([seasonLengths, seasonStrength]).toEqual([[], null]);
    expect(season.every((value) => value === 0)).toBe(true);
    expect(worst(trend, line)).toBeLessThan(1e-9);
  });

  it.each([1, 2, 3])('stands with %i values, and with nothing but zeros', (count) => {
    const { trend, remainder } = decompose(
      made(count, () => 4),
      [7],
    );
    expect([...trend, ...remainder].some(Number.isNaN)).toBe(false);
    expect(
      decompose(
        made(30, () => 0),
        [7],
      ),
    ).toMatchObject({ trendStrength: 0, seasonStrength: 0 });
  });
});
