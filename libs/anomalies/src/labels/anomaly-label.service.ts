import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AnomaliesError } from '../anomalies.errors.js';
import { adaptedLevel, type LabelCounts } from '../control/adapted-level.js';
import type { AnomalyVerdict } from '../read/anomaly.rows.js';

const MAX_COMMENT = 500;
const LABEL_LOCK = 0xa41;
const LARGEST_ID = 9_223_372_036_854_775_807n;

/** What somebody says of an anomaly. */
export interface AnomalyLabel {
  readonly verdict: AnomalyVerdict;
  readonly comment?: string | null;
}

/** Keeps what people say of anomalies, and brings the level of reporting to it. */
@Injectable()
export class AnomalyLabelService {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Notes a verdict, one a person and period, and adapts the level in the same transaction; verdicts of readings do not move it.
   *
   * @throws AnomaliesError ANOMALY_UNKNOWN, INVALID_LABEL
   */
  public async label(id: string, label: AnomalyLabel, actor: string, now: Date): Promise<void> {
    if ((label.comment?.length ?? 0) > MAX_COMMENT) {
      throw new AnomaliesError(
        'INVALID_LABEL',
        `the comment is longer than ${MAX_COMMENT} characters; shorten it`,
      );
    }
    if (!/^\d{1,19}$/.test(id) || BigInt(id) > LARGEST_ID) throw unknown(id);
    await this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [LABEL_LOCK]);
      const written: unknown[] = await manager.query(
        `INSERT INTO anomaly_label (series_id, stream_id, event_stream_id, event_id, period_start, actor, verdict, comment,
           labelled_at)
         SELECT series_id, stream_id, event_stream_id, CASE WHEN event_stream_id IS NOT NULL THEN event_id END, period_start,
           $2, $3, $4, $5 FROM anomaly WHERE id = $1
         ON CONFLICT (period_start, series_id, stream_id, event_stream_id, event_id, actor) DO UPDATE
         SET verdict = EXCLUDED.verdict, comment = EXCLUDED.comment, labelled_at = EXCLUDED.labelled_at RETURNING 1`,
        [id, actor, label.verdict, label.comment ?? null, now],
      );
      if (written.length === 0) throw unknown(id);
      const [counts]: LabelCounts[] = await manager.query(
        'SELECT is_real AS real, not_real AS "notReal" FROM anomaly_label_counts()',
      );
      await manager.query(
        `INSERT INTO anomaly_level (level, labels_real, labels_not_real, set_at) VALUES ($1, $2, $3, $4)`,
        [adaptedLevel(counts!), counts!.real, counts!.notReal, now],
      );
    });
  }
}

const unknown = (id: string): AnomaliesError =>
  new AnomaliesError('ANOMALY_UNKNOWN', `no anomaly has the id ${id}; read it from the list of anomalies`);
