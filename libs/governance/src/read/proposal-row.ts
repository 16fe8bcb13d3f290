import { proposalTitle } from '../proposal/description.js';

/** Where a proposal stands, at the time of the last block indexed. */
export type ProposalState =
  'PENDING' | 'ACTIVE' | 'CANCELED' | 'DEFEATED' | 'SUCCEEDED' | 'QUEUED' | 'EXECUTED';

/** A proposal as the chain knows it. Votes and quorum in the token's smallest unit, call values in wei. */
export interface Proposal {
  readonly chainId: number;
  readonly id: string;
  readonly proposer: string;
  readonly state: ProposalState;
  readonly title: string;
  readonly description: string;
  readonly descriptionHash: string;
  readonly targets: readonly string[];
  readonly callValues: readonly bigint[];
  readonly calldatas: readonly string[];
  readonly voteStart: Date;
  readonly voteEnd: Date;
  /** The end of the vote, a late quorum's extension included. */
  readonly deadline: Date;
  readonly eta: Date | null;
  readonly forVotes: bigint;
  readonly againstVotes: bigint;
  readonly abstainVotes: bigint;
  readonly voteCount: number;
  readonly quorum: bigint;
  readonly createdBlock: number;
  readonly createdLogIndex: number;
  readonly createdTime: Date;
  readonly createdTx: string;
  readonly queuedTx: string | null;
  readonly executedTx: string | null;
  readonly executedTime: Date | null;
  readonly canceledTx: string | null;
}

/** One vote. Weights in the token's smallest unit. */
export interface Vote {
  readonly proposalId: string;
  readonly voter: string;
  readonly support: 'AGAINST' | 'FOR' | 'ABSTAIN';
  /** As it was cast. */
  readonly weight: bigint;
  /** What members who delegated to this voter have since voted themselves; it no longer counts here. */
  readonly reducedBy: bigint;
  /** True when a member voted with own tokens over their delegate's head. */
  readonly isOverride: boolean;
  readonly reason: string;
  readonly blockNumber: number;
  readonly logIndex: number;
  readonly txHash: string;
  readonly blockTime: Date;
}

/** Columns of a proposal; numbers wider than a double come as text. */
export const PROPOSAL_COLUMNS = `chain_id, proposal_id, proposer, state, description, description_hash, targets,
  call_values::text[] AS call_values, calldatas, vote_start, vote_end, deadline, eta, for_votes, against_votes,
  abstain_votes, vote_count, quorum, created_block, created_log_index, created_time, created_tx, queued_tx, executed_tx,
  executed_time, canceled_tx`;

/** Columns that every ballot has. */
export const VOTE_COLUMNS =
  'proposal_id, voter, support, weight, reason, block_number, log_index, tx_hash, block_time';

type Time = Date | number;

/** A row of `proposal_current` as the driver gives it. */
export interface ProposalRow {
  readonly chain_id: number;
  readonly proposal_id: string;
  readonly proposer: string;
  readonly state: ProposalState;
  readonly description: string;
  readonly description_hash: string;
  readonly targets: string[];
  readonly call_values: string[];
  readonly calldatas: string[];
  readonly vote_start: Time;
  readonly vote_end: Time;
  readonly deadline: Time;
  readonly eta: Time | null;
  readonly for_votes: string;
  readonly against_votes: string;
  readonly abstain_votes: string;
  readonly vote_count: number;
  readonly quorum: string;
  readonly created_block: string;
  readonly created_log_index: number;
  readonly created_time: Date;
  readonly created_tx: string;
  readonly queued_tx: string | null;
  readonly executed_tx: string | null;
  readonly executed_time: Date | null;
  readonly canceled_tx: string | null;
}

/** A row of `vote_cast` or of `override_vote_cast`. */
export interface VoteRow {
  readonly proposal_id: string;
  readonly voter: string;
  readonly support: number;
  readonly weight: string;
  readonly reduced_by: string;
  readonly is_override: boolean;
  readonly reason: string;
  readonly block_number: string;
  readonly log_index: number;
  readonly tx_hash: string;
  readonly block_time: Date;
}

export function toProposal(row: ProposalRow): Proposal {
  return {
    ...{ chainId: row.chain_id, id: row.proposal_id, proposer: row.proposer, state: row.state },
    ...{ title: proposalTitle(row.description), description: row.description },
    ...{ descriptionHash: row.description_hash, targets: row.targets, calldatas: row.calldatas },
    callValues: row.call_values.map(BigInt),
    ...{ voteStart: time(row.vote_start), voteEnd: time(row.vote_end), deadline: time(row.deadline) },
    eta: row.eta === null ? null : time(row.eta),
    ...{ forVotes: BigInt(row.for_votes), againstVotes: BigInt(row.against_votes) },
    ...{ abstainVotes: BigInt(row.abstain_votes), voteCount: row.vote_count, quorum: BigInt(row.quorum) },
    ...{ createdBlock: Number(row.created_block), createdLogIndex: row.created_log_index },
    ...{ createdTime: row.created_time, createdTx: row.created_tx, queuedTx: row.queued_tx },
    ...{ executedTx: row.executed_tx, executedTime: row.executed_time, canceledTx: row.canceled_tx },
  };
}

const SUPPORT = ['AGAINST', 'FOR', 'ABSTAIN'] as const;

export function toVote(row: VoteRow): Vote {
  return {
    ...{ proposalId: row.proposal_id, voter: row.voter, support: SUPPORT[row.support] ?? 'ABSTAIN' },
    ...{ weight: BigInt(row.weight), reducedBy: BigInt(row.reduced_by), isOverride: row.is_override },
    ...{ reason: row.reason, blockNumber: Number(row.block_number) },
    ...{ logIndex: row.log_index, txHash: row.tx_hash, blockTime: row.block_time },
  };
}

/** `infinity` reaches us as a number; it stands for a time beyond the year 9999. */
function time(value: Time): Date {
  return value instanceof Date ? value : new Date('9999-12-31T23:59:59Z');
}
