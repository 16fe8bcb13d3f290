import { Injectable } from '@nestjs/common';
import type { Page } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { checkedAddress } from './address.js';
import { readPage, type Order, type PageRequest } from './keyset.js';
import { ballots, SUPPORT, toVote, type Vote, type VoteRow } from './vote-row.js';

/** In which order votes are listed. */
export type VoteSort = 'OLDEST' | 'NEWEST' | 'LARGEST';

/** Which votes; every given field must match. */
export interface VoteFilter {
  readonly support?: Vote['support'] | null;
  /** True: only those with a reason; false: only those without. */
  readonly withReason?: boolean | null;
  /** True: only votes over a delegate's head; false: only the others. */
  readonly isOverride?: boolean | null;
}

const MAX_AT_ONCE = 500;
const PLACE = [
  { sql: 'block_number', type: 'bigint' },
  { sql: 'log_index', type: 'bigint' },
] as const;
const ORDERS: Readonly<Record<VoteSort, Order>> = {
  OLDEST: { keys: PLACE, direction: 'ASC' },
  NEWEST: { keys: PLACE, direction: 'DESC' },
  LARGEST: { keys: [{ sql: 'weight', type: 'numeric' }, ...PLACE], direction: 'DESC' },
};

/** Reads votes, those over a delegate's head among them. */
@Injectable()
export class VoteReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Votes on one proposal, oldest first unless told otherwise.
   *
   * @throws InvalidCursorError when `after` is no cursor of this list
   * @throws GovernanceError `PAGE_INVALID` when `first` is not within 1 and 200
   */
  public ofProposal(
    proposalId: string,
    page: PageRequest,
    filter: VoteFilter = {},
    sort: VoteSort = 'OLDEST',
  ): Promise<Page<Vote>> {
    return this.page('proposal_id', proposalId, page, filter, sort);
  }

  /** Votes of one account, newest first unless told otherwise. Throws as {@link ofProposal}, and `ADDRESS_INVALID`. */
  public async ofVoter(
    voter: string,
    page: PageRequest,
    filter: VoteFilter = {},
    sort: VoteSort = 'NEWEST',
  ): Promise<Page<Vote>> {
    return this.page('voter', checkedAddress('address', voter), page, filter, sort);
  }

  /** Votes of blocks after `fromBlock` up to `toBlock`, oldest first, at most 500. */
  public async between(fromBlock: number, toBlock: number): Promise<Vote[]> {
    const rows: VoteRow[] = await this.dataSource.query(
      `${ballots('block_number > $1 AND block_number <= $2')} ORDER BY block_number, log_index LIMIT ${MAX_AT_ONCE}`,
      [fromBlock, toBlock],
    );
    return rows.map(toVote);
  }

  private page(
    column: 'proposal_id' | 'voter',
    value: string,
    page: PageRequest,
    { support, withReason, isOverride }: VoteFilter,
    sort: VoteSort,
  ): Promise<Page<Vote>> {
    const rows = `SELECT * FROM (${ballots(`${column} = $1`)}) ballot
      WHERE ($2::smallint IS NULL OR support = $2) AND ($3::boolean IS NULL OR (btrim(reason) <> '') = $3)
        AND ($4::boolean IS NULL OR is_override = $4)`;
    const values = [value, support ? SUPPORT.indexOf(support) : null, withReason ?? null, isOverride ?? null];
    const listing = { rows, values, order: ORDERS[sort] };
    return readPage((sql, all) => this.dataSource.query(sql, all), listing, page, toVote);
  }
}
