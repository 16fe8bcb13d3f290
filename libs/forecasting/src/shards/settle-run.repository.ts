import type { DataSource } from 'typeorm';
import { ForecastingError } from '../forecasting.errors.js';
import { STORED_LEVELS } from '../runs/run-points.js';
import { SEASON_LENGTH } from '../series/panel.repository.js';
import { endOf, type ModelOf } from './forecast-shard.repository.js';
import { openPlan, shardContents, type OpenPlan } from './open-plan.repository.js';
import type { ApartShard } from './settle.js';
import { settleInThread } from './settle-thread.js';

/** Likens new products to their groups and brings sums and parts together, over all shards of a run at once. */
export async function settleRun(dataSource: DataSource, plan: OpenPlan, modelOf: ModelOf): Promise<void> {
  const { runId, frequency } = plan;
  const numbers = await unsettled(dataSource, runId);
  // Another worker was quicker.
  if (numbers.length === 0) return;
  const { forecaster } = await modelOf(plan.artifactSha256);
  const request = {
    ...{ forecaster: forecaster.name, frequency, seasonLength: SEASON_LENGTH[frequency], end: endOf(plan) },
    ...{ periods: plan.gap + plan.horizon, levels: STORED_LEVELS },
  };
  const settled = await settleInThread(request, apartShards(dataSource, runId, numbers)).catch(
    async (error: unknown) => {
      if ((await unsettled(dataSource, runId)).length > 0) throw error;
      return undefined;
    },
  );
  if (!settled) return;
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

/** Numbers of the shards whose forecasts wait to be settled. */
async function unsettled(dataSource: DataSource, runId: string): Promise<number[]> {
  const rows: { number: number }[] = await dataSource.query(UNSETTLED, [runId]);
  return rows.map(({ number }) => number);
}

/** Shards as they were made apart, one at a time. */
async function* apartShards(
  dataSource: DataSource,
  runId: string,
  numbers: readonly number[],
): AsyncGenerator<ApartShard> {
  for (const number of numbers) {
    const [content] = await shardContents(dataSource, runId, ['history', 'reduced', 'forecasts'], number);
    const { history, reduced, forecasts } = content ?? { forecasts: null };
    if (!forecasts) throw new ForecastingError('THREAD_FAILED', `shard ${number} was settled meanwhile`);
    yield { history: history!, reduced: reduced ?? null, forecasts };
  }
}

const UNSETTLED =
  'SELECT number FROM forecast_shard_content WHERE run_id = $1 AND forecasts IS NOT NULL ORDER BY number';

const SETTLED = `
  UPDATE forecast_plan SET reconciled_at = clock_timestamp(), reconciliation = upper($2), reconciliation_reason = $3
  WHERE run_id = $1 AND reconciled_at IS NULL RETURNING run_id`;

const KEEP =
  'UPDATE forecast_shard_content SET settled = $3, forecasts = NULL WHERE run_id = $1 AND number = $2';
