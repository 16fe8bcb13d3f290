import { describe, expect, it } from '@jest/globals';
import { clockFace, milestones } from './clock-words.js';

const PROGRESS = {
  ...{ begunAt: '2026-04-01T09:00:00Z', listedAt: '2026-04-01T09:00:02Z', onChainAt: null },
  ...{ holders: 2, delivered: 1, deliveredAt: '2026-04-01T09:01:00Z', answered: 2 },
  ...{ answeredAt: '2026-04-01T10:00:00Z', lastAnswerAt: null, endedAt: null, accounts: [] },
};

describe('the clock of a recall', () => {
  it('shows hours beyond a day, and never less than nothing', () => {
    expect(clockFace(3_725_999)).toBe('1:02:05');
    expect(clockFace(30 * 3_600_000)).toBe('30:00:00');
    expect(clockFace(-5)).toBe('0:00:00');
  });

  it('has a step done only when every holder is at it, and asks the chain of no drill', () => {
    const steps = milestones(PROGRESS, true);
    expect(steps.map(({ name }) => name)).not.toContain('On chain');
    expect(steps.find(({ name }) => name === 'Webhooks reached')).toMatchObject({
      ...{ doneAt: null, standing: '1 of 2 holders' },
    });
    expect(steps.find(({ name }) => name === 'All answered')!.doneAt).toBe(PROGRESS.answeredAt);
    expect(milestones(PROGRESS, false).map(({ name }) => name)).toContain('On chain');
  });
});
