import { describe, expect, it } from '@jest/globals';
import type { Proposal } from '../read/proposal-row.js';
import { proposalEvents } from './proposal-calendar.js';

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 30, hour));
const proposal = {
  ...{ chainId: 1, id: '73', title: 'Run theta', state: 'ACTIVE', eta: null },
  ...{ createdTime: at(1), voteStart: at(2), deadline: at(9) },
  description: `# Run theta\n\nBetter on lanes.\n\n| model | MASE |\n| --- | --- |\n\n#proposer=0x${'ab'.repeat(20)}`,
} as unknown as Proposal;
const step = (state: Proposal['state'], hour: number) => ({
  ...{ proposalId: '73', state, at: at(hour), byClock: false, blockNumber: '1', txHash: '0x' },
});
const page = 'https://example.org/governance/73';

describe('the entries of a proposal', () => {
  it('are the time of its vote, in words that a calendar can show', () => {
    const steps = [step('PENDING', 1), step('ACTIVE', 2)];
    expect(proposalEvents({ proposal, steps, extendedAt: [] }, page)).toEqual([
      {
        ...{ uid: 'vote-1-73@tallyhouse', start: at(2), end: at(9), summary: 'Vote: Run theta', url: page },
        description: `ACTIVE\n${page}\n\nBetter on lanes.`,
        ...{ isCanceled: false, sequence: 0, changedAt: at(2) },
      },
    ]);
  });

  it('grow in sequence with each extension, and when it is called off', () => {
    const longer = proposalEvents({ proposal, steps: [], extendedAt: [at(7), at(8)] }, page);
    expect(longer[0]).toMatchObject({ sequence: 2, changedAt: at(8) });
    const canceled = { ...proposal, state: 'CANCELED', eta: at(12) } as Proposal;
    const off = proposalEvents(
      { proposal: canceled, steps: [step('CANCELED', 11)], extendedAt: [at(7)] },
      page,
    );
    expect(off).toMatchObject([
      { isCanceled: true, sequence: 2, changedAt: at(11) },
      { isCanceled: true, sequence: 1, uid: 'ready-1-73@tallyhouse' },
    ]);
  });

  it('name the moment of execution once it is queued, and leave out what never ends', () => {
    const queued = { ...proposal, state: 'QUEUED', eta: at(12) } as Proposal;
    const [, ready] = proposalEvents({ proposal: queued, steps: [], extendedAt: [] }, page);
    expect(ready).toMatchObject({ start: at(12), summary: 'Can be executed: Run theta' });
    expect(ready).not.toHaveProperty('end');
    const endless = { ...proposal, deadline: new Date('9999-12-31T23:59:59Z') } as Proposal;
    expect(proposalEvents({ proposal: endless, steps: [], extendedAt: [] }, page)).toEqual([]);
  });
});
