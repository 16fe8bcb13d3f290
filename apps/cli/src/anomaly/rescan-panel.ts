import { PERIOD_TRAITS, Rescan, SCAN_SLICE, type AnomalyParameterSet } from '@tallyhouse/anomalies';
import { lastPeriodsMs, PanelSliceReader, type Frequency, type Measure } from '@tallyhouse/forecasting';
import type { DataSource } from 'typeorm';

/** What is scanned again. */
export interface RescanRequest {
  readonly measure: Measure;
  readonly frequency: Frequency;
  readonly asOf: Date;
  /** Number of the first period that is not complete; null when none is. */
  readonly end: number | null;
  /** First instants of the periods that are asked about; all without it. */
  readonly wanted?: ReadonlySet<number>;
}

/** Reads every series of one measure and frequency once, as the worker's scan does, and judges them by each set. */
export async function rescanPanel(
  dataSource: DataSource,
  sets: readonly AnomalyParameterSet[],
  { measure, frequency, asOf, end, wanted }: RescanRequest,
): Promise<{ readonly scans: readonly Rescan[]; readonly dataSha256: string }> {
  const { periods, ...traits } = PERIOD_TRAITS[frequency];
  const scans = sets.map(({ series }) => new Rescan(series, traits, wanted));
  const panels = new PanelSliceReader(dataSource);
  let after = { last: '', sha256: '' };
  let isEnd = end === null;
  while (!isEnd) {
    const slice = await panels.slice({ measure, frequency, asOf }, end!, after, SCAN_SLICE);
    for (const { id, start, values } of slice.series) {
      const startsMs = lastPeriodsMs({ start, frequency, count: values.length }, periods);
      const series = { id, startsMs, values: values.subarray(values.length - startsMs.length) };
      for (const scan of scans) scan.add(series);
    }
    after = { last: slice.last, sha256: slice.sha256 };
    isEnd = slice.isEnd;
  }
  return { scans, dataSha256: after.sha256 };
}
