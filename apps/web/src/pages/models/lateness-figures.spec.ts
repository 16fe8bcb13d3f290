import { describe, expect, it } from '@jest/globals';
import { readLatenessFigures, readLatenessFile } from './lateness-figures.js';

const REPORT = {
  format: 'tallyhouse.lateness-report/1',
  ...{ tested: 365, testedFrom: '2021-01-01', learnedFrom: 500, lateShare: 0.2 },
  figures: {
    candidate: { auc: null, brier: 0.1, calibrationError: 0.03, meanProbability: 0.2 },
    laneRate: { auc: 0.7, brier: 0.12, calibrationError: 0.04, meanProbability: 0.2 },
  },
  arrival: { coverage80: 0.83, pinballDays: 1, overallPinballDays: 2 },
  incumbentArtifact: null,
};

describe('the report of a version of lateness', () => {
  it('is a line for who told it, the candidate first, and for nobody who did not', () => {
    expect(readLatenessFigures(REPORT)).toMatchObject({
      rows: [
        ['This version’s method', null, 0.1, 0.03],
        ['The lane’s own rate', 0.7, 0.12, 0.04],
      ],
      ...{ tested: 365, coverage80: 0.83, incumbentArtifact: null },
    });
  });

  it('is nothing of another form or without figures', () => {
    expect(readLatenessFigures({ ...REPORT, format: 'tallyhouse-evaluation/1' })).toBeNull();
    expect(readLatenessFigures({ ...REPORT, figures: {} })).toBeNull();
    expect(readLatenessFile(new TextEncoder().encode('{'))).toBeNull();
  });
});
