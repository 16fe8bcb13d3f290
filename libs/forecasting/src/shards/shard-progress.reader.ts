import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RECENT_SHARDS, remainingMs, runRemainingMs, type EarlierPace, type ShardPhase } from './progress.js';

/** How a run in shards goes, or went. */
export interface ShardProgressRow {
  /** The run's id once it is stored. */
  readonly runId: string;
  readonly family: string;
  readonly versionId: string;
  readonly frequency: string;
  /** By a candidate, beside the version in force. */
  readonly isShadow: boolean;
  readonly firstTarget: Date;
  readonly phase: ShardPhase;
  readonly series: number;
  readonly shards: number;
  readonly shardsForecast: number;
  readonly shardsWritten: number;
  /** Times that a shard was begun again, its worker having stopped or failed. */
  readonly retries: number;
  readonly plannedAt: Date;
  readonly finishedAt: Date | null;
  /** When the phase is expected to end; null where nothing tells yet. */
  readonly phaseExpectedAt: Date | null;
  /** When the run is expected to be stored; null where nothing tells yet. */
  readonly expectedAt: Date | null;
  readonly reason: string | null;
}

interface StoredProgress extends Omit<ShardProgressRow, 'phaseExpectedAt' | 'expectedAt'> {
  readonly now: Date;
  readonly phaseBegunAt: Date;
  readonly recent: Date[] | null;
  readonly earlier: EarlierPace | null;
}

/** Reads how runs in shards go. */
@Injectable()
export class ShardProgressReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** The newest runs in shards, those under way among them. */
  public async latest(first: number): Promise<ShardProgressRow[]> {
    const rows: StoredProgress[] = await this.dataSource.query(progressOf(NEWEST), [
      ...[RECENT_SHARDS + 1, first],
    ]);
    return rows.map(withEstimate);
  }

  /** The newest run in shadow of each version that has one in shards, in no order. */
  public async inShadow(versionIds: readonly string[]): Promise<ShardProgressRow[]> {
    const rows: StoredProgress[] = await this.dataSource.query(progressOf(NEWEST_IN_SHADOW), [
      ...[RECENT_SHARDS + 1, versionIds],
    ]);
    return rows.map(withEstimate);
  }
}

function withEstimate({ now, phaseBegunAt, recent, earlier, ...row }: StoredProgress): ShardProgressRow {
  const nowMs = now.getTime();
  const at = (left: number | undefined): Date | null =>
    left === undefined || row.finishedAt !== null ? null : new Date(nowMs + left);
  const isWriting = row.phase === 'WRITING';
  const isInShards = isWriting || row.phase === 'FORECASTING';
  const progress = {
    begunMs: phaseBegunAt.getTime(),
    shards: row.shards,
    done: isWriting ? row.shardsWritten : row.shardsForecast,
    recentMs: (recent ?? []).map((time) => time.getTime()),
  };
  const pace = { phase: row.phase, series: row.series, phaseBegunMs: progress.begunMs, progress };
  return {
    ...row,
    phaseExpectedAt: at(isInShards ? remainingMs(progress, nowMs) : undefined),
    expectedAt: at(runRemainingMs({ ...pace, earlier: earlier ?? undefined }, nowMs)),
  };
}

const NEWEST = 'SELECT * FROM forecast_plan ORDER BY planned_at DESC LIMIT $2';

const NEWEST_IN_SHADOW = `
  SELECT DISTINCT ON (version_id) * FROM forecast_plan WHERE is_shadow AND version_id = ANY($2)
  ORDER BY version_id, planned_at DESC`;

/**
 * Progress of some plans, and the last few ($1) shards done of each; by the clock of the database, which wrote the other times too. Candidates
 * wait while a run of a version in force is open.
 */
const progressOf = (newest: string): string => `
  WITH newest AS (${newest}), foremost AS (
    SELECT COALESCE(bool_or(finished_at IS NULL), false) AS "isOpen", max(finished_at) AS ended
    FROM forecast_plan WHERE NOT is_shadow
  )
  SELECT p.run_id AS "runId", p.family, p.version_id AS "versionId", p.frequency, p.first_target AS "firstTarget", p.series, p.shards,
    p.is_shadow AS "isShadow",
    CASE WHEN p.outcome IS NOT NULL THEN p.outcome WHEN p.is_shadow AND foremost."isOpen" THEN 'WAITING' WHEN s.forecast < p.shards THEN 'FORECASTING'
         WHEN p.reconciled_at IS NULL THEN 'SETTLING' WHEN s.written < p.shards THEN 'WRITING' ELSE 'CLOSING' END AS phase,
    s.forecast AS "shardsForecast", s.written AS "shardsWritten", s.retries, p.planned_at AS "plannedAt",
    p.finished_at AS "finishedAt", p.reason, clock_timestamp() AS now,
    CASE WHEN s.forecast < p.shards THEN GREATEST(p.planned_at, CASE WHEN p.is_shadow THEN foremost.ended END) WHEN p.reconciled_at IS NULL THEN s.forecast_end
         WHEN s.written < p.shards THEN p.reconciled_at ELSE s.write_end END AS "phaseBegunAt",
    (SELECT array_agg(done ORDER BY done) FROM (
       SELECT CASE WHEN p.reconciled_at IS NULL THEN f.forecast_at ELSE f.written_at END AS done
       FROM forecast_shard f WHERE f.run_id = p.run_id ORDER BY 1 DESC NULLS LAST LIMIT $1
     ) last WHERE done IS NOT NULL) AS recent,
    (SELECT jsonb_build_object('series', e.series,
         'forecastMs', 1000 * extract(epoch FROM max(f.forecast_at) - e.planned_at),
         'settleMs', 1000 * extract(epoch FROM e.reconciled_at - max(f.forecast_at)),
         'writeMs', 1000 * extract(epoch FROM max(f.written_at) - e.reconciled_at),
         'closeMs', 1000 * extract(epoch FROM e.finished_at - max(f.written_at)))
     FROM (SELECT * FROM forecast_plan o WHERE o.family = p.family AND o.frequency = p.frequency AND o.outcome = 'STORED'
             AND o.run_id <> p.run_id AND o.is_shadow = p.is_shadow ORDER BY o.planned_at DESC LIMIT 1) e
     JOIN forecast_shard f ON f.run_id = e.run_id
     GROUP BY e.run_id, e.series, e.planned_at, e.reconciled_at, e.finished_at) AS earlier
  FROM newest p CROSS JOIN foremost
  CROSS JOIN LATERAL (
    SELECT count(forecast_at)::int AS forecast, count(written_at)::int AS written,
      COALESCE(sum(GREATEST(attempts - 1, 0)), 0)::int AS retries, max(forecast_at) AS forecast_end, max(written_at) AS write_end
    FROM forecast_shard WHERE run_id = p.run_id
  ) s
  ORDER BY p.planned_at DESC`;
