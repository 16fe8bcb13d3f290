import { describe, expect, it } from '@jest/globals';
import { RECENT_SHARDS, remainingMs, runRemainingMs, type RunPace } from './progress.js';

const earlier = { series: 1_000, forecastMs: 100_000, settleMs: 20_000, writeMs: 30_000, closeMs: 1_000 };
const progress = { begunMs: 0, shards: 10, done: 4, recentMs: [10, 20, 30, 40] };
const pace: RunPace = { phase: 'FORECASTING', series: 2_000, phaseBegunMs: 0, progress, earlier };

describe('how long a run in shards still takes', () => {
  it('is unknown before the first shard is done, and nothing after the last', () => {
    expect(remainingMs({ ...progress, done: 0, recentMs: [] }, 99)).toBeUndefined();
    expect(remainingMs({ ...progress, done: 10 }, 99)).toBe(0);
  });

  it('follows the pace of the shards done last, so that a worker that joins is felt', () => {
    expect(remainingMs(progress, 40)).toBe(60);
    const recentMs = Array.from({ length: RECENT_SHARDS + 1 }, (_, at) => 100_000 + at);
    const long = { begunMs: 0, shards: 100, done: 60, recentMs };
    expect(remainingMs(long, recentMs.at(-1)!)).toBe(40);
  });

  it('counts the phases to come as an earlier run took them, by the number of series', () => {
    expect(runRemainingMs(pace, 40)).toBe(60 + 2 * 51_000);
    const none = { ...progress, done: 0, recentMs: [] };
    expect(runRemainingMs({ ...pace, progress: none }, 0)).toBe(2 * 151_000);
    expect(runRemainingMs({ ...pace, phase: 'SETTLING', phaseBegunMs: 100 }, 30_100)).toBe(
      10_000 + 2 * 31_000,
    );
    expect(runRemainingMs({ ...pace, phase: 'WRITING' }, 40)).toBe(60 + 2 * 1_000);
    expect(runRemainingMs({ ...pace, phase: 'CLOSING', phaseBegunMs: 0 }, 500)).toBe(1_500);
  });

  it('is not guessed where nothing tells', () => {
    const first = { ...pace, earlier: undefined };
    expect(runRemainingMs(first, 40)).toBeUndefined();
    expect(runRemainingMs({ ...first, phase: 'WRITING' }, 40)).toBe(60);
    expect(runRemainingMs({ ...pace, phase: 'STORED' }, 40)).toBeUndefined();
  });
});
