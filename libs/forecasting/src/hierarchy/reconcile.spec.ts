import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import {
  shrinkageIntensity,
  shrunkCovariance,
  structuralCovariance,
  type ErrorCovariance,
} from './error-covariance.js';
import { discrepancies, hierarchyOf, nodeCount, type Hierarchy, type NodeVector } from './hierarchy.js';
import { reconcile } from './reconcile.js';

type Matrix = number[][];

const times = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0]!.map((_, column) => row.reduce((sum, value, at) => sum + value * b[at]![column]!, 0)));
const transpose = (a: Matrix): Matrix => a[0]!.map((_, column) => a.map((row) => row[column]!));

/** Gauss and Jordan with pivots: nothing of the code under test is in it. */
function inverse(a: Matrix): Matrix {
  const rows = a.map((row, at) => [...row, ...a.map((_, column) => (column === at ? 1 : 0))]);
  rows.forEach((_, at) => {
    const pivot = rows
      .slice(at)
      .reduce(
        (best, row, offset) => (Math.abs(row[at]!) > Math.abs(rows[best]![at]!) ? at + offset : best),
        at,
      );
    [rows[at], rows[pivot]] = [rows[pivot]!, rows[at]!];
    const top = rows[at]!.map((value) => value / rows[at]![at]!);
    rows.forEach((row, other) => {
      rows[other] = other === at ? top : row.map((value, column) => value - row[at]! * top[column]!);
    });
  });
  return rows.map((row) => row.slice(a.length));
}

/** W in full, read off a column at a time. */
const inFull = (covariance: ErrorCovariance, size: number): Matrix =>
  transpose(
    Array.from({ length: size }, (_, at) => [
      ...covariance.multiply(Float64Array.from({ length: size }, (_c, other) => (other === at ? 1 : 0))),
    ]),
  );

/** The definition: generalised least squares of the leaves, summed up. */
function byNormalEquations(hierarchy: Hierarchy, w: Matrix, y: NodeVector): number[] {
  const { sums, leaves } = hierarchy;
  const s: Matrix = [
    ...sums.map(({ parts }) => leaves.map((_, leaf) => (parts.includes(leaf) ? 1 : 0))),
    ...leaves.map((_, leaf) => leaves.map((_l, other) => (other === leaf ? 1 : 0))),
  ];
  const weighted = times(transpose(s), inverse(w));
  const g = times(inverse(times(weighted, s)), weighted);
  return times(
    times(s, g),
    [...y].map((value) => [value]),
  ).map(([value]) => value!);
}

/** Two groups and two countries over six leaves: sums that cross. */
const crossed = hierarchyOf(
  ['a1', 'a2', 'a3', 'b1', 'b2', 'b3'].map((id, at) => ({
    id,
    sums: ['all', `group:${id[0]}`, `country:${at % 2}`],
  })),
);

function drawnErrors(hierarchy: Hierarchy, count: number, seed: number): NodeVector[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const common = random.normal();
    return Float64Array.from(
      { length: nodeCount(hierarchy) },
      (_, at) => (1 + at) * (random.normal() + 0.7 * common),
    );
  });
}

const base = Float64Array.from([60, 31, 33, 28, 35, 11, 9, 10, 12, 13, 8]);

describe('reconcile', () => {
  it.each([
    ['errors that were seen', shrunkCovariance(crossed, drawnErrors(crossed, 24, 1))],
    ['fewer errors than series', shrunkCovariance(crossed, drawnErrors(crossed, 8, 2))],
    ['the number of parts', structuralCovariance(crossed)],
  ])('equals the normal equations of least squares, weighed by %s', (_, covariance) => {
    const found = reconcile(crossed, covariance, base);
    const expected = byNormalEquations(crossed, inFull(covariance, base.length), base);
    expected.forEach((value, at) => expect(found[at]).toBeCloseTo(value, 8));
    expect([...discrepancies(crossed, found)].every((rest) => Math.abs(rest) < 1e-12)).toBe(true);
  });

  it('gives the textbook answer for one sum of two equal parts', () => {
    const pair = hierarchyOf([
      { id: 'a', sums: ['all'] },
      { id: 'b', sums: ['all'] },
    ]);
    // The sum is off by 4; structural weights 2, 1, 1 give it half and each part a quarter of the way.
    const found = reconcile(pair, structuralCovariance(pair), Float64Array.from([14, 4, 6]));
    [12, 5, 7].forEach((value, at) => expect(found[at]).toBeCloseTo(value, 10));
  });

  it('leaves alone what adds up already', () => {
    const pair = hierarchyOf([
      { id: 'a', sums: ['all'] },
      { id: 'b', sums: ['all'] },
    ]);
    const found = reconcile(pair, structuralCovariance(pair), Float64Array.from([10, 4, 6]));
    expect([...found]).toEqual([10, 4, 6]);
  });

  it('moves a series that errs much further than one that errs little', () => {
    const pair = hierarchyOf([
      { id: 'a', sums: ['all'] },
      { id: 'b', sums: ['all'] },
    ]);
    const random = seededRandom(3);
    const errors = Array.from({ length: 40 }, () =>
      Float64Array.from([0.1, 10, 0.1], (size) => size * random.normal()),
    );
    const found = reconcile(pair, shrunkCovariance(pair, errors), Float64Array.from([14, 4, 6]));
    expect(found[1]).toBeGreaterThan(7.9);
    expect(found[2]).toBeCloseTo(6, 1);
  });

  it('takes a series whose errors are all unknown for neither sure nor boundless', () => {
    const pair = hierarchyOf([
      { id: 'a', sums: ['all'] },
      { id: 'new', sums: ['all'] },
    ]);
    const random = seededRandom(7);
    const errors = Array.from({ length: 30 }, () => Float64Array.of(random.normal(), random.normal(), NaN));
    const found = reconcile(pair, shrunkCovariance(pair, errors), Float64Array.from([10, 10, 3]));
    expect(found[2]).toBeGreaterThan(1);
    expect(found[2]).toBeLessThan(2.9);
  });

  it('takes errors that are missing for unknown, not for none', () => {
    const errors = drawnErrors(crossed, 16, 4);
    errors.slice(0, 8).forEach((row) => (row[9] = NaN));
    const found = reconcile(crossed, shrunkCovariance(crossed, errors), base);
    expect(found.every(Number.isFinite)).toBe(true);
  });
});

describe('shrinkageIntensity', () => {
  it('is near 1 for errors that do not go together and near 0 for errors that do', () => {
    const random = seededRandom(5);
    const alone = Array.from({ length: 200 }, () => Float64Array.from({ length: 20 }, () => random.normal()));
    const together = Array.from({ length: 200 }, () => {
      const common = random.normal();
      return Float64Array.from({ length: 20 }, () => common + 0.1 * random.normal());
    });
    expect(shrinkageIntensity(alone)).toBeGreaterThan(0.8);
    expect(shrinkageIntensity(together)).toBeLessThan(0.05);
  });
});
