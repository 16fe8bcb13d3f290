import { Injectable } from '@nestjs/common';
import { decodeCursor, InvalidCursorError, pageOf, type CursorParts, type Page } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import type {
  CommitmentRow,
  ForecastRunRow,
  RunScoreRow,
  SeriesForecastRow,
  VersionRecordRow,
} from './forecast.rows.js';
import { groupPoints, POINTS, type StoredPoint } from './forecast-points.js';
import { RELATIVE_MASE } from './relative-mase.sql.js';

const COLUMNS = `r.id, r.family, r.version_id AS "versionId", r.artifact_sha256 AS "artifactSha256",
  r.proposal_id AS "proposalId", r.frequency, r.as_of AS "asOf", r.first_target AS "firstTarget",
  r.as_of_block AS "asOfBlock", r.data_sha256 AS "dataSha256", r.levels, r.root, r.count, r.created_at AS "createdAt",
  r.is_shadow AS "isShadow", r.withdrawn_at AS "withdrawnAt", r.reconciliation, r.reconciliation_reason AS "reconciliationReason",
  r.stock_outs_up_to::float8 AS "stockOutsUpTo"`;

/** Reads forecasts, their commitments on chain and how they did. */
@Injectable()
export class ForecastReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * One page of runs, newest first.
   *
   * @param page.versionId only runs of this model version
   * @param page.isShadow those of candidates in shadow, instead of those of versions in force
   * @throws InvalidCursorError when `after` is not a cursor of this list
   */
  public async runs(page: {
    readonly first: number;
    readonly after?: string | null;
    readonly versionId?: string | null;
    readonly isShadow?: boolean;
  }): Promise<Page<ForecastRunRow>> {
    const after = page.after ? sequence(decodeCursor(page.after, 1)) : null;
    const rows: (ForecastRunRow & { seq: string })[] = await this.dataSource.query(
      `SELECT ${COLUMNS}, r.seq FROM forecast_run r
       WHERE ($1::bigint IS NULL OR r.seq < $1) AND ($3::text IS NULL OR r.version_id = $3) AND r.is_shadow = $4
       ORDER BY r.seq DESC LIMIT $2`,
      [after, page.first + 1, page.versionId?.toLowerCase() ?? null, page.isShadow ?? false],
    );
    return pageOf(rows, page.first, (row) => [row.seq]);
  }

  /** A series in the run given, or in the newest run that has it; undefined when there is none. */
  public async find(seriesId: string, runId?: string | null): Promise<SeriesForecastRow | undefined> {
    if (!runId) return (await this.latest([seriesId]))[0];
    if (!UUID.test(runId)) return undefined;
    const runs: ForecastRunRow[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM forecast_run r WHERE r.id = $1`,
      [runId],
    );
    const [forecast] = await this.withPoints(runs.map((run) => ({ seriesId, run })));
    return forecast?.points.length ? forecast : undefined;
  }

  /** The newest run of each series that a version in force made, with its points. */
  public async latest(seriesIds: readonly string[]): Promise<SeriesForecastRow[]> {
    const rows: (ForecastRunRow & { seriesId: string })[] = await this.dataSource.query(
      `SELECT s.id AS "seriesId", ${COLUMNS}
       FROM unnest($1::text[]) s (id) CROSS JOIN LATERAL (
         SELECT run.* FROM forecast_run run
         WHERE run.withdrawn_at IS NULL AND NOT run.is_shadow AND EXISTS (SELECT FROM forecast f WHERE f.run_id = run.id AND f.series_id = s.id)
         ORDER BY run.seq DESC LIMIT 1
       ) r`,
      [seriesIds],
    );
    return this.withPoints(rows.map(({ seriesId, ...run }) => ({ seriesId, run })));
  }

  /** A series in the newest run of a version that has it, in force or in shadow; undefined where there is none. */
  public async newestOf(seriesId: string, versionId: string): Promise<SeriesForecastRow | undefined> {
    const runs: ForecastRunRow[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM forecast_run r
       WHERE r.version_id = $2 AND r.withdrawn_at IS NULL AND EXISTS (SELECT FROM forecast f WHERE f.run_id = r.id AND f.series_id = $1)
       ORDER BY r.seq DESC LIMIT 1`,
      [seriesId, versionId.toLowerCase()],
    );
    return (await this.withPoints(runs.map((run) => ({ seriesId, run }))))[0];
  }

  /** The first commitment of each root that is on chain. */
  public async commitments(roots: readonly string[]): Promise<CommitmentRow[]> {
    return this.dataSource.query(
      `SELECT DISTINCT ON (root) root, block_number AS "blockNumber", tx_hash AS "txHash", block_time AS "blockTime"
       FROM forecast_committed WHERE root = ANY($1) ORDER BY root, block_number, log_index`,
      [roots],
    );
  }

  /** The score of each run of which at least one outcome is known. */
  public async scores(runIds: readonly string[]): Promise<RunScoreRow[]> {
    return this.dataSource.query(
      `SELECT s.run_id AS "runId", count(*)::integer AS count, avg(s.smape) AS "meanSmape",
         avg(s.inside_80::integer)::double precision AS coverage80, ${RELATIVE_MASE}
       FROM forecast_score s ${SCORED_FORECAST} WHERE s.run_id = ANY($1::uuid[]) GROUP BY s.run_id`,
      [runIds],
    );
  }

  /** How the forecasts did that each version fixed on chain before their outcome; none of one that never ran. */
  public async versionRecords(versionIds: readonly string[]): Promise<VersionRecordRow[]> {
    return this.dataSource.query(
      `SELECT r.version_id AS "versionId", count(DISTINCT r.id)::integer AS runs, count(s.run_id)::integer AS scored,
         avg(s.smape) AS "meanSmape", avg(s.inside_80::integer)::double precision AS coverage80, ${RELATIVE_MASE}
       FROM forecast_run r LEFT JOIN forecast_score s ON s.run_id = r.id ${SCORED_FORECAST}
       WHERE r.version_id = ANY($1) AND NOT r.is_shadow AND r.withdrawn_at IS NULL
         AND EXISTS (SELECT FROM forecast_committed c WHERE c.root = r.root)
       GROUP BY r.version_id`,
      [versionIds],
    );
  }

  private async withPoints(
    forecasts: readonly { seriesId: string; run: ForecastRunRow }[],
  ): Promise<SeriesForecastRow[]> {
    const points: StoredPoint[] = await this.dataSource.query(POINTS, [
      forecasts.map(({ run }) => run.id),
      forecasts.map(({ seriesId }) => seriesId),
    ]);
    return groupPoints(forecasts, points);
  }
}

const SCORED_FORECAST =
  'LEFT JOIN forecast f ON (f.run_id, f.series_id, f.step) = (s.run_id, s.series_id, s.step)';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function sequence([part]: CursorParts): string {
  const text = String(part);
  if (!/^\d{1,18}$/.test(text)) throw new InvalidCursorError();
  return text;
}
