import type { ProposalState } from '../read/proposal-row.js';

/** What a webhook for proposals is told; times in ISO 8601, UTC. */
export type ProposalNotice = StateNotice | DeadlineNotice | TakenBackNotice;

interface About {
  readonly chainId: number;
  readonly proposalId: string;
  readonly title: string;
  readonly voteStart: string;
  readonly voteEnd: string;
}

/** A proposal came into a state. */
export interface StateNotice extends About {
  readonly type: 'proposal.state';
  readonly state: ProposalState;
  readonly at: string;
  /** True when only time passed; then there is no block and no transaction. */
  readonly byClock: boolean;
  readonly blockNumber: string | null;
  readonly txHash: string | null;
}

/** A time is near or has come at which somebody may want to act. */
export interface DeadlineNotice extends About {
  readonly type: 'proposal.deadline';
  readonly what: 'VOTE_ENDS_SOON' | 'VOTE_EXTENDED' | 'CAN_BE_EXECUTED';
  /** When the vote ends, or from when on it can be executed. */
  readonly at: string;
}

/** A reorganisation took blocks back of which was told: what they held is told again as the new branch has it. */
export interface TakenBackNotice {
  readonly type: 'proposals.taken-back';
  readonly chainId: number;
  /** The last block that still counts. */
  readonly toBlock: string;
}
