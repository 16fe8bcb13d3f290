import { describe, expect, it } from '@jest/globals';
import { powerSteps } from './power-steps.js';

const change = (at: string, whole: number) => ({ at, votes: `${whole}000000000000000000` });

describe('powerSteps', () => {
  it('turns the newest first into the order of time, in whole tokens', () => {
    const steps = powerSteps([change('2026-03-02T00:00:00Z', 4), change('2026-03-01T00:00:00Z', 9)]);
    expect(steps).toEqual([
      { atMs: Date.parse('2026-03-01T00:00:00Z'), value: 9 },
      { atMs: Date.parse('2026-03-02T00:00:00Z'), value: 4 },
    ]);
  });

  it('keeps the last of several changes in one second', () => {
    const steps = powerSteps([change('2026-03-01T00:00:00Z', 7), change('2026-03-01T00:00:00Z', 9)]);
    expect(steps.map(({ value }) => value)).toEqual([7]);
  });
});
