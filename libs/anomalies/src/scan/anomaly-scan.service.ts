import { Injectable } from '@nestjs/common';
import { seededRandom } from '@tallyhouse/compute';
import { bulkInsert } from '@tallyhouse/database';
import { DataSource, type EntityManager } from 'typeorm';
import type { SeriesTraits } from '../contract/detector.js';
import { explanationOf } from './explanation.js';
import { judgePanel, type PanelAnomaly } from './judge-panel.js';
import { judgeSeries, type PeriodSeries, type SeriesJudgement } from './judge-series.js';
import { modelVersionOf } from './model-version.js';

/** Series of one measure and frequency, as they are known at a block. */
export interface ScanRequest {
  readonly measure: string;
  readonly frequency: string;
  readonly traits: SeriesTraits;
  readonly series: readonly PeriodSeries[];
  /** SHA-256 of the series; a scan of the same series by the same version is not made again. */
  readonly dataSha256: string;
  readonly block: number;
  readonly now: Date;
}

const SEED = 1;
const SCAN_LOCK = 0xa40;

const COLUMNS = {
  series_id: 'text',
  period_start: 'timestamptz',
  value: 'float8',
  expected: 'float8',
  p_value: 'float8',
  q_value: 'float8',
  detector: 'text',
  explanation: 'text',
  window_start: 'timestamptz',
  window_end: 'timestamptz',
  model_version: 'text',
  from_block: 'int8',
};

/** Looks through series as they grow, and keeps what stands out. */
@Injectable()
export class AnomalyScanService {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Judges the series and brings the stored anomalies to what they say now, also back after a reorganisation: what no
   * longer holds is closed at the block, not deleted. One transaction.
   *
   * @returns how many anomalies stand, or null where nothing had changed
   */
  public async scan(request: ScanRequest): Promise<number | null> {
    const version = modelVersionOf();
    if (await this.isDone(request, version)) return null;
    const judged = await judgeAll(request);
    const anomalies = judgePanel(judged);
    await this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [SCAN_LOCK]);
      await this.replace(manager, request, anomalies, version);
    });
    return anomalies.length;
  }

  private async isDone({ measure, frequency, dataSha256 }: ScanRequest, version: string): Promise<boolean> {
    const rows: unknown[] = await this.dataSource.query(
      `SELECT 1 FROM anomaly_scan WHERE (measure, frequency, data_sha256, model_version) = ($1, $2, $3, $4)`,
      [measure, frequency, dataSha256, version],
    );
    return rows.length > 0;
  }

  private async replace(
    manager: EntityManager,
    request: ScanRequest,
    anomalies: readonly PanelAnomaly[],
    version: string,
  ): Promise<void> {
    const { measure, frequency, block, dataSha256, now, series } = request;
    await manager.query('CREATE TEMP TABLE fresh_anomaly (LIKE anomaly) ON COMMIT DROP');
    await manager.query('ALTER TABLE fresh_anomaly ALTER COLUMN id DROP NOT NULL');
    const rows = anomalies.map((anomaly) => rowOf(anomaly, version, block));
    await bulkInsert(manager, 'fresh_anomaly', COLUMNS, rows);
    await manager.query(CLOSE, [measure, frequency, block]);
    const names = Object.keys(COLUMNS).join(', ');
    await manager.query(`INSERT INTO anomaly (${names}) SELECT ${names} FROM fresh_anomaly
      ON CONFLICT (series_id, period_start) WHERE to_block IS NULL DO NOTHING`);
    await manager.query(NOTE, [
      measure,
      frequency,
      dataSha256,
      version,
      series.length,
      anomalies.length,
      block,
      now,
    ]);
  }
}

/** Judging is plain arithmetic: between two series the process answers its other callers. */
async function judgeAll({ series, traits }: ScanRequest): Promise<Map<string, SeriesJudgement>> {
  const judged = new Map<string, SeriesJudgement>();
  for (const one of series) {
    judged.set(one.id, judgeSeries(one, traits, seededRandom(SEED)));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return judged;
}

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
  INSERT INTO anomaly_scan (measure, frequency, data_sha256, model_version, series, anomalies, as_of_block, scanned_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (measure, frequency) DO UPDATE SET data_sha256 = EXCLUDED.data_sha256,
    model_version = EXCLUDED.model_version, series = EXCLUDED.series, anomalies = EXCLUDED.anomalies,
    as_of_block = EXCLUDED.as_of_block, scanned_at = EXCLUDED.scanned_at`;

function rowOf(anomaly: PanelAnomaly, version: string, block: number): unknown[] {
  return [
    anomaly.seriesId,
    new Date(anomaly.startMs),
    anomaly.value,
    anomaly.expected,
    anomaly.pValue,
    anomaly.qValue,
    anomaly.detector,
    explanationOf(anomaly),
    new Date(anomaly.windowStartMs),
    new Date(anomaly.windowEndMs),
    version,
    block,
  ];
}
