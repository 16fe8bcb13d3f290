import { describe, expect, it } from '@jest/globals';
import { expectedCalibrationError } from './calibration-error.js';
import { decide } from './decide.js';
import { averagePrecision, multiLabelFigures } from './metrics.js';
import { timeSplit } from './time-split.js';

const ones = (...values: number[]): Uint8Array => Uint8Array.from(values);
const numbers = (...values: number[]): Float64Array => Float64Array.from(values);

describe('multi-label figures', () => {
  it('are those counted by hand', () => {
    const targets = [ones(1, 1, 0, 0), ones(0, 0, 1, 0), ones(0, 0, 0, 0)];
    const decisions = [ones(1, 0, 1, 0), ones(0, 0, 1, 0), ones(0, 0, 0, 1)];
    const scores = [numbers(0.9, 0.2, 0.8, 0.1), numbers(0, 0, 1, 0), numbers(0, 0, 0, 1)];
    const figures = multiLabelFigures(['a', 'b', 'c'], targets, decisions, scores);
    expect(figures.byLabel.map(({ f1 }) => f1)).toEqual([0.5, 1, 0]);
    // c is in no text: it counts against micro-F1 by its false decision, and not in the mean over labels.
    expect(figures.macroF1).toBe(0.75);
    expect(figures.microF1).toBeCloseTo((2 * 2) / (2 * 2 + 2 + 1), 12);
    expect(figures.meanAveragePrecision).toBeCloseTo(((1 + 2 / 3) / 2 + 1) / 2, 12);
  });

  it('take tied scores together, so that the order of texts does not matter', () => {
    expect(averagePrecision(ones(1, 0), numbers(0.5, 0.5))).toBe(0.5);
    expect(averagePrecision(ones(0, 1), numbers(0.5, 0.5))).toBe(0.5);
    expect(averagePrecision(ones(0, 0), numbers(0.5, 0.5))).toBeNull();
  });
});

describe('calibration error', () => {
  it('is the distance of probability and frequency in the bins', () => {
    expect(
      expectedCalibrationError([
        [0.25, 0],
        [0.25, 0],
        [0.25, 0],
        [0.25, 1],
      ]),
    ).toBe(0);
    expect(
      expectedCalibrationError([
        [1, 0],
        [0, 0],
      ]),
    ).toBe(0.5);
  });
});

describe('decide', () => {
  it('takes labels at their thresholds, else the one that is nearest to its own', () => {
    const columns = [numbers(0.6, 0.4, 0.1), numbers(0.3, 0.2, 0.1)];
    expect(decide(columns).map((column) => [...column])).toEqual([
      [1, 1, 1],
      [0, 0, 0],
    ]);
    expect(decide(columns, [0.5, 0.12]).map((column) => [...column])).toEqual([
      [1, 0, 0],
      [1, 1, 1],
    ]);
  });
});

describe('a split in time', () => {
  const story = 'the firm recalls all its beef stew of the week because of metal pieces found in two cans';
  const texts = [
    { text: `${story} today`, labels: ['a'], date: '2019-05-01' },
    { text: 'something else entirely was sold without a label', labels: ['b'], date: '2019-06-01' },
    { text: `${story} again`, labels: ['a'], date: '2020-02-01' },
  ];

  it('keeps near-duplicates on the side that is judged', () => {
    const { training, evaluated, leftOut } = timeSplit(texts, '2020-01-01');
    expect([training.length, evaluated.length, leftOut]).toEqual([1, 1, 1]);
    expect(timeSplit(texts, '2020-01-01', { keepNearDuplicates: true }).training).toHaveLength(2);
  });
});
