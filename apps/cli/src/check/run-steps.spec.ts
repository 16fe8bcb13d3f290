import { describe, expect, it } from '@jest/globals';
import { hardhatTally, jestTally, tallyLine } from './run-steps.js';

describe('the tally of a test run', () => {
  it('counts a suite that could not be loaded as failed', () => {
    const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numFailedTestSuites: 1 };
    expect(jestTally(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 1 });
  });

  it('reads what Hardhat says, also in colour', () => {
    expect(hardhatTally('\u001b[32m  72 passing\u001b[39m (4s)\n', 0)).toEqual({
      passed: 72,
      failed: 0,
      skipped: 0,
    });
    expect(hardhatTally('  70 passing\n  2 failing\n', 1)).toMatchObject({ passed: 70, failed: 2 });
    expect(hardhatTally('Error HHE27\n', 1)).toMatchObject({ passed: 0, failed: 1 });
  });

  it('is one plain line', () => {
    expect(tallyLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(tallyLine({ passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped');
  });
});
