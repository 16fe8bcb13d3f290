import {
  DELEGATORS,
  POWER_HISTORY,
  POWER_SERIES,
  PROPOSALS_MADE,
  VOTES_CAST,
} from '../../network/queries/accounts.js';
import { usePages, useRead } from '../../network/reads.js';
import type { Connection, Hex, ProposalRow } from '../../network/types.js';
import type { CastVote, Delegator, PowerChange, PowerSeries } from '../../network/vote-types.js';

const FEW = 10;
const MANY = 25;
/** As many as the api gives at once. */
const DRAWN = 200;

export function useVotesCast(address: Hex) {
  return usePages<CastVote, { account: { votesCast: Connection<CastVote> } }>(
    'governance',
    VOTES_CAST,
    { address, first: MANY },
    (answer) => answer.account.votesCast,
  );
}

export function useDelegators(address: Hex) {
  return usePages<Delegator, { account: { delegators: Connection<Delegator> } }>(
    'governance',
    DELEGATORS,
    { address, first: MANY },
    (answer) => answer.account.delegators,
  );
}

export function usePowerHistory(address: Hex) {
  return usePages<PowerChange, { account: { powerHistory: Connection<PowerChange> } }>(
    'governance',
    POWER_HISTORY,
    { address, first: FEW },
    (answer) => answer.account.powerHistory,
  );
}

export function usePowerSeries(address: Hex) {
  return useRead<{ account: { powerHistory: PowerSeries } }>('governance', POWER_SERIES, {
    address,
    first: DRAWN,
  });
}

type Made = Pick<ProposalRow, 'id' | 'title' | 'description' | 'state' | 'voteStart'>;

export function useProposalsMade(address: Hex) {
  return usePages<Made, { account: { proposals: Connection<Made> } }>(
    'governance',
    PROPOSALS_MADE,
    { address, first: MANY },
    (answer) => answer.account.proposals,
  );
}
