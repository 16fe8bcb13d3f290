import { describe, expect, it } from '@jest/globals';
import { ALL, COVERAGE, readComparison } from './report-figures.js';

const report = (rest: object, folds: unknown[] = [{}]) =>
  new TextEncoder().encode(JSON.stringify({ format: 'tallyhouse-evaluation/1', folds, ...rest }));
const paired = (before: number, after: number, low: number, high: number) => ({
  series: 12,
  measures: { mase: { incumbent: before, candidate: after, difference: after - before, low, high } },
});
const model = (mase: number | null, groups: Record<string, number> = {}) => ({
  overall: { mase },
  groups: Object.fromEntries(Object.entries(groups).map(([group, value]) => [group, { mase: value }])),
});
const verdicts = (content: Uint8Array) =>
  Object.fromEntries(readComparison(content)!.rows.map(({ group, verdict }) => [group, verdict]));

describe('readComparison', () => {
  it.each([
    ['of another form', new TextEncoder().encode('{"format":"tallyhouse-report/1","folds":[1]}')],
    ['that measured nothing', report({ models: { 'candidate theta': model(1), naive2: model(2) } }, [])],
    ['that is no JSON', new Uint8Array([1, 2, 3])],
    ['without a candidate', report({ models: { naive2: model(1) } })],
    [
      'whose candidate has no figure',
      report({ models: { 'candidate theta': model(null), naive2: model(1) } }),
    ],
  ])('gives null for a report %s', (_, content) => {
    expect(readComparison(content)).toBeNull();
  });

  it('calls a difference decided only when its whole interval lies on one side of zero', () => {
    const content = report({
      comparison: {
        ...{
          incumbent: 'running ses',
          candidate: 'candidate theta',
          confidence: 0.9,
          incumbentArtifact: '0xaa',
        },
        overall: paired(0.9, 0.8, -0.2, -0.01),
        groups: { intermittent: paired(0.7, 0.75, 0.01, 0.1), smooth: paired(0.9, 0.88, -0.1, 0.06) },
      },
    });
    expect(verdicts(content)).toEqual({ [ALL]: 'better', intermittent: 'worse', smooth: 'undecided' });
    expect(readComparison(content)).toMatchObject({
      against: 'running ses',
      incumbentArtifact: '0xaa',
      confidence: 0.9,
    });
  });

  it('stands the simple method with the least error in where no running model was measured', () => {
    const models = {
      'candidate theta': model(0.8, { smooth: 0.9 }),
      naive2: model(1.1, { smooth: 0.7 }),
      'seasonal-naive': model(0.95, { smooth: 0.85 }),
    };
    expect(readComparison(report({ models }))?.against).toBe('seasonal-naive');
    expect(verdicts(report({ models }))).toEqual({ [ALL]: 'better', smooth: 'worse' });
  });

  it('calls intervals better when they hold nearer to 80 % of the outcomes, from either side', () => {
    const covers = (share: number) => ({ overall: { coverage: { '0.8': share } } });
    const verdict = (before: number, after: number) =>
      readComparison(report({ models: { naive: covers(before), 'candidate theta': covers(after) } }))?.rows;
    expect(verdict(0.95, 0.72)).toMatchObject([{ measure: COVERAGE, verdict: 'better' }]);
    expect(verdict(0.82, 0.74)).toMatchObject([{ measure: COVERAGE, verdict: 'worse' }]);
  });

  it('leaves out a line of which a figure is missing', () => {
    const { measures } = paired(1, 2, 0.5, 1.5);
    const broken = { measures: { ...measures, crps: { incumbent: 1, candidate: '2' } } };
    const content = report({ comparison: { incumbent: 'running ses', confidence: 0.9, overall: broken } });
    expect(readComparison(content)?.rows.map(({ measure }) => measure)).toEqual(['MASE']);
  });
});
