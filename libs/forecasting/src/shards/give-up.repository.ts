import type { Hex } from '@tallyhouse/proofs';
import type { DataSource, EntityManager } from 'typeorm';
import { ABANDON, ABANDON_ONE } from './shard-plan.sql.js';

/** Which plans are still waited for. */
export interface Awaited {
  /** Versions in force; of plans in shadow the candidates. */
  readonly versionIds: readonly Hex[];
  readonly now: Date;
  readonly isShadow: boolean;
}

/** Closes the open plans of one kind that nobody waits for, with what they had stored; returns the reason of each. */
export async function giveUpStale(dataSource: DataSource, awaited: Awaited): Promise<string[]> {
  const { versionIds, now, isShadow } = awaited;
  return giveUp(dataSource, ABANDON, [versionIds, now, isShadow]);
}

/** Closes one plan, with what it had stored; nothing when it is closed. */
export async function giveUpPlan(dataSource: DataSource, runId: string, reason: string): Promise<void> {
  await giveUp(dataSource, ABANDON_ONE, [runId, reason]);
}

async function giveUp(dataSource: DataSource, sql: string, parameters: unknown[]): Promise<string[]> {
  return dataSource.transaction(async (manager) => {
    const [rows] = await manager.query<[{ run_id: string; reason: string }[], number]>(sql, parameters);
    const runs = rows.map(({ run_id }) => run_id);
    for (const table of ['forecast', 'forecast_shard_content', 'forecast_shard_told'])
      await manager.query(`DELETE FROM ${table} WHERE run_id = ANY($1::uuid[])`, [runs]);
    return rows.map(({ reason }) => reason);
  });
}

/**
 * Removes histories that no candidate can be forecast from any more: their first period has begun by `now`, or a newer run of the version
 * is there; and no open plan reads them.
 */
export async function forgetHistories(dataSource: DataSource, now: Date): Promise<void> {
  await dataSource.transaction(async (manager: EntityManager) => {
    const spent: { runId: string }[] = await manager.query(SPENT, [now]);
    // Whoever plans from them holds their plan: a plan that was made meanwhile is seen by the second statement.
    await manager.query(FORGET, [spent.map(({ runId }) => runId)]);
  });
}

const SPENT = `
  SELECT p.run_id AS "runId" FROM forecast_plan p
  WHERE p.finished_at IS NOT NULL AND EXISTS (SELECT FROM forecast_shard_content c WHERE c.run_id = p.run_id)
    AND (p.first_target <= $1 OR EXISTS (
      SELECT FROM forecast_plan newer
      WHERE newer.version_id = p.version_id AND newer.frequency = p.frequency AND NOT newer.is_shadow
        AND newer.outcome = 'STORED' AND newer.finished_at > p.finished_at))
  FOR UPDATE SKIP LOCKED`;

const FORGET = `
  DELETE FROM forecast_shard_content c
  WHERE c.run_id = ANY($1::uuid[]) AND NOT EXISTS (
    SELECT FROM forecast_plan open WHERE open.histories_of = c.run_id AND open.finished_at IS NULL)`;
