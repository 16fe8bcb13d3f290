import { describe, expect, it } from '@jest/globals';
import { Pace } from './pace.js';

describe('Pace', () => {
  it('is that of the last ten seconds, with the time that the rest will take', () => {
    let nowMs = 0;
    const pace = new Pace(() => nowMs);
    expect(pace.report(100)).toBeUndefined();
    pace.committed(1_000, 10);
    expect(pace.report(100)).toBeUndefined();
    for (const [facts, blocks] of [
      [500, 20],
      [700, 5],
    ] as const) {
      nowMs += 1_000;
      pace.committed(facts, blocks);
    }
    expect(pace.report(100)).toEqual({ eventsPerSecond: 600, blocksPerSecond: 13, etaSeconds: 8 });
    nowMs += 9_500;
    pace.committed(0, 0);
    expect(pace.report(100)).toEqual({ eventsPerSecond: 0, blocksPerSecond: 0, etaSeconds: null });
    nowMs += 60_000;
    expect(pace.report(100)).toBeUndefined();
  });
});
