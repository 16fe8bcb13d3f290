import { artifactOf } from '@tallyhouse/forecasting';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';

const CHAIN = 31_337;
const DAY_MS = 86_400_000;
const FAMILY_ID = `0x${'fa'.repeat(32)}`;
/** A Monday: the first week that has not begun is the next one. */
export const NOW = new Date('2026-03-02T12:00:00Z');

export const digest = (of: number): Hex => `0x${of.toString(16).padStart(64, '0')}`;

/** Of all that the partner reports; how far it has reported is read from it. */
const DAILY = digest(0xd);

/** The artifact of a method without weights. */
export function methodArtifact(
  forecaster: string,
  frequency: 'weekly' | 'daily' = 'weekly',
  family: 'demand' | 'lead-time' = 'demand',
): Uint8Array {
  return artifactOf({
    family,
    forecaster,
    config: { lowerBound: 0 },
    featureSpec: { measure: 'DEMAND', frequency },
    dataRoot: null,
    dataBlock: null,
  });
}

/** Facts of the chain, as the indexer writes them: a block each. */
export class ShadowWorld {
  private block = 0;

  public constructor(private readonly source: DataSource) {}

  public async fact(table: string, columns: Readonly<Record<string, unknown>>): Promise<void> {
    this.block += 1;
    const row = {
      chain_id: CHAIN,
      block_number: this.block,
      block_hash: digest(this.block),
      log_index: 0,
      tx_hash: digest(this.block),
      block_time: NOW,
      ...columns,
    };
    const places = Object.keys(row).map((_, index) => `$${index + 1}`);
    await this.source.query(
      `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${places.join(', ')})`,
      Object.values(row),
    );
  }

  /** An indexed chain with the demand family, and weekly series that nothing was observed of yet. */
  public async begin(series: number): Promise<void> {
    await this.source.query(
      `INSERT INTO chain_checkpoint (chain_id, block_number, block_hash, block_time, genesis_hash, contracts_digest,
         head_number, updated_at, writer_epoch) VALUES ($1, 20, '0x20', $2, '0x0', '', 20, now(), 1)`,
      [CHAIN, NOW],
    );
    await this.fact('model_family_registered', { family: FAMILY_ID, name: 'demand' });
    await this.source.query(
      `INSERT INTO series (id, partner, measure, frequency, grain, product, label)
       SELECT '0x' || lpad(at::text, 64, '0'), 'p', 'DEMAND', 'WEEKLY', 'PRODUCT', at::text, at::text
       FROM generate_series(1, $1::integer) at
       UNION ALL SELECT $2, 'p', 'DEMAND', 'DAILY', 'TOTAL', NULL, 'all'`,
      [series, DAILY],
    );
  }

  /** What is sold in the weeks from a Monday on; the partner has reported all of their days. */
  public async observe(
    start: Date,
    weeks: number,
    sold: (series: number, week: number) => number,
  ): Promise<void> {
    const rows: { id: string }[] = await this.source.query(
      "SELECT id FROM series WHERE frequency = 'WEEKLY' ORDER BY id",
    );
    const at = (days: number): Date => new Date(start.getTime() + days * DAY_MS);
    for (const [series, { id }] of rows.entries())
      for (let week = 0; week < weeks; week++) await this.observation(id, at(week * 7), sold(series, week));
    for (let day = 0; day < weeks * 7; day++) await this.observation(DAILY, at(day), 1);
  }

  public async version(versionId: Hex, artifactSha256: Hex): Promise<void> {
    await this.fact('model_version_proposed', {
      ...{ family: FAMILY_ID, version_id: versionId, proposer: '0x', artifact_sha256: artifactSha256 },
      ...{ report_sha256: '0x', data_root: '0x', data_block: 0, uri: '' },
    });
  }

  public async activate(versionId: Hex, artifactSha256: Hex): Promise<void> {
    await this.fact('model_version_activated', {
      ...{ family: FAMILY_ID, version_id: versionId, previous_version_id: '0x' },
      artifact_sha256: artifactSha256,
    });
    await this.source.query(
      `INSERT INTO model_runtime (family, running_version_id, running_artifact_sha256, wanted_version_id,
         wanted_artifact_sha256, state, since) VALUES ('demand', $1, $2, $1, $2, 'RUNNING', now())
       ON CONFLICT (family) DO UPDATE SET running_version_id = $1, running_artifact_sha256 = $2`,
      [versionId, artifactSha256],
    );
  }

  /** A proposal to put a version in force; its vote ends so many days from now, without a ballot. */
  public async proposal(versionId: Hex, endsInDays: number): Promise<void> {
    await this.fact('proposal_created', {
      ...{ proposer: '0x', targets: ['0x'], call_values: ['0'], signatures: [''] },
      ...{ proposal_id: `${this.block}`, calldatas: [`0x59db6e85${versionId.slice(2)}`] },
      vote_start: new Date(NOW.getTime() + (endsInDays - 1) * DAY_MS),
      vote_end: new Date(NOW.getTime() + endsInDays * DAY_MS),
      ...{ description: '', description_hash: '0x' },
    });
  }

  /** The root of each run is on chain. */
  public async commitAll(): Promise<void> {
    const runs: { root: string; version_id: string }[] = await this.source.query(
      `SELECT root, version_id FROM forecast_run r
       WHERE NOT EXISTS (SELECT FROM forecast_committed c WHERE c.root = r.root) ORDER BY seq`,
    );
    for (const { root, version_id } of runs)
      await this.fact('forecast_committed', {
        ...{ family: FAMILY_ID, version_id, root, as_of: NOW, first_target: NOW, count: 1, committer: '0x' },
      });
  }

  private async observation(series: string, start: Date, value: number): Promise<void> {
    await this.source.query('INSERT INTO observation VALUES ($1, $2, $3, 1)', [series, start, value]);
  }
}
