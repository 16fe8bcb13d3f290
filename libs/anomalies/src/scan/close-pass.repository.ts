import type { EntityManager } from 'typeorm';
import type { ScanPass } from './scan-pass.js';

/** The loosest level that anybody may set; what lies above it is not kept. */
export const KEPT_LEVEL = 0.25;

const NAMES = `series_id, period_start, value, expected, p_value, q_value, detector, explanation, window_start, window_end,
  model_version, from_block`;

/**
 * Brings the stored anomalies to what the candidates of a scan say, and ends it; null where they had said the same before, or the scan
 * is not where the caller left it.
 */
export async function closePass(
  manager: EntityManager,
  { measure, frequency, lastSeries }: ScanPass,
  version: string,
  block: number,
  now: Date,
): Promise<number | null> {
  const subject = [measure, frequency];
  const there = await manager.query<unknown[]>(LOCK, [...subject, lastSeries, version]);
  if (there.length === 0) return null;
  const [known] = await manager.query<{ anomalies: number }[]>(SAME, [...subject, version]);
  if (!known) {
    await manager.query(FRESH, [...subject, version, block, KEPT_LEVEL]);
    await manager.query('ALTER TABLE fresh_anomaly ADD PRIMARY KEY (series_id, period_start)');
    await manager.query(CLOSE, [...subject, block]);
    await manager.query(`INSERT INTO anomaly (${NAMES}) SELECT ${NAMES} FROM fresh_anomaly
      ON CONFLICT (series_id, period_start) WHERE to_block IS NULL DO NOTHING`);
  }
  const [noted] = await manager.query<{ anomalies: number }[]>(NOTE, [
    ...subject,
    known?.anomalies ?? null,
    block,
    now,
  ]);
  if (!known) await manager.query('DROP TABLE fresh_anomaly');
  await manager.query('DELETE FROM anomaly_pass WHERE (measure, frequency) = ($1, $2)', subject);
  return known || !noted ? null : noted.anomalies;
}

const LOCK = `
  SELECT 1 FROM anomaly_pass WHERE (measure, frequency, last_series, model_version) = ($1, $2, $3, $4) FOR UPDATE`;

/** The last scan, where it saw the same series. */
const SAME = `
  SELECT s.anomalies FROM anomaly_scan s JOIN anomaly_pass p USING (measure, frequency, model_version, data_sha256)
  WHERE (measure, frequency, model_version) = ($1, $2, $3)`;

/**
 * Of all series of a period those within the loosest level (Benjamini and Hochberg 1995): a thousand series give fifty
 * values rarer than one in twenty every week, and none of them need be news. `qValues` says the same of one list.
 */
const FRESH = `
  CREATE TEMP TABLE fresh_anomaly ON COMMIT DROP AS
  SELECT series_id, period_start, value, expected, p_value, q_value, detector, explanation, window_start, window_end,
    $3::text AS model_version, $4::bigint AS from_block
  FROM (
    SELECT c.*, LEAST(1, min(c.p_value * c.tests / c.place) OVER (PARTITION BY c.period_start ORDER BY c.place DESC)) AS q_value
    FROM (
      SELECT found.*, t.series AS tests,
        row_number() OVER (PARTITION BY found.period_start ORDER BY found.p_value, found.series_id) AS place
      FROM anomaly_candidate found JOIN anomaly_tested t USING (measure, frequency, period_start)
      WHERE (found.measure, found.frequency) = ($1::text, $2::text)
    ) c
  ) held
  WHERE q_value <= $5::float8 AND EXISTS (SELECT FROM series s WHERE s.id = held.series_id)`;

/** Standing anomalies of the scanned series that the fresh scan does not say word for word. */
const CLOSE = `
  UPDATE anomaly a SET to_block = GREATEST($3, a.from_block)
  FROM series s
  WHERE s.id = a.series_id AND s.measure = $1 AND s.frequency = $2 AND a.to_block IS NULL
    AND NOT EXISTS (
      SELECT 1 FROM fresh_anomaly f
      WHERE (f.series_id, f.period_start, f.value, f.p_value, f.q_value, f.model_version)
          = (a.series_id, a.period_start, a.value, a.p_value, a.q_value, a.model_version))`;

const NOTE = `
  INSERT INTO anomaly_scan (measure, frequency, data_sha256, model_version, series, anomalies, as_of_block, scanned_at,
    observation_seq, period_end)
  SELECT measure, frequency, data_sha256, model_version, series,
    COALESCE($3::integer, (SELECT count(*)::integer FROM anomaly a JOIN series s ON s.id = a.series_id
      WHERE s.measure = $1 AND s.frequency = $2 AND a.to_block IS NULL)), $4, $5, observation_seq, period_end
  FROM anomaly_pass WHERE (measure, frequency) = ($1::text, $2::text)
  ON CONFLICT (measure, frequency) DO UPDATE SET data_sha256 = EXCLUDED.data_sha256,
    model_version = EXCLUDED.model_version, series = EXCLUDED.series, anomalies = EXCLUDED.anomalies,
    as_of_block = EXCLUDED.as_of_block, scanned_at = EXCLUDED.scanned_at,
    observation_seq = EXCLUDED.observation_seq, period_end = EXCLUDED.period_end
  RETURNING anomalies`;
