import { describe, expect, it } from '@jest/globals';
import type { ShardProgressRow } from '@tallyhouse/forecasting';
import { progressLine } from './forecast-progress.js';

const ROW: ShardProgressRow = {
  ...{ runId: 'r', family: 'demand', versionId: '0x1', frequency: 'MONTHLY', firstTarget: new Date(0) },
  isShadow: false,
  ...{ phase: 'FORECASTING', series: 100_000, shards: 100, shardsForecast: 40, shardsWritten: 0, retries: 1 },
  ...{ plannedAt: new Date('2026-03-01T10:00:00Z'), finishedAt: null, reason: null },
  ...{ phaseExpectedAt: new Date('2026-03-01T10:12:00Z'), expectedAt: null },
};

describe('the line of a run in shards', () => {
  it('says how far it is and, before a run of the kind was stored, until when this phase goes on', () => {
    expect(progressLine(ROW)).toBe(
      '2026-03-01 10:00 UTC  demand, 100000 monthly series; forecasting; 40 of 100 shards forecast, 0 stored; ' +
        '1 begun again; this phase until 2026-03-01 10:12 UTC',
    );
  });

  it('says of a candidate that it runs in shadow, and for whom it waits', () => {
    expect(progressLine({ ...ROW, isShadow: true, phase: 'WAITING', phaseExpectedAt: null })).toMatch(
      /demand in shadow, 100000 monthly series; waiting for the runs of versions in force; 40 of 100/,
    );
  });

  it('says when it is expected to be stored, where that is known, and why it was given up', () => {
    const expectedAt = new Date('2026-03-01T10:20:00Z');
    expect(progressLine({ ...ROW, retries: 0, expectedAt })).toMatch(
      /0 stored; expected 2026-03-01 10:20 UTC$/,
    );
    const over = {
      phase: 'ABANDONED',
      reason: 'too late',
      finishedAt: expectedAt,
      phaseExpectedAt: null,
    } as const;
    expect(progressLine({ ...ROW, ...over })).toMatch(
      /; given up: too late; 40 .*; ended 2026-03-01 10:20 UTC$/,
    );
  });
});
