/** What a ballot says, in the order of the numbers that the governor gives them. */
export const SUPPORT = ['AGAINST', 'FOR', 'ABSTAIN'] as const;

/** One vote. Weights in the token's smallest unit. */
export interface Vote {
  readonly proposalId: string;
  readonly voter: string;
  readonly support: (typeof SUPPORT)[number];
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

/** A row of {@link BALLOTS}. */
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

const COLUMNS = 'proposal_id, voter, support, weight, reason, block_number, log_index, tx_hash, block_time';

/** SELECT of every ballot, own and override, with what was taken from it; `where` holds for both tables. */
export function ballots(where: string): string {
  return `SELECT ${COLUMNS}, false AS is_override, coalesce((
      SELECT sum(taken.weight) FROM vote_reduced taken
      WHERE taken.chain_id = ballot.chain_id AND taken.proposal_id = ballot.proposal_id
        AND taken.delegate = ballot.voter), 0) AS reduced_by
    FROM vote_cast ballot WHERE ${where}
    UNION ALL
    SELECT ${COLUMNS}, true, 0 FROM override_vote_cast ballot WHERE ${where}`;
}

export function toVote(row: VoteRow): Vote {
  return {
    ...{ proposalId: row.proposal_id, voter: row.voter, support: SUPPORT[row.support] ?? 'ABSTAIN' },
    ...{ weight: BigInt(row.weight), reducedBy: BigInt(row.reduced_by), isOverride: row.is_override },
    ...{ reason: row.reason, blockNumber: Number(row.block_number) },
    ...{ logIndex: row.log_index, txHash: row.tx_hash, blockTime: row.block_time },
  };
}
