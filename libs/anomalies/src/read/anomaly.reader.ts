import { Injectable } from '@nestjs/common';
import { decodeCursor, pageOf, type Page } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { DEFAULT_LEVEL } from '../control/adapted-level.js';
import { ANOMALY_FAMILY } from '../parameters/parameter-set.js';
import type {
  AnomalyFilter,
  AnomalyLevelRow,
  AnomalyRow,
  AnomalyVersionRow,
  EventStreamRow,
  ReadingStreamRow,
} from './anomaly.rows.js';

/** The last verdict that anybody gave. */
const VERDICT = `(SELECT l.verdict FROM anomaly_label l
  WHERE l.period_start = a.period_start AND (l.series_id = a.series_id OR l.stream_id = a.stream_id
    OR (l.event_stream_id, l.event_id) = (a.event_stream_id, a.event_id))
  ORDER BY l.labelled_at DESC, l.actor LIMIT 1)`;

const COLUMNS = `a.id::text, a.series_id AS "seriesId", a.stream_id AS "streamId", a.event_stream_id AS "eventStreamId", a.event_id AS "eventId", a.period_start AS "periodStart", a.value, a.expected,
  a.p_value AS "pValue", a.q_value AS "qValue", a.novelty, a.detector, a.explanation, a.window_start AS "windowStart",
  a.window_end AS "windowEnd", a.model_version AS "modelVersion", a.from_block::text AS "asOfBlock", ${VERDICT} AS verdict`;

const STREAM_COLUMNS = `id, partner, source, source_is_device AS "sourceIsDevice", kind, NULLIF(component, '') AS component,
  NULLIF(substance, '') AS substance, NULLIF(uom, '') AS uom, readings::text, late::text, last_time AS "lastTime"`;

/** Reads anomalies. */
@Injectable()
export class AnomalyReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * One page, the latest period first.
   *
   * @param asOfBlock what was known when that block was the last; the latest without it
   * @throws InvalidCursorError when `after` is not a cursor of this list
   */
  public async list(
    filter: AnomalyFilter,
    page: { readonly first: number; readonly after?: string | null },
    asOfBlock?: bigint | null,
  ): Promise<Page<AnomalyRow>> {
    const [start, id] = page.after ? decodeCursor(page.after, 2) : [null, null];
    const level = filter.level ?? (await this.level()).level;
    const rows: AnomalyRow[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM anomaly a LEFT JOIN series s ON s.id = a.series_id LEFT JOIN reading_stream r ON r.id = a.stream_id
         LEFT JOIN event_stream v ON v.id = a.event_stream_id
       WHERE (a.q_value <= $1 OR a.stream_id IS NOT NULL) AND ($2::text IS NULL OR a.series_id = $2)
         AND ($3::text IS NULL OR COALESCE(s.partner, r.partner, v.partner) = $3)
         AND ($4::text IS NULL OR ${VERDICT} = $4)
         AND CASE WHEN $5::numeric IS NULL THEN a.to_block IS NULL
                  ELSE a.from_block <= $5 AND (a.to_block IS NULL OR a.to_block > $5) END
         AND ($9::text IS NULL OR a.stream_id = $9)
         AND ($10::text IS NULL OR $10 = CASE WHEN a.series_id IS NOT NULL THEN 'SERIES'
           WHEN a.stream_id IS NOT NULL THEN 'READINGS' ELSE 'EVENTS' END)
         AND ($6::bigint IS NULL OR (a.period_start, a.id) < (to_timestamp($6::bigint / 1000.0), $7::bigint))
       ORDER BY a.period_start DESC, a.id DESC LIMIT $8`,
      [
        level,
        filter.seriesId ?? null,
        filter.partner?.toLowerCase() ?? null,
        filter.verdict ?? null,
        asOfBlock?.toString() ?? null,
        start,
        id,
        page.first + 1,
        filter.streamId ?? null,
        filter.source ?? null,
      ],
    );
    return pageOf(rows, page.first, (row) => [row.periodStart.getTime(), row.id]);
  }

  /** Streams of readings by their ids, in no order; those that are not there are left out. */
  public async streams(ids: readonly string[]): Promise<ReadingStreamRow[]> {
    return this.dataSource.query(`SELECT ${STREAM_COLUMNS} FROM reading_stream WHERE id = ANY($1)`, [ids]);
  }

  /** Streams of events by their ids, in no order; those that are not there are left out. */
  public async eventStreams(ids: readonly string[]): Promise<EventStreamRow[]> {
    return this.dataSource.query(
      'SELECT id, partner, biz_step AS "bizStep", events::text FROM event_stream WHERE id = ANY($1)',
      [ids],
    );
  }

  /** The versions, once in force, that parameter files are; a file that was never voted in is left out. */
  public async versions(sha256s: readonly string[]): Promise<AnomalyVersionRow[]> {
    return this.dataSource.query(
      `SELECT DISTINCT ON (a.artifact_sha256) a.artifact_sha256 AS "modelVersion", a.version_id AS "versionId",
         a.proposal_id::text AS "proposalId"
       FROM model_activation a JOIN model_family_current f USING (chain_id, family)
       WHERE f.name = $1 AND a.artifact_sha256 = ANY($2)
       ORDER BY a.artifact_sha256, a.block_number, a.log_index`,
      [ANOMALY_FAMILY, sha256s],
    );
  }

  /** The level in force: the last one that labels set, or the one to begin with. */
  public async level(): Promise<AnomalyLevelRow> {
    const [row]: AnomalyLevelRow[] = await this.dataSource.query(
      `SELECT level, labels_real AS "labelsReal", labels_not_real AS "labelsNotReal", set_at AS "setAt"
       FROM anomaly_level ORDER BY seq DESC LIMIT 1`,
    );
    return row ?? { level: DEFAULT_LEVEL, labelsReal: 0, labelsNotReal: 0, setAt: null };
  }
}
