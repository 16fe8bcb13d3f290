import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { factsMoments, recordDerivations } from '@tallyhouse/database';
import { CommitmentRepository, ScoreService, SeriesRefreshService } from '@tallyhouse/forecasting';
import { ForecastRunService, type Forecaster, type PanelRepository } from '@tallyhouse/forecasting';
import { TextLabelling, TextLabelReader } from '@tallyhouse/nlp';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../../../../migrations/data-source.js';

jest.setTimeout(60_000);

const CHAIN = 31_337;
const NOW = new Date('2026-03-04T00:00:00Z');
const VERSION = `0x${'1'.repeat(64)}` as const;
const MODEL = {
  ...{ family: 'demand', versionId: VERSION, artifactSha256: VERSION, proposalId: null },
  ...{ measure: 'DEMAND' as const, frequency: 'weekly' as const },
};
const CONTEXT = {} as never;

/** A panel that says `level`, and a forecaster that says the same: the chain's data are the test's. */
function panelOf(level: () => number): PanelRepository {
  const day = 86_400_000;
  const end = Math.floor((NOW.getTime() + 3 * day) / (7 * day));
  const panel = (): Promise<unknown> =>
    Promise.resolve({
      end,
      hierarchy: { leaves: [], sums: [] },
      panel: { frequency: 'weekly', start: end - 2, series: [{ id: VERSION, values: [level(), level()] }] },
    });
  return { panel } as unknown as PanelRepository;
}

const forecaster = {
  fit: () =>
    Promise.resolve({
      predict: (horizon: number, levels: readonly number[]) => {
        const mean = Array.from({ length: horizon }, () => 5);
        return Promise.resolve([{ id: VERSION, method: 'mean', mean, quantiles: levels.map(() => mean) }]);
      },
    }),
} as unknown as Forecaster;

describe('what the worker derived from blocks that are gone', () => {
  let postgres: LocalPostgres;
  let source: DataSource;
  let level = 5;
  let runs: ForecastRunService;
  beforeAll(async () => {
    postgres = await startPostgres();
    source = await migrationDataSource(await postgres.createTestDatabase('taken_back')).initialize();
    await source.runMigrations();
    runs = new ForecastRunService(
      source,
      panelOf(() => level),
    );
    await source.query(
      `INSERT INTO series (id, partner, measure, frequency, grain, label) VALUES ($1, 'p', 'DEMAND', 'WEEKLY', 'TOTAL', 's')`,
      [VERSION],
    );
  }, 60_000);
  afterAll(async () => {
    await source.destroy();
    await postgres.stop();
  });
  beforeEach(async () => {
    await source.query('TRUNCATE chain_checkpoint, chain_rollback, derivation, forecast_run CASCADE');
    await source.query(
      `INSERT INTO chain_checkpoint (chain_id, block_number, block_hash, block_time, genesis_hash, contracts_digest,
         head_number, updated_at, writer_epoch) VALUES ($1, 20, '0x20', now(), '0x0', '', 20, now(), 1)`,
      [CHAIN],
    );
  });

  /** What the indexer does in the transaction that takes blocks back. */
  const rollBackTo = async (block: number): Promise<void> => {
    await source.transaction(async (manager) => {
      await manager.query('UPDATE chain_checkpoint SET block_number = $1', [block]);
      await manager.query(
        `INSERT INTO chain_rollback (chain_id, from_number, from_hash, to_number, to_hash, rolled_back_at)
         VALUES ($1, 20, '0x20', $2, '0x', clock_timestamp())`,
        [CHAIN, block],
      );
      await manager.query(
        'UPDATE derivation SET stale_from = least(stale_from, $1::bigint + 1) WHERE block_number > $1',
        [block],
      );
    });
  };
  const stale = async (): Promise<string[]> =>
    (
      (await source.query(
        'SELECT DISTINCT name FROM derivation WHERE stale_from IS NOT NULL ORDER BY name',
      )) as {
        name: string;
      }[]
    ).map(({ name }) => name);
  const run = (): Promise<string | null> =>
    runs.run({ model: MODEL, forecaster, context: CONTEXT, horizon: 2, now: NOW, block: 20 });
  const open = async (): Promise<string[]> =>
    (await new CommitmentRepository(source).uncommitted(NOW)).map(({ id }) => id);

  it('series are marked until they are made again, and no forecast is made of them meanwhile', async () => {
    const series = new SeriesRefreshService(source);
    await series.refresh();
    await rollBackTo(15);
    expect(await stale()).toEqual(['series']);
    expect(await run()).toBeNull();
    await series.refresh();
    expect(await stale()).toEqual([]);
    expect(await run()).not.toBeNull();
  });

  it('a forecast of data that the new branch gives again stands', async () => {
    level = 5;
    const id = await run();
    await rollBackTo(15);
    expect(await stale()).toEqual(['forecast-run']);
    expect(await run()).toBeNull();
    expect(await stale()).toEqual([]);
    expect(await runs.withdrawStale()).toBe(0);
    expect(await open()).toEqual([id]);
  });

  it('a forecast of data that are gone is withdrawn, made anew, and stands again if they come back', async () => {
    level = 6;
    const first = await run();
    await rollBackTo(15);
    level = 7;
    const second = await run();
    expect(await runs.withdrawStale()).toBe(1);
    expect(await open()).toEqual([second]);
    level = 6;
    expect(await run()).toBeNull();
    expect(new Set(await open())).toEqual(new Set([first, second]));
  });

  it('is withdrawn only once nothing waits for the chain any more', async () => {
    level = 8;
    await run();
    await rollBackTo(15);
    await source.query(
      `INSERT INTO anchor_batch (partner, submitter, seq, root, count, prev_head, head, schema_id, uri, sealed_at)
       VALUES ('p', 'p', 1, '0x01', 1, '0x', '0x', '0x', 'm', now())`,
    );
    expect(await runs.withdrawStale()).toBe(0);
    await source.query('DELETE FROM anchor_batch');
    expect(await runs.withdrawStale()).toBe(1);
  });

  it('scores are taken back with the commitment that they rest on', async () => {
    level = 9;
    const id = (await run())!;
    await source.query(`INSERT INTO forecast_score VALUES ($1, $2, 1, 5, 0, 0, 0, true, now())`, [
      id,
      VERSION,
    ]);
    await recordDerivations(source.manager, 'forecast-score', [id], await factsMoments(source));
    const scores = async (): Promise<number> =>
      ((await source.query('SELECT FROM forecast_score')) as unknown[]).length;
    await new ScoreService(source).scoreDue(NOW);
    expect(await scores()).toBe(1);
    await rollBackTo(15);
    await new ScoreService(source).scoreDue(NOW);
    expect(await scores()).toBe(0);
  });

  it('labels are not shown while the activation of their model is gone, and again once it is back', async () => {
    const labelling = new TextLabelling(source);
    const other = `0x${'2'.repeat(64)}`;
    for (const version of [VERSION, other])
      await source.query(
        `INSERT INTO text_label (text_sha256, version_id, artifact_sha256, answer, labels, probabilities, familiarity, labelled_at)
         VALUES (decode(repeat('01', 32), 'hex'), $1, '', 'UNSURE', '{}', '{}', 1, now())`,
        [version],
      );
    const activate = (version: string): Promise<unknown> =>
      source.query(
        `INSERT INTO model_version_activated (chain_id, block_number, block_hash, log_index, tx_hash, block_time, family,
           version_id, previous_version_id, artifact_sha256)
         SELECT $1, 3, '0x3', count(*), '0x', now(), 'f', $2, '0x', '' FROM model_version_activated`,
        [CHAIN, version],
      );
    await activate(other);
    await recordDerivations(source.manager, 'labels', [VERSION, other], await factsMoments(source));
    await rollBackTo(15);
    const shown = async (): Promise<string[]> => {
      await labelling.confirmMarked();
      const rows = await new TextLabelReader(source).ofTexts([`0x${'01'.repeat(32)}`]);
      return rows.map(({ versionId }) => versionId);
    };
    expect(await shown()).toEqual([other]);
    await activate(VERSION);
    expect(await shown()).toHaveLength(2);
    expect(await stale()).toEqual([]);
  });
});
