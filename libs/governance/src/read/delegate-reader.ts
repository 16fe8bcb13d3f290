import { Injectable } from '@nestjs/common';
import type { Page } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { readPage, type Order, type PageRequest } from './keyset.js';

/** An account that others, or itself, delegated votes to. */
export interface Delegate {
  readonly address: string;
  /** In the token's smallest unit. */
  readonly votes: bigint;
  /** Holders of tokens whose delegate it is, itself among them. */
  readonly delegators: number;
}

/** How often an account voted when it could. */
export interface Participation {
  readonly address: string;
  /** Of the last 100 votes that opened, those at whose snapshot it had votes. */
  readonly couldVote: number;
  readonly voted: number;
}

export type DelegateSort = 'MOST_VOTES' | 'MOST_DELEGATORS' | 'LATEST_CHANGE';

/** Which delegates; every given field must match. */
export interface DelegateFilter {
  /** In the token's smallest unit. */
  readonly minVotes?: bigint | null;
  readonly minDelegators?: number | null;
}

const ADDRESS = { sql: 'delegate', type: 'address' } as const;
const ORDERS: Readonly<Record<DelegateSort, Order>> = {
  MOST_VOTES: { keys: [{ sql: 'votes', type: 'numeric' }, ADDRESS], direction: 'DESC' },
  MOST_DELEGATORS: { keys: [{ sql: 'delegators', type: 'bigint' }, ADDRESS], direction: 'DESC' },
  LATEST_CHANGE: { keys: [{ sql: 'changed_block', type: 'bigint' }, ADDRESS], direction: 'DESC' },
};

/** Reads who votes for others, and how diligently. */
@Injectable()
export class DelegateReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Accounts with votes, most votes first unless told otherwise.
   *
   * @throws InvalidCursorError when `after` is no cursor of this list
   * @throws GovernanceError `PAGE_INVALID` when `first` is not within 1 and 200
   */
  public list(
    page: PageRequest,
    { minVotes, minDelegators }: DelegateFilter = {},
    sort: DelegateSort = 'MOST_VOTES',
  ): Promise<Page<Delegate>> {
    const rows = `SELECT * FROM (
        SELECT d.delegate, d.votes, d.changed_block, coalesce(n.delegators, 0) AS delegators
        FROM delegate_current d LEFT JOIN (
          SELECT c.chain_id, c.delegate, count(*) AS delegators FROM delegation_current c
          JOIN token_balance b ON b.chain_id = c.chain_id AND b.account = c.delegator AND b.balance > 0
          GROUP BY c.chain_id, c.delegate
        ) n USING (chain_id, delegate) WHERE d.votes > 0
      ) directory WHERE votes >= $1 AND delegators >= $2`;
    const values = [(minVotes ?? 0n).toString(), minDelegators ?? 0];
    const query = (sql: string, all: unknown[]): Promise<unknown[]> => this.dataSource.query(sql, all);
    return readPage(query, { rows, values, order: ORDERS[sort] }, page, toDelegate);
  }

  /** How often each of these accounts voted, an override counting as well. */
  public participation(addresses: readonly string[]): Promise<Participation[]> {
    return this.dataSource.query(
      `SELECT a.address, count(*)::integer AS "couldVote", count(*) FILTER (WHERE
           EXISTS (SELECT FROM vote_cast v WHERE v.proposal_id = p.proposal_id AND v.voter = a.address)
           OR EXISTS (SELECT FROM override_vote_cast v WHERE v.proposal_id = p.proposal_id AND v.voter = a.address)
         )::integer AS voted
       FROM unnest($1::text[]) a (address)
       CROSS JOIN (
         SELECT p.chain_id, p.proposal_id, p.vote_start FROM proposal_created p JOIN chain_checkpoint c USING (chain_id)
         WHERE p.vote_start < c.block_time AND NOT EXISTS (SELECT FROM proposal_canceling x
           WHERE x.chain_id = p.chain_id AND x.proposal_id = p.proposal_id AND x.block_time <= p.vote_start)
         ORDER BY p.vote_start DESC LIMIT 100
       ) p
       CROSS JOIN LATERAL (
         SELECT new_votes FROM delegate_votes_changed d
         WHERE d.chain_id = p.chain_id AND d.delegate = a.address AND d.block_time <= p.vote_start
         ORDER BY block_number DESC, log_index DESC LIMIT 1
       ) power WHERE power.new_votes > 0 GROUP BY a.address`,
      [addresses.map((address) => address.toLowerCase())],
    );
  }
}

function toDelegate(row: { delegate: string; votes: string; delegators: string }): Delegate {
  return { address: row.delegate, votes: BigInt(row.votes), delegators: Number(row.delegators) };
}
