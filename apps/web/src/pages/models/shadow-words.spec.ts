import { describe, expect, it } from '@jest/globals';
import type { Shadow } from '../../network/shadow-types.js';
import { intervalWords, measureName, progressWords, shadowSentence, standingWords } from './shadow-words.js';

const DIFFERENCE = {
  ...{ measure: 'mase', series: 30, candidate: 0.8, running: 1, difference: -0.2 },
  ...{ low: -0.31, high: 0.05, verdict: 'UNDECIDED' as const },
};
const SHADOW: Shadow = {
  ...{ state: 'RUNS', reason: null, since: '2026-03-01T00:00:00Z', runs: 5, scored: 1200, origins: 5 },
  ...{ coverage80: 0.8, lastRunSeconds: 2, confidence: 0.9, pairedDifference: [DIFFERENCE] },
  progress: null,
  running: { versionIds: ['0x01'], pairs: 1100, coverage80: 0.75 },
};

describe('words of a time in shadow', () => {
  it('an interval has both of its signs, and few series have none', () => {
    expect(intervalWords(DIFFERENCE)).toBe('−0.310 to +0.050');
    expect(intervalWords({ ...DIFFERENCE, low: null, high: null })).toBe('−0.200, too few series to bound');
    expect([measureName('mase'), measureName('smape')]).toEqual(['MASE', 'sMAPE']);
  });

  it('the sentence counts what was scored and what is compared', () => {
    expect(shadowSentence(SHADOW)).toBe(
      '1,200 forecasts scored, of 5 runs fixed on chain before the outcome. Compared on the 1,100 that the version in force made too, from the same data. Of an error less is better; the intervals hold 90.0%.',
    );
    expect(shadowSentence({ ...SHADOW, origins: 1 })).toContain('made at 1 moment only');
    expect(shadowSentence({ ...SHADOW, running: null })).toContain('nothing is compared');
  });

  it('a run over many series says how far it is, and nothing once it ended', () => {
    const progress = { series: 100_000, shards: 100, shardsForecast: 40, shardsWritten: 0, expectedAt: null };
    expect(progressWords({ ...progress, phase: 'FORECASTING' })).toBe(
      'Its run over 100,000 series is being made: 40 of 100 shards are forecast.',
    );
    expect(progressWords({ ...progress, phase: 'WAITING' })).toContain('waits until the version in force');
    expect(progressWords({ ...progress, phase: 'STORED' })).toBeUndefined();
  });

  it('a candidate that does not run says why', () => {
    expect(standingWords('REFUSED', 'ARTIFACT_MISSING: no artifact')).toBe(
      'It could not forecast: ARTIFACT_MISSING: no artifact.',
    );
    expect(standingWords('ENDED', 'it was put in force')).toBe('It runs no more: it was put in force.');
    expect(standingWords('WAITS', '3 other candidates of the family run')).toContain('waits for its turn');
  });
});
