import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  AuditedEventReader,
  AuditReferenceReader,
  AuditRunService,
  CustodyStatementReader,
  defaultRuleSet,
  EdgeBuilder,
  FindingReader,
  FindingStore,
} from '@tallyhouse/audit';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../../../../migrations/data-source.js';
import { fillDatabase } from '../backup/filled-database.fixture.js';
import { schemaOf } from './schema-of.fixture.js';

jest.setTimeout(120_000);

/** The first migration that is taken back; what is older was there before partners' data was guarded. */
const FIRST_BACK = 'NameSenders1764000220000';
const SUMMED = `SELECT id FROM series WHERE grain IN ('GROUP', 'COUNTRY')`;
const SHADOW = 'SELECT id FROM forecast_run WHERE is_shadow';

/** What those migrations bring and take away again; everything else has to be there afterwards. */
const LOST_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  capture_job: ['traceparent'],
  anchor_batch: ['traceparent'],
  forecast_run: ['traceparent', 'reconciliation', 'reconciliation_reason', 'has_baseline'],
  forecast: ['scale', 'baseline'],
  forecast_score: ['baseline_error'],
  session: ['passkey_id'],
  anomaly_scan: ['observation_seq', 'period_end'],
  anomaly: ['stream_id', 'event_id', 'novelty', 'event_stream_id'],
  anomaly_label: ['stream_id', 'event_stream_id', 'event_id'],
};
const LOST_ROWS: Readonly<Record<string, string>> = {
  forecast_run: 'is_shadow',
  forecast: `run_id IN (${SHADOW}) OR series_id IN (${SUMMED})`,
  forecast_score: `run_id IN (${SHADOW}) OR series_id IN (${SUMMED})`,
  series: `id IN (${SUMMED})`,
  observation: `series_id IN (${SUMMED})`,
  anomaly: `series_id IN (${SUMMED})`,
  anomaly_label: `series_id IN (${SUMMED})`,
};

describe('migrations of a filled database', () => {
  let postgres: LocalPostgres;
  let source: DataSource;
  let fresh: DataSource;
  beforeAll(async () => {
    postgres = await startPostgres();
    fresh = await migrationDataSource(await postgres.createTestDatabase('fresh')).initialize();
    await fresh.runMigrations();
    const url = await postgres.createTestDatabase('filled');
    await fillDatabase(url);
    source = await migrationDataSource(url).initialize();
    await auditAll(source);
    await forecastSome(source);
  });
  afterAll(async () => {
    await fresh.destroy();
    await source.destroy();
    await postgres.stop();
  });

  const tables = async (): Promise<string[]> => {
    const rows: { name: string }[] = await source.query(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
         AND NOT relispartition AND relname <> 'migrations' ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  };
  /** Of each table how many rows it has and the digest of their content, without what is lost. */
  const content = async (): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    for (const table of await tables()) {
      const [row]: [{ content: string }] = await source.query(
        `SELECT count(*) || ' ' || md5(coalesce(string_agg(line, E'\\n' ORDER BY line), '')) AS content
         FROM (SELECT (to_jsonb(t) - $1::text[])::text AS line FROM ${table} t
               WHERE NOT coalesce(${LOST_ROWS[table] ?? 'false'}, false)) lines`,
        [LOST_COLUMNS[table] ?? []],
      );
      found.set(table, row.content);
    }
    return found;
  };

  it('back and forth lose nothing but what they say, and end with the schema of a fresh database', async () => {
    const before = await content();
    for (const table of ['epcis_event', 'edge', 'finding', 'forecast', 'forecast_score'])
      expect([table, before.get(table)]).toEqual([table, expect.stringMatching(/^[1-9]/)]);
    while (await isThere(source)) await source.undoLastMigration();
    const older = await tables();
    expect(older).not.toContain('data_grant');
    await source.runMigrations();
    const [lines, wanted] = [new Set(await schemaOf(source)), new Set(await schemaOf(fresh))];
    expect([...lines].filter((line) => !wanted.has(line))).toEqual([]);
    expect([...wanted].filter((line) => !lines.has(line))).toEqual([]);
    expect(lines.size).toBeGreaterThan(5_000);
    const after = await content();
    const kept = (all: Map<string, string>): [string, string | undefined][] =>
      older.map((table) => [table, all.get(table)]);
    expect(kept(after)).toEqual(kept(before));
  });
});

async function isThere(source: DataSource): Promise<boolean> {
  const rows: unknown[] = await source.query('SELECT 1 FROM migrations WHERE name = $1', [FIRST_BACK]);
  return rows.length > 0;
}

/** Edges and findings of all that was captured. */
async function auditAll(source: DataSource): Promise<void> {
  await new EdgeBuilder(source).run();
  const findings = new FindingStore(source, new FindingReader(source));
  const readers = [new AuditedEventReader(source), new AuditReferenceReader(source)] as const;
  const audits = new AuditRunService(source, ...readers, findings, new CustodyStatementReader(source));
  await audits.run(defaultRuleSet(), new Date('2035-01-01Z'));
}

/** A series of before and one of since, forecast in force and in shadow, scored, and labelled by somebody. */
async function forecastSome(source: DataSource): Promise<void> {
  const [plain, summed] = [`0x${'1'.repeat(64)}`, `0x${'2'.repeat(64)}`];
  await source.query(
    `INSERT INTO series (id, partner, measure, frequency, grain, product, product_group, label) VALUES
       ($1, 'p', 'DEMAND', 'WEEKLY', 'PRODUCT', 'a', NULL, 'a'), ($2, 'p', 'DEMAND', 'WEEKLY', 'GROUP', NULL, 'g', 'g')`,
    [plain, summed],
  );
  await source.query(`
    INSERT INTO observation SELECT id, '2026-01-05Z', 5, 2 FROM series;
    INSERT INTO forecast_run (id, family, version_id, artifact_sha256, frequency, as_of, first_target, as_of_block,
        data_sha256, levels, root, count, created_at, is_shadow, reconciliation, traceparent)
      SELECT gen_random_uuid(), 'demand', '0xv', '0xa', 'WEEKLY', '2026-01-05Z', '2026-01-12Z', 4, '0xd', '{0.5}', '0xr',
        1, '2026-01-06Z', shadow, 'MINT', '00-' || repeat('a', 32) || '-' || repeat('b', 16) || '-01'
      FROM unnest('{false,true}'::boolean[]) shadow;
    INSERT INTO forecast (run_id, series_id, step, leaf_index, target_start, target_end, mean, quantiles, method, scale)
      SELECT r.id, s.id, 1, 0, '2026-01-12Z', '2026-01-19Z', 5.5, '{5}', 'naive', 2 FROM forecast_run r, series s;
    INSERT INTO forecast_score (run_id, series_id, step, actual, abs_error, smape, pinball, inside_80, scored_at,
        baseline_error) SELECT run_id, series_id, step, 6, 0.5, 0.1, 0.2, true, '2026-01-20Z', 1 FROM forecast;
    INSERT INTO anomaly (series_id, period_start, value, p_value, q_value, detector, explanation, window_start, window_end,
        model_version, from_block)
      SELECT id, '2026-01-05Z', 5, 0.1, 0.2, 'residual', 'more', '2025-01-01Z', '2026-01-05Z', 'v', 4 FROM series;
    INSERT INTO anomaly_label SELECT id, '2026-01-05Z', '0xpartner', 'REAL', 'seen', '2026-01-06Z' FROM series`);
}
