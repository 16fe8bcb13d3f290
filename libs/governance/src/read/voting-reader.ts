import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { GovernanceError } from '../governance.errors.js';
import { limit } from './proposal-reader.js';

/** An account that others, or itself, delegated votes to. Votes in the token's smallest unit. */
export interface Delegate {
  readonly address: string;
  readonly votes: bigint;
}

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
    if (!/^0x[0-9a-fA-F]{40}$/.test(address))
      throw new GovernanceError('ADDRESS_INVALID', 'address: expected 0x and 40 hexadecimal digits');
    const rows = await this.query<{ votes: string }>(
      `SELECT new_votes AS votes FROM delegate_votes_changed
       WHERE delegate = $1 AND ($2::timestamptz IS NULL OR block_time <= $2)
       ORDER BY block_number DESC, log_index DESC LIMIT 1`,
      [address.toLowerCase(), at ?? null],
    );
    return BigInt(rows[0]?.votes ?? 0);
  }

  /** Those with votes, most first. @throws GovernanceError `PAGE_INVALID` when `first` is not within 1 and 200 */
  public async delegates(first: number): Promise<Delegate[]> {
    const rows = await this.query<{ delegate: string; votes: string }>(
      'SELECT delegate, votes FROM delegate_current WHERE votes > 0 ORDER BY votes DESC, delegate LIMIT $1',
      [limit(first)],
    );
    return rows.map(({ delegate, votes }) => ({ address: delegate, votes: BigInt(votes) }));
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
