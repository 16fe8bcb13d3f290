import type { Hex, Proposal, ProposalLink, ProposalState, Vote } from './types.js';

/** A state that a proposal came into, and when. */
export interface ProposalStep {
  state: ProposalState;
  at: string;
  /** Only time passed; no transaction marks it. */
  byClock: boolean;
  blockNumber: string | null;
  txHash: Hex | null;
}

export interface TimelockOperation {
  id: Hex;
  scheduledAt: string;
  scheduledTx: Hex;
  readyAt: string;
  executedAt: string | null;
  canceledAt: string | null;
}

/** Amounts in the token's smallest unit; the share in 0..1. */
export interface Turnout {
  snapshot: string;
  supply: string;
  cast: string;
  share: number;
  voters: number;
}

export interface ProposalDetail extends Proposal {
  lifecycle: ProposalStep[];
  timelockOperation: TimelockOperation | null;
  turnout: Turnout;
}

/** What the server says of a version beside its hashes. */
export interface ModelSide {
  forecaster: string | null;
  /** SPDX id. */
  licence: string | null;
  artifact: { bytes: number | null; state: string };
  record: {
    runs: number;
    scored: number;
    meanSmape: number | null;
    coverage80: number | null;
    relativeMase: number | null;
  } | null;
}

export interface ModelSides {
  proposal: { modelDiff: { old: ModelSide | null; new: ModelSide } | null } | null;
}

/** Of the last votes that opened: at how many it had votes, and in how many it took part. */
export interface Participation {
  couldVote: number;
  voted: number;
}

export interface DelegateRow {
  address: Hex;
  votes: string;
  delegators: number;
  participation: Participation | null;
}

export interface Account {
  address: Hex;
  votes: string;
  balance: string;
  /** Who votes with its tokens; null while nobody does. */
  delegate: Hex | null;
  delegateSince: string | null;
  participation: Participation | null;
}

export interface CastVote extends Omit<Vote, 'voter'> {
  proposal: ProposalLink | null;
}

export interface PowerChange {
  at: string;
  previousVotes: string;
  votes: string;
  txHash: Hex;
}

/** Newest first. */
export interface PowerSeries {
  asOf: { blockTime: string } | null;
  edges: { node: Pick<PowerChange, 'at' | 'votes'> }[];
  pageInfo: { hasNextPage: boolean };
}

export interface Delegator {
  address: Hex;
  balance: string;
  since: string;
}
