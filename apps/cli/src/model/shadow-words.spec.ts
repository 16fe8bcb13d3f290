import { describe, expect, it } from '@jest/globals';
import type { ShadowComparisonRow, ShadowRecordRow } from '@tallyhouse/forecasting';
import { shadowWords } from './shadow-words.js';

const RECORD: ShadowRecordRow = {
  versionId: '0x01',
  since: new Date('2026-03-01T10:00:00Z'),
  ...{ runs: 5, scored: 120, origins: 5, mase: 0.8, meanSmape: 20, coverage80: 0.8 },
};
const COMPARISON: ShadowComparisonRow = {
  ...{ versionId: '0x01', confidence: 0.9 },
  running: { versionIds: ['0x02'], pairs: 120, mase: 1, meanSmape: 25, coverage80: 0.7 },
  differences: [
    {
      ...{ measure: 'mase', series: 30, candidate: 0.8, running: 1, difference: -0.2 },
      ...{ low: -0.31, high: -0.05, verdict: 'BETTER' },
    },
  ],
};

describe('shadowWords', () => {
  it('says how the version did beside what ran, and how sure that is', () => {
    expect(shadowWords(RECORD, COMPARISON)).toBe(
      'since 2026-03-01: 5 runs, 120 forecasts scored; MASE 0.800 against 1.000 of what ran, difference -0.310 to -0.050 at 90 %',
    );
  });

  it('claims nothing that was not measured', () => {
    expect(shadowWords()).toBe('it has not run in shadow');
    expect(shadowWords({ ...RECORD, runs: 1, scored: 0 })).toBe(
      'since 2026-03-01: 1 run, 0 forecasts scored',
    );
    const [first] = COMPARISON.differences;
    const few = { ...COMPARISON, differences: [{ ...first!, low: null, high: null }] };
    expect(shadowWords(RECORD, few)).not.toContain('difference');
  });
});
