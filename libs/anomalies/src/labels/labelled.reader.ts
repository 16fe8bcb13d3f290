import type { AnomalyVerdict } from '../read/anomaly.rows.js';

interface Queryable {
  query<Rows>(sql: string, parameters?: unknown[]): Promise<Rows>;
}

/** A period of a series with the last verdict on it. */
export interface LabelledSeriesPeriod {
  readonly seriesId: string;
  readonly measure: string;
  /** As stored, in capitals. */
  readonly frequency: string;
  readonly startMs: number;
  readonly verdict: AnomalyVerdict;
}

/** An alarm of a stream with the last verdict on it. */
export interface LabelledAlarm {
  /** As it was told. */
  readonly novelty: number;
  readonly verdict: AnomalyVerdict;
}

/** What people said of periods of series; the last verdict on each counts. */
export function labelledSeriesPeriods(queryable: Queryable): Promise<LabelledSeriesPeriod[]> {
  return queryable.query(
    `SELECT DISTINCT ON (l.series_id, l.period_start) l.series_id AS "seriesId", s.measure, s.frequency,
       (extract(epoch FROM l.period_start) * 1000)::float8 AS "startMs", l.verdict
     FROM anomaly_label l JOIN series s ON s.id = l.series_id
     ORDER BY l.series_id, l.period_start, l.labelled_at DESC, l.actor`,
  );
}

/** What people said of alarms of sensors; the last verdict on each counts. */
export function labelledAlarms(queryable: Queryable): Promise<LabelledAlarm[]> {
  return queryable.query(
    `SELECT DISTINCT ON (l.stream_id, l.period_start) a.novelty, l.verdict
     FROM anomaly_label l JOIN anomaly a ON a.stream_id = l.stream_id AND a.period_start = l.period_start
     ORDER BY l.stream_id, l.period_start, l.labelled_at DESC, l.actor, a.id DESC`,
  );
}

/** An event that an anomaly told of, with the last verdict on it. */
export interface LabelledEvent {
  readonly streamId: string;
  readonly eventId: string;
  readonly verdict: AnomalyVerdict;
}

/** What people said of events; the last verdict on each counts. */
export function labelledEvents(queryable: Queryable): Promise<LabelledEvent[]> {
  return queryable.query(
    `SELECT DISTINCT ON (event_stream_id, event_id) event_stream_id AS "streamId", event_id AS "eventId", verdict
     FROM anomaly_label WHERE event_stream_id IS NOT NULL
     ORDER BY event_stream_id, event_id, labelled_at DESC, actor`,
  );
}
