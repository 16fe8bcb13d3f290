import { proposalTitle } from '../proposal/description.js';

/** Where a proposal stands, at the time of the last block indexed. */
export type ProposalState =
  | 'PENDING'
  | 'ACTIVE'
  | 'CANCELED'
  | 'DEFEATED'
  | 'SUCCEEDED'
  | 'QUEUED'
  | 'EXECUTED';

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

/** Columns of a proposal; numbers wider than a double come as text. */
export const PROPOSAL_COLUMNS = `chain_id, proposal_id, proposer, state, description, description_hash, targets,
  call_values::text[] AS call_values, calldatas, vote_start, vote_end, deadline, eta, for_votes, against_votes,
  abstain_votes, vote_count, quorum, created_block, created_log_index, created_time, created_tx, queued_tx, executed_tx,
  executed_time, canceled_tx`;

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

/** `infinity` reaches us as a number; it stands for a time beyond the year 9999. */
function time(value: Time): Date {
  return value instanceof Date ? value : new Date('9999-12-31T23:59:59Z');
}
