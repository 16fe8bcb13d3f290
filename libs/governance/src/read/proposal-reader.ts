import { Injectable } from '@nestjs/common';
import type { Page } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { readPage, type PageRequest } from './keyset.js';
import { proposalListing, type ProposalFilter, type ProposalSort } from './proposal-list.js';
import { PROPOSAL_COLUMNS, toProposal, type Proposal, type ProposalRow } from './proposal-row.js';

/** Which model a proposal would put, or has put, in force, and in place of which. */
export interface ModelChange {
  readonly proposalId: string;
  readonly family: string;
  /** Replaced by the execution; before it, the version in force now. Null when the family has none. */
  readonly fromVersionId: string | null;
  readonly toVersionId: string;
}

/** Reads proposals and what they change. */
@Injectable()
export class ProposalReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Proposals that match, newest first unless told otherwise.
   *
   * @throws InvalidCursorError when `after` is no cursor of this list
   * @throws GovernanceError `PAGE_INVALID` when `first` is not within 1 and 200, `FILTER_INVALID`, `ADDRESS_INVALID`
   */
  public list(
    page: PageRequest,
    filter: ProposalFilter = {},
    sort: ProposalSort = 'NEWEST',
  ): Promise<Page<Proposal>> {
    return readPage(
      (sql, values) => this.dataSource.query(sql, values),
      proposalListing(filter, sort),
      page,
      toProposal,
    );
  }

  /** @param id decimal, as the governor gives it. @returns null when there is no such proposal */
  public async get(id: string): Promise<Proposal | null> {
    return (await this.getMany([id]))[0] ?? null;
  }

  /** In the order of the ids; null where there is no such proposal. */
  public async getMany(ids: readonly string[]): Promise<(Proposal | null)[]> {
    const rows: ProposalRow[] = await this.dataSource.query(
      `SELECT ${PROPOSAL_COLUMNS} FROM proposal_current WHERE proposal_id = ANY($1)`,
      [ids],
    );
    const proposals = new Map(rows.map((row) => [row.proposal_id, toProposal(row)]));
    return ids.map((id) => proposals.get(id) ?? null);
  }

  /** The first activation of each proposal that has one, in the order of the ids; null for the others. */
  public async modelChanges(proposalIds: readonly string[]): Promise<(ModelChange | null)[]> {
    const rows: { proposal_id: string; family: string; from: string | null; to: string }[] =
      await this.dataSource.query(
        `SELECT DISTINCT ON (change.proposal_id) change.proposal_id, change.family, change.version_id AS to,
           CASE WHEN done.version_id IS NULL THEN active.version_id ELSE done.previous_version_id END AS from
         FROM proposal_model_change change
         LEFT JOIN model_activation done USING (chain_id, proposal_id, version_id)
         LEFT JOIN model_active active ON active.chain_id = change.chain_id AND active.family = change.family
         WHERE change.proposal_id = ANY($1) ORDER BY change.proposal_id, change.call_index`,
        [proposalIds],
      );
    const changes = new Map(
      rows.map(({ proposal_id: proposalId, family, from, to }) => {
        return [proposalId, { proposalId, family, fromVersionId: known(from), toVersionId: to }];
      }),
    );
    return proposalIds.map((id) => changes.get(id) ?? null);
  }

  /** For each version the newest proposal that asks for it, in the order of the ids; null where there is none. */
  public async proposalsOfVersions(versionIds: readonly string[]): Promise<(string | null)[]> {
    const rows: { version_id: string; proposal_id: string }[] = await this.dataSource.query(
      `SELECT DISTINCT ON (version_id) version_id, proposal_id FROM proposal_model_change
       WHERE version_id = ANY($1) ORDER BY version_id, created_block DESC, created_log_index DESC`,
      [versionIds],
    );
    const proposals = new Map(rows.map((row) => [row.version_id, row.proposal_id]));
    return versionIds.map((id) => proposals.get(id) ?? null);
  }
}

/** The registry writes 32 zero bytes for "no version". */
function known(versionId: string | null): string | null {
  return versionId === null || /^0x0{64}$/.test(versionId) ? null : versionId;
}
