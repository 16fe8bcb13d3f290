import type { AnomalyRow, EventStreamRow, ReadingStreamRow } from '@tallyhouse/anomalies';
import type { SeriesRow } from '@tallyhouse/forecasting';
import type { Table } from './table.js';

/** What the rows are of. */
export interface AnomalyParents {
  readonly series: readonly SeriesRow[];
  readonly streams: readonly ReadingStreamRow[];
  readonly eventStreams: readonly EventStreamRow[];
}

/** Strange values as a table, each with its series, or with its stream of readings or events. */
export function anomalyTable(
  rows: readonly AnomalyRow[],
  { series, streams, eventStreams }: AnomalyParents,
): Table {
  const seriesById = new Map<string | null, SeriesRow>(series.map((one) => [one.id, one]));
  const streamById = new Map<string | null, ReadingStreamRow>(streams.map((one) => [one.id, one]));
  const eventsById = new Map<string | null, EventStreamRow>(eventStreams.map((one) => [one.id, one]));
  const of = (row: AnomalyRow): Partial<SeriesRow> => seriesById.get(row.seriesId) ?? {};
  const by = (row: AnomalyRow): Partial<ReadingStreamRow> => streamById.get(row.streamId) ?? {};
  const among = (row: AnomalyRow): Partial<EventStreamRow> => eventsById.get(row.eventStreamId) ?? {};
  const first = (...told: readonly (string | undefined)[]): string | null =>
    told.find((one) => one !== undefined) ?? null;
  return [
    { name: 'series_id', kind: 'text', values: rows.map((row) => row.seriesId) },
    { name: 'stream_id', kind: 'text', values: rows.map((row) => row.streamId) },
    { name: 'event_stream_id', kind: 'text', values: rows.map((row) => row.eventStreamId) },
    { name: 'event_id', kind: 'text', values: rows.map((row) => row.eventId) },
    {
      name: 'label',
      kind: 'text',
      values: rows.map((row) => first(of(row).label, by(row).source, among(row).bizStep)),
    },
    {
      name: 'partner',
      kind: 'text',
      values: rows.map((row) => first(of(row).partner, by(row).partner, among(row).partner)),
    },
    { name: 'measure', kind: 'text', values: rows.map((row) => of(row).measure ?? by(row).kind ?? null) },
    { name: 'unit', kind: 'text', values: rows.map((row) => by(row).uom ?? null) },
    { name: 'frequency', kind: 'text', values: rows.map((row) => of(row).frequency ?? null) },
    { name: 'period_start', kind: 'time', values: rows.map((row) => row.periodStart) },
    { name: 'value', kind: 'number', values: rows.map((row) => row.value) },
    { name: 'expected', kind: 'number', values: rows.map((row) => row.expected) },
    { name: 'p_value', kind: 'number', values: rows.map((row) => row.pValue) },
    { name: 'q_value', kind: 'number', values: rows.map((row) => row.qValue) },
    { name: 'novelty', kind: 'number', values: rows.map((row) => row.novelty) },
    { name: 'detector', kind: 'text', values: rows.map((row) => row.detector) },
    { name: 'model_version', kind: 'text', values: rows.map((row) => row.modelVersion) },
    { name: 'verdict', kind: 'text', values: rows.map((row) => row.verdict) },
    { name: 'explanation', kind: 'text', values: rows.map((row) => row.explanation) },
  ];
}
