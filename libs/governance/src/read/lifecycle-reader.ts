import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ProposalState } from './proposal-row.js';

/** A state that a proposal came into. */
export interface ProposalStep {
  readonly proposalId: string;
  readonly state: ProposalState;
  readonly at: Date;
  /** True when the passing of time made it; then there is no block and no transaction. */
  readonly byClock: boolean;
  readonly blockNumber: string | null;
  readonly txHash: string | null;
}

/** A block of the chain and its time. */
export interface Moment {
  readonly block: number;
  readonly time: Date;
}

/** What waits, or waited, in the timelock for a proposal. */
export interface TimelockOperation {
  readonly proposalId: string;
  readonly id: string;
  readonly delayS: string;
  readonly scheduledAt: Date;
  readonly scheduledTx: string;
  /** From then on anybody may execute it. */
  readonly readyAt: Date;
  readonly executedAt: Date | null;
  readonly executedTx: string | null;
  readonly canceledAt: Date | null;
  readonly canceledTx: string | null;
}

/** Tells when proposals went from state to state, and what the timelock did. */
@Injectable()
export class LifecycleReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** Every state that these proposals came into up to the last block indexed, each proposal's in order. */
  public steps(proposalIds: readonly string[]): Promise<ProposalStep[]> {
    return this.dataSource.query(
      `SELECT ${STEP} FROM proposal_step WHERE proposal_id = ANY($1) ORDER BY proposal_id, at, ordinal`,
      [proposalIds],
    );
  }

  /** The last block indexed of a chain; undefined before the first. */
  public async moment(chainId: number): Promise<Moment | undefined> {
    const [row]: { block: string; time: Date }[] = await this.dataSource.query(
      'SELECT block_number AS block, block_time AS time FROM chain_checkpoint WHERE chain_id = $1',
      [chainId],
    );
    return row && { block: Number(row.block), time: row.time };
  }

  /** Every state that any proposal came into after one moment and up to another, in order. */
  public stepsBetween(after: Moment, upTo: Moment): Promise<ProposalStep[]> {
    return this.dataSource.query(
      `SELECT ${STEP} FROM proposal_step
       WHERE CASE WHEN by_clock THEN at > $1 AND at <= $2 ELSE block_number > $3 AND block_number <= $4 END
       ORDER BY at, proposal_id, ordinal`,
      [after.time, upTo.time, after.block, upTo.block],
    );
  }

  /** The operation of each proposal that was queued. */
  public operations(proposalIds: readonly string[]): Promise<TimelockOperation[]> {
    return this.dataSource.query(
      `SELECT o.proposal_id AS "proposalId", o.operation_id AS id, s.delay_s::text AS "delayS",
         s.block_time AS "scheduledAt", s.tx_hash AS "scheduledTx",
         s.block_time + make_interval(secs => LEAST(s.delay_s, 1e10)::double precision) AS "readyAt",
         executed.block_time AS "executedAt", executed.tx_hash AS "executedTx",
         canceled.block_time AS "canceledAt", canceled.tx_hash AS "canceledTx"
       FROM proposal_operation o
       CROSS JOIN LATERAL (SELECT delay_s, block_time, tx_hash FROM timelock_call_scheduled s
         WHERE s.chain_id = o.chain_id AND s.operation_id = o.operation_id
         ORDER BY block_number DESC, log_index DESC LIMIT 1) s
       LEFT JOIN LATERAL (SELECT block_time, tx_hash FROM timelock_call_executed e
         WHERE e.chain_id = o.chain_id AND e.operation_id = o.operation_id LIMIT 1) executed ON true
       LEFT JOIN LATERAL (SELECT block_time, tx_hash FROM timelock_cancelled c
         WHERE c.chain_id = o.chain_id AND c.operation_id = o.operation_id LIMIT 1) canceled ON true
       WHERE o.proposal_id = ANY($1)`,
      [proposalIds],
    );
  }

  /** Each time that a late quorum made a vote longer, oldest first. */
  public extensions(proposalIds: readonly string[]): Promise<{ proposalId: string; at: Date }[]> {
    return this.dataSource.query(
      `SELECT proposal_id AS "proposalId", block_time AS at FROM proposal_extended
       WHERE proposal_id = ANY($1) ORDER BY block_number, log_index`,
      [proposalIds],
    );
  }

  /** All votes that there were at each proposal's snapshot, in the token's smallest unit. */
  public async supplies(proposalIds: readonly string[]): Promise<{ proposalId: string; supply: bigint }[]> {
    const rows: { proposalId: string; supply: string }[] = await this.dataSource.query(
      `SELECT p.proposal_id AS "proposalId", coalesce(sum(CASE WHEN t.sender = t.recipient THEN 0
         WHEN t.sender = $2 THEN t.amount ELSE -t.amount END), 0)::text AS supply
       FROM proposal_created p LEFT JOIN token_transfer t ON t.chain_id = p.chain_id
         AND t.block_time <= p.vote_start AND (t.sender = $2 OR t.recipient = $2)
       WHERE p.proposal_id = ANY($1) GROUP BY p.proposal_id`,
      [proposalIds, `0x${'0'.repeat(40)}`],
    );
    return rows.map(({ proposalId, supply }) => ({ proposalId, supply: BigInt(supply) }));
  }
}

const STEP = `proposal_id AS "proposalId", state, at, by_clock AS "byClock", block_number AS "blockNumber",
  tx_hash AS "txHash"`;
