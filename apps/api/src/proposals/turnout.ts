import type { Proposal } from '@tallyhouse/governance';
import type { TurnoutModel } from './lifecycle.model.js';

const PARTS_OF_ONE = 1_000_000n;

/** @param supply all tokens at the snapshot, in the smallest unit */
export function turnoutOf(proposal: Proposal, supply: bigint): TurnoutModel {
  const { forVotes, againstVotes, abstainVotes, quorum, voteCount } = proposal;
  const cast = forVotes + againstVotes + abstainVotes;
  const towardsQuorum = forVotes + abstainVotes;
  return {
    ...{ snapshot: proposal.voteStart, supply, cast, quorum, towardsQuorum, voters: voteCount },
    share: supply === 0n ? 0 : Number((cast * PARTS_OF_ONE) / supply) / Number(PARTS_OF_ONE),
    quorumReached: towardsQuorum >= quorum,
  };
}
