import { KEPT_LEVEL, SHIPPED_PARAMETERS, type AnomalyParameterSet } from '@tallyhouse/anomalies';
import type { Frequency, Measure } from '@tallyhouse/forecasting';
import type { DataSource } from 'typeorm';
import { openParameters } from './parameter-file.js';
import { rescanPanel } from './rescan-panel.js';

/** What came of judging the series of one measure and frequency again. */
export interface CheckedScan {
  readonly measure: string;
  readonly frequency: string;
  /** SHA-256 of the parameters that the scan names. */
  readonly modelVersion: string;
  readonly asOfBlock: string;
  /** Rows that stand. */
  readonly rows: number;
  /** `GROWN`: the series are others than the scan's, so that nothing can be said until the next scan. */
  readonly state: 'SAME' | 'DIFFERENT' | 'GROWN';
  /** Series and period of rows that are missing, that nothing says, or that say another chance. */
  readonly differences: readonly string[];
}

interface ScanRow {
  readonly measure: Measure;
  readonly frequency: string;
  readonly modelVersion: string;
  readonly asOfBlock: string;
  readonly dataSha256: string;
  readonly end: number | null;
  readonly scannedAt: Date;
}

const SCANS = `SELECT measure, frequency, model_version AS "modelVersion", as_of_block::text AS "asOfBlock",
  data_sha256 AS "dataSha256", period_end AS end, scanned_at AS "scannedAt" FROM anomaly_scan ORDER BY measure, frequency`;

const STANDING = `SELECT a.series_id || ' ' || (extract(epoch FROM a.period_start) * 1000)::bigint AS key,
    a.p_value AS "pValue", a.q_value AS "qValue", a.model_version AS "modelVersion"
  FROM anomaly a JOIN series s ON s.id = a.series_id
  WHERE s.measure = $1 AND s.frequency = $2 AND a.to_block IS NULL`;

/**
 * Judges the series of every scan again, by the file that the scan names, and holds every row that stands against it. Series that have
 * grown since are told by the digest that the scan left.
 *
 * @throws ModelRegistryError when the store lacks the file
 */
export async function checkScans(dataSource: DataSource, artifactFolder: string): Promise<CheckedScan[]> {
  const checked: CheckedScan[] = [];
  for (const row of await dataSource.query<ScanRow[]>(SCANS))
    checked.push(await checkScan(dataSource, row, await parametersOf(row, artifactFolder)));
  return checked;
}

/** What comes with the program need not lie in the store. */
async function parametersOf({ modelVersion }: ScanRow, artifactFolder: string): Promise<AnomalyParameterSet> {
  if (modelVersion === SHIPPED_PARAMETERS.version) return SHIPPED_PARAMETERS;
  return openParameters(modelVersion, artifactFolder);
}

async function checkScan(
  dataSource: DataSource,
  row: ScanRow,
  set: AnomalyParameterSet,
): Promise<CheckedScan> {
  const { measure, modelVersion, asOfBlock, end, scannedAt: asOf } = row;
  const frequency = row.frequency.toLowerCase() as Frequency;
  const standing = await dataSource.query<
    { key: string; pValue: number; qValue: number; modelVersion: string }[]
  >(STANDING, [measure, row.frequency]);
  const { scans, dataSha256 } = await rescanPanel(dataSource, [set], { measure, frequency, asOf, end });
  const head = { measure, frequency: row.frequency, modelVersion, asOfBlock, rows: standing.length };
  if (dataSha256 !== row.dataSha256) return { ...head, state: 'GROWN', differences: [] };
  const said = new Map(scans[0]!.reported(KEPT_LEVEL).map((one) => [`${one.seriesId} ${one.startMs}`, one]));
  const differences = standing
    .filter(({ key, pValue, qValue, modelVersion: by }) => {
      const one = said.get(key);
      said.delete(key);
      return one?.pValue !== pValue || one.qValue !== qValue || by !== modelVersion;
    })
    .map(({ key }) => key);
  const missing = [...said.keys()];
  const all = [...differences, ...missing].sort();
  return { ...head, state: all.length === 0 ? 'SAME' : 'DIFFERENT', differences: all };
}
