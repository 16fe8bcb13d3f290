import type { ForecastStepRow } from '@tallyhouse/forecasting';
import type { Column, Table } from './table.js';

/** Forecasts as a table: a row a step, a column a quantile level that any of the runs has. */
export function forecastTable(rows: readonly ForecastStepRow[]): Table {
  const levels = [...new Set(rows.flatMap((row) => row.levels))].sort((a, b) => a - b);
  const quantile = (row: ForecastStepRow, level: number): number | null =>
    row.quantiles[row.levels.indexOf(level)] ?? null;
  return [
    { name: 'series_id', kind: 'text', values: rows.map((row) => row.seriesId) },
    { name: 'label', kind: 'text', values: rows.map((row) => row.label) },
    { name: 'partner', kind: 'text', values: rows.map((row) => row.partner) },
    { name: 'measure', kind: 'text', values: rows.map((row) => row.measure) },
    { name: 'frequency', kind: 'text', values: rows.map((row) => row.frequency) },
    { name: 'run_id', kind: 'text', values: rows.map((row) => row.runId) },
    { name: 'family', kind: 'text', values: rows.map((row) => row.family) },
    { name: 'model_version', kind: 'text', values: rows.map((row) => row.versionId) },
    { name: 'as_of', kind: 'time', values: rows.map((row) => row.asOf) },
    { name: 'step', kind: 'integer', values: rows.map((row) => row.step) },
    { name: 'target_start', kind: 'time', values: rows.map((row) => row.targetStart) },
    { name: 'target_end', kind: 'time', values: rows.map((row) => row.targetEnd) },
    { name: 'mean', kind: 'number', values: rows.map((row) => row.mean) },
    ...levels.map((level): Column => {
      return { name: `q${level}`, kind: 'number', values: rows.map((row) => quantile(row, level)) };
    }),
    { name: 'method', kind: 'text', values: rows.map((row) => row.method) },
    { name: 'actual', kind: 'number', values: rows.map((row) => row.actual) },
    { name: 'abs_error', kind: 'number', values: rows.map((row) => row.absError) },
    { name: 'smape', kind: 'number', values: rows.map((row) => row.smape) },
    { name: 'pinball', kind: 'number', values: rows.map((row) => row.pinball) },
    { name: 'inside_80', kind: 'flag', values: rows.map((row) => row.inside80) },
  ];
}
