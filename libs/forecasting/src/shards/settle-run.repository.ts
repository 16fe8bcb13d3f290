import type { DataSource } from 'typeorm';
import { STORED_LEVELS } from '../runs/run-points.js';
import { SEASON_LENGTH } from '../series/panel.repository.js';
import { endOf, type ModelOf } from './forecast-shard.repository.js';
import { openPlan, shardContents, type OpenPlan } from './open-plan.repository.js';
import { settleInThread } from './settle-thread.js';

/** Likens new products to their groups and brings sums and parts together, over all shards of a run at once. */
export async function settleRun(dataSource: DataSource, plan: OpenPlan, modelOf: ModelOf): Promise<void> {
  const { runId, frequency } = plan;
  const contents = await shardContents(dataSource, runId, ['history', 'reduced', 'forecasts']);
  const shards = contents.flatMap(({ forecasts, ...content }) =>
    forecasts ? [{ ...content, forecasts }] : [],
  );
  // Another worker was quicker where some are gone.
  if (shards.length === 0 || shards.length < contents.length) return;
  const { forecaster } = await modelOf(plan.artifactSha256);
  const settled = await settleInThread({
    ...{ forecaster: forecaster.name, frequency, seasonLength: SEASON_LENGTH[frequency], end: endOf(plan) },
    ...{ periods: plan.gap + plan.horizon, levels: STORED_LEVELS, shards },
  });
  await dataSource.transaction(async (manager) => {
    if (!(await openPlan(manager, runId, 'UPDATE'))) return;
    const [first] = await manager.query<[unknown[], number]>(SETTLED, [
      ...[runId, settled.reconciled?.method ?? null, settled.reconciled?.reason ?? null],
    ]);
    if (first.length === 0) return;
    for (const [number, bytes] of settled.shards.entries())
      await manager.query(KEEP, [runId, number, Buffer.from(bytes)]);
  });
}

const SETTLED = `
  UPDATE forecast_plan SET reconciled_at = clock_timestamp(), reconciliation = upper($2), reconciliation_reason = $3
  WHERE run_id = $1 AND reconciled_at IS NULL RETURNING run_id`;

const KEEP =
  'UPDATE forecast_shard_content SET settled = $3, forecasts = NULL WHERE run_id = $1 AND number = $2';
