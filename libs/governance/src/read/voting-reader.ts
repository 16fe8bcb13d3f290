import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { checkedAddress } from './address.js';

/** The rules in force. Times in seconds, votes in the token's smallest unit. */
export interface GovernanceParameters {
  readonly votingDelayS: number;
  readonly votingPeriodS: number;
  readonly timelockDelayS: number;
  readonly lateQuorumExtensionS: number;
  readonly proposalThreshold: bigint;
  readonly quorumPercent: number;
  readonly totalSupply: bigint;
}

/** Reads who may vote with how much, and by which rules. */
@Injectable()
export class VotingReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Votes of an account at a time, as `getPastVotes` counts them; without a time, at the last block indexed.
   *
   * @throws GovernanceError `ADDRESS_INVALID`
   */
  public async votingPower(address: string, at?: Date | null): Promise<bigint> {
    const rows = await this.query<{ votes: string }>(
      `SELECT new_votes AS votes FROM delegate_votes_changed
       WHERE delegate = $1 AND ($2::timestamptz IS NULL OR block_time <= $2)
       ORDER BY block_number DESC, log_index DESC LIMIT 1`,
      [checkedAddress('address', address), at ?? null],
    );
    return BigInt(rows[0]?.votes ?? 0);
  }

  /** Zero where the chain has not said anything yet. */
  public async parameters(): Promise<GovernanceParameters> {
    const rows = await this.query<{ name: string; value: string }>(
      `SELECT name, value::text FROM governor_parameter_current UNION ALL
       SELECT 'totalSupply', coalesce(sum(CASE WHEN sender = recipient THEN 0 WHEN sender = $1 THEN amount
         ELSE -amount END), 0)::text
       FROM token_transfer WHERE sender = $1 OR recipient = $1`,
      [`0x${'0'.repeat(40)}`],
    );
    const values = new Map(rows.map(({ name, value }) => [name, BigInt(value)]));
    const value = (name: string): bigint => values.get(name) ?? 0n;
    return {
      votingDelayS: Number(value('votingDelay')),
      votingPeriodS: Number(value('votingPeriod')),
      timelockDelayS: Number(value('minDelay')),
      lateQuorumExtensionS: Number(value('lateQuorumVoteExtension')),
      proposalThreshold: value('proposalThreshold'),
      quorumPercent: Number(value('quorumNumerator')),
      totalSupply: value('totalSupply'),
    };
  }

  private query<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    return this.dataSource.query(sql, values);
  }
}
