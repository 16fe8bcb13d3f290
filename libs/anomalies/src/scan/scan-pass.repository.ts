import { bulkInsert } from '@tallyhouse/database';
import type { EntityManager } from 'typeorm';
import { explanationOf } from './explanation.js';
import type { SeriesJudgement } from './judge-series.js';
import type { ScanBasis, ScanPass, ScanSlice, ScanSubject } from './scan-pass.js';

type Queries = Pick<EntityManager, 'query'>;

const CANDIDATE_COLUMNS = {
  measure: 'text',
  frequency: 'text',
  series_id: 'text',
  period_start: 'timestamptz',
  value: 'float8',
  expected: 'float8',
  p_value: 'float8',
  detector: 'text',
  explanation: 'text',
  window_start: 'timestamptz',
  window_end: 'timestamptz',
};
const TESTED_COLUMNS = { measure: 'text', frequency: 'text', period_start: 'timestamptz', series: 'int' };

/** The scan under way by this version, if any. */
export async function standingPass(
  queries: Queries,
  { measure, frequency }: ScanSubject,
  version: string,
): Promise<ScanPass | null> {
  const [row] = await queries.query<Omit<ScanPass, keyof ScanSubject>[]>(
    `SELECT observation_seq::text AS "observationSeq", period_end AS "end", as_of AS "asOf",
       last_series AS "lastSeries", data_sha256 AS "dataSha256"
     FROM anomaly_pass WHERE (measure, frequency, model_version) = ($1, $2, $3)`,
    [measure, frequency, version],
  );
  return row ? { measure, frequency, ...row } : null;
}

/** Begins a scan anew; false where the last one rested on the same. */
export async function openPass(
  queries: Queries,
  { measure, frequency }: ScanSubject,
  { observationSeq, end, asOf }: ScanBasis,
  version: string,
): Promise<boolean> {
  await queries.query('DELETE FROM anomaly_pass WHERE (measure, frequency) = ($1, $2)', [measure, frequency]);
  const rows = await queries.query<unknown[]>(
    `INSERT INTO anomaly_pass (measure, frequency, model_version, observation_seq, period_end, as_of, last_series, series, data_sha256)
     SELECT $1, $2, $3, $4, $5, $6, '', 0, ''
     WHERE NOT EXISTS (SELECT FROM anomaly_scan
       WHERE (measure, frequency, model_version, observation_seq, period_end) = ($1, $2, $3, $4, $5)) RETURNING 1`,
    [measure, frequency, version, observationSeq, end, asOf],
  );
  return rows.length > 0;
}

/** Keeps what a slice gave; nothing where another worker was quicker, or other parameters came into force. */
export async function keepSlice(
  manager: EntityManager,
  pass: ScanPass,
  slice: ScanSlice,
  judged: ReadonlyMap<string, SeriesJudgement>,
  version: string,
): Promise<void> {
  const { measure, frequency } = pass;
  const [moved] = await manager.query<[unknown[], number]>(
    `UPDATE anomaly_pass SET last_series = $4, data_sha256 = $5, series = series + $6
     WHERE (measure, frequency, last_series, model_version) = ($1, $2, $3, $7) RETURNING 1`,
    [measure, frequency, pass.lastSeries, slice.lastSeries, slice.dataSha256, slice.series.length, version],
  );
  if (moved.length === 0) return;
  const candidates = [...judged].flatMap(([seriesId, { candidates: found }]) =>
    found.map((one) => [
      ...[measure, frequency, seriesId, new Date(one.startMs), one.value, one.expected, one.pValue],
      ...[one.detector, explanationOf(one), new Date(one.windowStartMs), new Date(one.windowEndMs)],
    ]),
  );
  await bulkInsert(manager, 'anomaly_candidate', CANDIDATE_COLUMNS, candidates);
  const tested = new Map<number, number>();
  for (const { testedMs } of judged.values())
    for (const startMs of testedMs) tested.set(startMs, (tested.get(startMs) ?? 0) + 1);
  const counts = [...tested].map(([startMs, series]) => [measure, frequency, new Date(startMs), series]);
  await bulkInsert(manager, 'anomaly_tested', TESTED_COLUMNS, counts, ADD_TESTED);
}

const ADD_TESTED = `ON CONFLICT (measure, frequency, period_start)
  DO UPDATE SET series = anomaly_tested.series + EXCLUDED.series`;
