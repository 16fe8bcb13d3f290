import type { ProposalDetail } from '../../network/vote-types.js';

/** What may come next: a time when there is one, else what somebody has to do. */
export interface Upcoming {
  words: string;
  at: string | null;
}

type Standing = Pick<ProposalDetail, 'state' | 'voteStart' | 'voteEnd' | 'eta' | 'timelockOperation'>;

/** The steps ahead of a proposal, in order; none once it has come to an end. */
export function upcoming(proposal: Standing, nowMs: number): Upcoming[] {
  const { state, voteStart, voteEnd } = proposal;
  const end = { words: 'Voting ends', at: voteEnd };
  if (state === 'PENDING') return [{ words: 'Voting opens', at: voteStart }, end];
  if (state === 'ACTIVE') return [end];
  if (state === 'SUCCEEDED') return [{ words: 'Anybody may queue it', at: null }];
  const ready = proposal.timelockOperation?.readyAt ?? proposal.eta;
  if (state !== 'QUEUED') return [];
  return ready !== null && Date.parse(ready) > nowMs
    ? [{ words: 'May be executed', at: ready }]
    : [{ words: 'Anybody may execute it now', at: null }];
}
