import { Injectable } from '@nestjs/common';
import { decodeCursor, pageOf, type Page } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { GovernanceError } from '../governance.errors.js';
import {
  PROPOSAL_COLUMNS,
  toProposal,
  toVote,
  VOTE_COLUMNS,
  type Proposal,
  type ProposalRow,
  type ProposalState,
  type Vote,
  type VoteRow,
} from './proposal-row.js';

const MAX_PAGE = 200;

/** A stretch of a list: at most 200 rows after a cursor of the same list. */
export interface PageRequest {
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** Which model a proposal would put, or has put, in force, and in place of which. */
export interface ModelChange {
  readonly proposalId: string;
  readonly family: string;
  /** Replaced by the execution; before it, the version in force now. Null when the family has none. */
  readonly fromVersionId: string | null;
  readonly toVersionId: string;
}

/** Reads proposals, their votes and what they change. */
@Injectable()
export class ProposalReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Newest first.
   *
   * @throws InvalidCursorError when `after` is no cursor of this list
   * @throws GovernanceError `PAGE_INVALID` when `first` is not within 1 and 200
   */
  public async list({
    first,
    after,
    state,
  }: PageRequest & { state?: ProposalState | null }): Promise<Page<Proposal>> {
    const [block, logIndex] = after ? decodeCursor(after, 2).map(integer) : [null, null];
    const rows = await this.query<ProposalRow>(
      `SELECT ${PROPOSAL_COLUMNS} FROM proposal_current
       WHERE ($1::text IS NULL OR state = $1)
         AND ($2::bigint IS NULL OR (created_block, created_log_index) < ($2::bigint, $3::integer))
       ORDER BY created_block DESC, created_log_index DESC LIMIT $4`,
      [state ?? null, block, logIndex, limit(first) + 1],
    );
    const positions = ({ createdBlock, createdLogIndex }: Proposal) => [createdBlock, createdLogIndex];
    return pageOf(rows.map(toProposal), first, positions);
  }

  /** @param id decimal, as the governor gives it. @returns null when there is no such proposal */
  public async get(id: string): Promise<Proposal | null> {
    return (await this.getMany([id]))[0] ?? null;
  }

  /** In the order of the ids; null where there is no such proposal. */
  public async getMany(ids: readonly string[]): Promise<(Proposal | null)[]> {
    const rows = await this.query<ProposalRow>(
      `SELECT ${PROPOSAL_COLUMNS} FROM proposal_current WHERE proposal_id = ANY($1)`,
      [ids],
    );
    const proposals = new Map(rows.map((row) => [row.proposal_id, toProposal(row)]));
    return ids.map((id) => proposals.get(id) ?? null);
  }

  /** Votes of one proposal, oldest first. Throws as {@link list} does. */
  public async votes(proposalId: string, { first, after }: PageRequest): Promise<Page<Vote>> {
    const [block, logIndex] = after ? decodeCursor(after, 2).map(integer) : [null, null];
    const rows = await this.query<VoteRow>(
      `SELECT ballot.*, CASE WHEN is_override THEN 0 ELSE coalesce((
           SELECT sum(taken.weight) FROM vote_reduced taken
           WHERE taken.proposal_id = ballot.proposal_id AND taken.delegate = ballot.voter), 0) END AS reduced_by
       FROM (
         SELECT ${VOTE_COLUMNS}, false AS is_override FROM vote_cast
         UNION ALL SELECT ${VOTE_COLUMNS}, true FROM override_vote_cast
       ) ballot
       WHERE proposal_id = $1 AND ($2::bigint IS NULL OR (block_number, log_index) > ($2::bigint, $3::integer))
       ORDER BY block_number, log_index LIMIT $4`,
      [proposalId, block, logIndex, limit(first) + 1],
    );
    return pageOf(rows.map(toVote), first, (vote) => [vote.blockNumber, vote.logIndex]);
  }

  /** The first activation of each proposal that has one, in the order of the ids; null for the others. */
  public async modelChanges(proposalIds: readonly string[]): Promise<(ModelChange | null)[]> {
    const rows = await this.query<{ proposal_id: string; family: string; from: string | null; to: string }>(
      `SELECT DISTINCT ON (change.proposal_id) change.proposal_id, change.family, change.version_id AS to,
         CASE WHEN done.version_id IS NULL THEN active.version_id ELSE done.previous_version_id END AS from
       FROM proposal_model_change change
       LEFT JOIN model_activation done USING (chain_id, proposal_id, version_id)
       LEFT JOIN model_active active ON active.chain_id = change.chain_id AND active.family = change.family
       WHERE change.proposal_id = ANY($1) ORDER BY change.proposal_id, change.call_index`,
      [proposalIds],
    );
    const changes = new Map(
      rows.map((row) => [
        row.proposal_id,
        {
          proposalId: row.proposal_id,
          family: row.family,
          fromVersionId: known(row.from),
          toVersionId: row.to,
        },
      ]),
    );
    return proposalIds.map((id) => changes.get(id) ?? null);
  }

  /** For each version the newest proposal that asks for it, in the order of the ids; null where there is none. */
  public async proposalsOfVersions(versionIds: readonly string[]): Promise<(string | null)[]> {
    const rows = await this.query<{ version_id: string; proposal_id: string }>(
      `SELECT DISTINCT ON (version_id) version_id, proposal_id FROM proposal_model_change
       WHERE version_id = ANY($1) ORDER BY version_id, created_block DESC, created_log_index DESC`,
      [versionIds],
    );
    const proposals = new Map(rows.map((row) => [row.version_id, row.proposal_id]));
    return versionIds.map((id) => proposals.get(id) ?? null);
  }

  private query<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    return this.dataSource.query(sql, values);
  }
}

/** Checks the size of a page. */
export function limit(first: number): number {
  if (Number.isInteger(first) && first >= 1 && first <= MAX_PAGE) return first;
  throw new GovernanceError('PAGE_INVALID', `first: expected a whole number from 1 to ${MAX_PAGE}`);
}

function integer(part: string | number): number {
  return Number.isSafeInteger(part) ? (part as number) : 0;
}

/** The registry writes 32 zero bytes for "no version". */
function known(versionId: string | null): string | null {
  return versionId === null || /^0x0{64}$/.test(versionId) ? null : versionId;
}
