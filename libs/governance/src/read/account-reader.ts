import { Injectable } from '@nestjs/common';
import type { Page } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { checkedAddress } from './address.js';
import { readPage, type Order, type PageRequest } from './keyset.js';

/** What an account holds, and who votes with it. Amounts in the token's smallest unit. */
export interface AccountStanding {
  readonly address: string;
  readonly votes: bigint;
  readonly balance: bigint;
  /** Who votes with its tokens: itself, another, or nobody yet. */
  readonly delegate: string | null;
  readonly delegateSince: Date | null;
}

/** What an account's votes became with one transaction. */
export interface PowerChange {
  readonly at: Date;
  readonly previousVotes: bigint;
  readonly votes: bigint;
  readonly blockNumber: string;
  readonly txHash: string;
}

/** An account whose tokens another, or the account itself, votes with. */
export interface Delegator {
  readonly address: string;
  readonly balance: bigint;
  readonly since: Date;
  readonly txHash: string;
}

/** A stretch of time, both ends in it. */
export interface TimeRange {
  readonly from?: Date | null;
  readonly to?: Date | null;
}

export type PowerSort = 'OLDEST' | 'NEWEST';
export type DelegatorSort = 'LARGEST' | 'NEWEST';

const PLACE = [
  { sql: 'block_number', type: 'bigint' },
  { sql: 'log_index', type: 'bigint' },
] as const;
const DELEGATOR_ORDERS: Readonly<Record<DelegatorSort, Order>> = {
  LARGEST: {
    keys: [
      { sql: 'balance', type: 'numeric' },
      { sql: 'delegator', type: 'address' },
    ],
    direction: 'DESC',
  },
  NEWEST: { keys: PLACE, direction: 'DESC' },
};

/** Reads what one account has to do with votes. Amounts in the token's smallest unit. */
@Injectable()
export class AccountReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** An account that the chain does not know holds nothing. @throws GovernanceError `ADDRESS_INVALID` */
  public async standing(address: string): Promise<AccountStanding> {
    const account = checkedAddress('address', address);
    const [row]: { votes: string; balance: string; delegate: string | null; since: Date | null }[] =
      await this.dataSource.query(
        `SELECT coalesce((SELECT sum(votes) FROM delegate_current WHERE delegate = $1), 0)::text AS votes,
           coalesce((SELECT sum(balance) FROM token_balance WHERE account = $1), 0)::text AS balance,
           d.delegate, d.since
         FROM (SELECT) one LEFT JOIN delegation_current d ON d.delegator = $1`,
        [account],
      );
    const { votes = '0', balance = '0', delegate = null, since = null } = row ?? {};
    const chosen = delegate !== null && !/^0x0{40}$/.test(delegate) ? delegate : null;
    return {
      ...{ address: account, votes: BigInt(votes), balance: BigInt(balance) },
      ...{ delegate: chosen, delegateSince: chosen === null ? null : since },
    };
  }

  /**
   * How the votes of an account changed, the newest change first unless told otherwise.
   *
   * @param range both ends count; without it all changes
   * @throws GovernanceError `ADDRESS_INVALID` when `address` is none, `PAGE_INVALID` when `first` is not within 1 and 200
   * @throws InvalidCursorError when `after` is no cursor of this list
   */
  public async powerHistory(
    address: string,
    page: PageRequest,
    range: TimeRange = {},
    sort: PowerSort = 'NEWEST',
  ): Promise<Page<PowerChange>> {
    const rows = `SELECT block_time, previous_votes::text, new_votes::text, block_number, log_index, tx_hash
      FROM delegate_votes_changed WHERE delegate = $1
        AND ($2::timestamptz IS NULL OR block_time >= $2) AND ($3::timestamptz IS NULL OR block_time <= $3)`;
    const values = [checkedAddress('address', address), range.from ?? null, range.to ?? null];
    const direction = sort === 'OLDEST' ? 'ASC' : 'DESC';
    return this.page({ rows, values, order: { keys: PLACE, direction } }, page, toPowerChange);
  }

  /**
   * Holders whose tokens the account votes with, itself among them, the largest first unless told otherwise. Who holds
   * nothing is left out.
   *
   * @throws GovernanceError `ADDRESS_INVALID` when `address` is none, `PAGE_INVALID` when `first` is not within 1 and 200
   * @throws InvalidCursorError when `after` is no cursor of this list
   */
  public async delegators(
    address: string,
    page: PageRequest,
    sort: DelegatorSort = 'LARGEST',
  ): Promise<Page<Delegator>> {
    const rows = `SELECT d.delegator, b.balance, d.since, d.tx_hash, d.block_number, d.log_index
      FROM delegation_current d JOIN token_balance b ON b.chain_id = d.chain_id AND b.account = d.delegator
      WHERE d.delegate = $1 AND b.balance > 0`;
    const values = [checkedAddress('address', address)];
    return this.page({ rows, values, order: DELEGATOR_ORDERS[sort] }, page, toDelegator);
  }

  private page<Row, Item>(
    listing: Parameters<typeof readPage>[1],
    page: PageRequest,
    toItem: (row: Row) => Item,
  ): Promise<Page<Item>> {
    return readPage((sql, values) => this.dataSource.query(sql, values), listing, page, toItem);
  }
}

interface PowerRow extends Record<'previous_votes' | 'new_votes' | 'block_number' | 'tx_hash', string> {
  readonly block_time: Date;
}

function toPowerChange(row: PowerRow): PowerChange {
  return {
    ...{ at: row.block_time, previousVotes: BigInt(row.previous_votes), votes: BigInt(row.new_votes) },
    ...{ blockNumber: row.block_number, txHash: row.tx_hash },
  };
}

interface DelegatorRow extends Record<'delegator' | 'balance' | 'tx_hash', string> {
  readonly since: Date;
}

function toDelegator({ delegator, balance, since, tx_hash: txHash }: DelegatorRow): Delegator {
  return { address: delegator, balance: BigInt(balance), since, txHash };
}
