import { describe, expect, it } from '@jest/globals';
import type { ProposalState } from '../../network/types.js';
import { upcoming } from './course.js';

const times = { voteStart: '2026-01-01T00:00:00Z', voteEnd: '2026-01-02T00:00:00Z' };
const ready = '2026-01-03T00:00:00Z';
const at = (state: ProposalState, nowMs: number) =>
  upcoming({ ...times, state, eta: ready, timelockOperation: null }, nowMs).map(({ words }) => words);

describe('upcoming', () => {
  it.each([
    ['PENDING', ['Voting opens', 'Voting ends']],
    ['ACTIVE', ['Voting ends']],
    ['SUCCEEDED', ['Anybody may queue it']],
    ['DEFEATED', []],
    ['CANCELED', []],
    ['EXECUTED', []],
  ] as const)('names what comes after %s', (state, words) => {
    expect(at(state, 0)).toEqual(words);
  });

  it('waits for the timelock, and then for anybody', () => {
    expect(at('QUEUED', Date.parse(ready) - 1)).toEqual(['May be executed']);
    expect(at('QUEUED', Date.parse(ready))).toEqual(['Anybody may execute it now']);
  });

  it('believes the timelock over the governor on when it is ready', () => {
    const later = '2026-01-04T00:00:00Z';
    const operation = { id: '0x' as const, scheduledAt: '', scheduledTx: '0x' as const, readyAt: later };
    const timelockOperation = { ...operation, executedAt: null, canceledAt: null };
    const [step] = upcoming({ ...times, state: 'QUEUED', eta: ready, timelockOperation }, Date.parse(ready));
    expect(step).toEqual({ words: 'May be executed', at: later });
  });
});
