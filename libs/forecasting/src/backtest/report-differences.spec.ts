import { describe, expect, it } from '@jest/globals';
import { readComparison } from './read-comparison.js';
import { reportDifferences } from './report-differences.js';

const stated = {
  models: { theta: { mase: 0.9, smape: null } },
  folds: [{ origin: '2026-01-05', series: 3 }],
  seed: 7,
};

describe('reportDifferences', () => {
  it('finds none within the tolerance, which grows with the figure', () => {
    expect(reportDifferences(stated, structuredClone(stated), 0)).toEqual([]);
    expect(reportDifferences({ a: 1_000 }, { a: 1_000.5 }, 1e-3)).toEqual([]);
    expect(reportDifferences({ a: 0.1 }, { a: 0.1005 }, 1e-3)).toEqual([]);
    expect(reportDifferences({ a: 1 }, { a: 1.002 }, 1e-3)).toHaveLength(1);
  });

  it('names the place of a figure, a text, a missing and an added value', () => {
    const found = structuredClone(stated);
    found.models.theta.mase = 0.8;
    found.folds[0]!.origin = '2026-01-12';
    const both = { ...found, seed: undefined, extra: 1 };
    expect(reportDifferences(stated, both, 1e-6).map(({ path }) => path)).toEqual([
      'models.theta.mase',
      'folds.0.origin',
      'seed',
      'extra',
    ]);
    expect(reportDifferences({ a: null }, { a: 0 }, 1)).toEqual([{ path: 'a', stated: null, found: 0 }]);
  });
});

describe('readComparison', () => {
  const difference = { incumbent: 1, candidate: 1.2, difference: 0.2, low: 0.1, high: 0.3 };
  const comparison = {
    ...{ incumbent: 'running naive', candidate: 'candidate theta', confidence: 0.9, resamples: 1_000 },
    overall: { series: 9, measures: { mase: { ...difference, low: -0.1 } } },
    groups: {
      smooth: { series: 4, measures: { mase: difference, crps: { ...difference, low: -0.3, high: -0.1 } } },
    },
  };

  it('judges by the interval', () => {
    const lines = readComparison({ comparison })!.lines;
    expect(lines.map(({ group, measure, verdict }) => [group, measure, verdict])).toEqual([
      ['overall', 'mase', 'UNDECIDED'],
      ['smooth', 'mase', 'WORSE'],
      ['smooth', 'crps', 'BETTER'],
    ]);
  });

  it.each([null, [], 'text', {}, { comparison: [] }, { comparison: { ...comparison, confidence: 'x' } }])(
    'takes no comparison from %j',
    (report) => expect(readComparison(report)).toBeNull(),
  );

  it('leaves out what is no figure', () => {
    const broken = {
      ...comparison,
      groups: { smooth: { series: 1, measures: { mase: { ...difference, low: 'x' } } } },
    };
    expect(readComparison({ comparison: broken })!.lines).toHaveLength(1);
  });
});
