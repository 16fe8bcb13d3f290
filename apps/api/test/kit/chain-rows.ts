import type { Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import { REPORT_SHA256 } from './evaluation-report.js';

export const PARTNER: Hex = `0x${'a1'.repeat(20)}`;
export const VOTER = `0x${'b2'.repeat(20)}`;
export const FAMILY_ID = `0x${'fa'.repeat(32)}`;
export const FIRST_VERSION = `0x${'01'.repeat(32)}`;
export const SECOND_VERSION = `0x${'02'.repeat(32)}`;
export const PROPOSAL_ID = '73';
const REGISTRY = `0x${'c3'.repeat(20)}`;
const ACTIVATE = '0x59db6e85';

/** Writes facts as the indexer does, a block each. */
export class ChainRows {
  private block = 0;

  public constructor(private readonly dataSource: DataSource) {}

  /** Number of the last block written. */
  public get head(): number {
    return this.block;
  }

  /** Inserts a fact in a block of its own, a minute after the one before. */
  public async fact(table: string, columns: Readonly<Record<string, unknown>>): Promise<void> {
    this.block += 1;
    const row = {
      chain_id: 31_337,
      block_number: this.block,
      block_hash: hash(this.block),
      log_index: 0,
      tx_hash: hash(1_000_000 + this.block),
      block_time: this.time(),
      ...columns,
    };
    const names = Object.keys(row);
    const places = names.map((_, index) => `$${index + 1}`);
    await this.dataSource.query(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${places.join(', ')})`,
      Object.values(row),
    );
  }

  /** Moves the checkpoint to the last block written. */
  public async checkpoint(): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO chain_checkpoint (chain_id, block_number, block_hash, block_time, genesis_hash, contracts_digest,
         head_number, updated_at)
       VALUES (31337, $1, $2, $3, $4, $4, $5, now())
       ON CONFLICT (chain_id) DO UPDATE SET block_number = $1, block_hash = $2, block_time = $3, head_number = $5`,
      [this.block, hash(this.block), this.time(), hash(0), this.block + 2],
    );
  }

  /** Anchors the oldest sealed batch that is not on chain yet. */
  public async anchorNext(): Promise<void> {
    const [batch]: Record<string, unknown>[] = await this.dataSource.query(
      `SELECT partner, root, seq, count, prev_head, head, schema_id, submitter, uri FROM anchor_batch b
       WHERE NOT EXISTS (SELECT FROM trace_anchored t WHERE t.root = b.root) ORDER BY seq LIMIT 1`,
    );
    await this.fact('trace_anchored', batch!);
  }

  /** Commits the root of a forecast run. */
  public async commitment(versionId: string, root: string): Promise<void> {
    await this.fact('forecast_committed', {
      family: FAMILY_ID,
      version_id: versionId,
      root,
      as_of: '2026-03-30Z',
      first_target: '2026-03-30Z',
      count: 2,
      committer: VOTER,
    });
  }

  /** A partner, a family with two versions, the first set up in the beginning, the second put to an open vote. */
  public async governance(): Promise<void> {
    await this.fact('partner_registered', {
      partner: PARTNER,
      gln: '9521141000014',
      name: 'Riverside Packers',
      metadata_hash: hash(5),
    });
    await this.fact('model_family_registered', { family: FAMILY_ID, name: 'demand' });
    await this.version(FIRST_VERSION, 11);
    await this.fact('model_version_activated', {
      family: FAMILY_ID,
      version_id: FIRST_VERSION,
      previous_version_id: `0x${'00'.repeat(32)}`,
      artifact_sha256: hash(11),
    });
    await this.version(SECOND_VERSION, 12);
    await this.fact('token_transfer', { sender: `0x${'00'.repeat(20)}`, recipient: VOTER, amount: '1000' });
    await this.fact('delegate_changed', {
      delegator: VOTER,
      from_delegate: `0x${'00'.repeat(20)}`,
      to_delegate: VOTER,
    });
    await this.fact('delegate_votes_changed', { delegate: VOTER, previous_votes: '0', new_votes: '1000' });
    await this.proposal(PROPOSAL_ID, 'Demand model 2\n\nBetter on lanes.');
    await this.vote(PROPOSAL_ID, VOTER, '1000');
  }

  public async vote(proposalId: string, voter: string, weight: string): Promise<void> {
    await this.fact('vote_cast', { proposal_id: proposalId, voter, support: 1, weight, reason: 'measured' });
  }

  public async proposal(proposalId: string, description: string): Promise<void> {
    await this.fact('proposal_created', {
      proposal_id: proposalId,
      proposer: VOTER,
      targets: [REGISTRY],
      call_values: ['0'],
      signatures: [''],
      calldatas: [ACTIVATE + SECOND_VERSION.slice(2)],
      vote_start: new Date(this.time().getTime() + 60_000),
      vote_end: new Date(this.time().getTime() + 86_400_000),
      description,
      description_hash: hash(9),
    });
  }

  private async version(versionId: string, artifact: number): Promise<void> {
    await this.fact('model_version_proposed', {
      family: FAMILY_ID,
      version_id: versionId,
      proposer: VOTER,
      artifact_sha256: hash(artifact),
      report_sha256: REPORT_SHA256,
      data_root: hash(13),
      data_block: '3',
      uri: 'artifact:demand',
    });
  }

  private time(): Date {
    return new Date(Date.UTC(2026, 1, 1, 0, this.block));
  }
}

/** 32 bytes that end in a number. */
export function hash(number: number): string {
  return `0x${number.toString(16).padStart(64, '0')}`;
}
