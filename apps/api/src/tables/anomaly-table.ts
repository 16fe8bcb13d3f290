import type { AnomalyRow } from '@tallyhouse/anomalies';
import type { SeriesRow } from '@tallyhouse/forecasting';
import type { Table } from './table.js';

/** Strange values as a table, each with its series. */
export function anomalyTable(rows: readonly AnomalyRow[], series: readonly SeriesRow[]): Table {
  const byId = new Map(series.map((one) => [one.id, one]));
  const of = (row: AnomalyRow): SeriesRow | undefined => byId.get(row.seriesId);
  return [
    { name: 'series_id', kind: 'text', values: rows.map((row) => row.seriesId) },
    { name: 'label', kind: 'text', values: rows.map((row) => of(row)?.label ?? null) },
    { name: 'partner', kind: 'text', values: rows.map((row) => of(row)?.partner ?? null) },
    { name: 'measure', kind: 'text', values: rows.map((row) => of(row)?.measure ?? null) },
    { name: 'frequency', kind: 'text', values: rows.map((row) => of(row)?.frequency ?? null) },
    { name: 'period_start', kind: 'time', values: rows.map((row) => row.periodStart) },
    { name: 'value', kind: 'number', values: rows.map((row) => row.value) },
    { name: 'expected', kind: 'number', values: rows.map((row) => row.expected) },
    { name: 'p_value', kind: 'number', values: rows.map((row) => row.pValue) },
    { name: 'q_value', kind: 'number', values: rows.map((row) => row.qValue) },
    { name: 'detector', kind: 'text', values: rows.map((row) => row.detector) },
    { name: 'model_version', kind: 'text', values: rows.map((row) => row.modelVersion) },
    { name: 'verdict', kind: 'text', values: rows.map((row) => row.verdict) },
    { name: 'explanation', kind: 'text', values: rows.map((row) => row.explanation) },
  ];
}
