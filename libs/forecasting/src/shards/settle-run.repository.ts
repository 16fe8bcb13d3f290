import type { DataSource, EntityManager } from 'typeorm';
import type { Reconciliation } from '../contract/forecaster.js';
import { ForecastingError } from '../forecasting.errors.js';
import { SEASON_LENGTH } from '../series/panel.repository.js';
import { endOf, type ModelOf } from './forecast-shard.repository.js';
import { openPlan, shardContents, type OpenPlan } from './open-plan.repository.js';
import type { ApartShard, SettleRequest, ShardPart } from './settle.js';
import { SettleThread } from './settle-thread.js';
import { wantedForecasts } from './wanted-forecasts.js';

/** Likens new products to their groups and brings sums and parts together, over all shards of a run. */
export async function settleRun(dataSource: DataSource, plan: OpenPlan, modelOf: ModelOf): Promise<void> {
  const numbers = await unsettled(dataSource, plan.runId);
  // Another worker was quicker.
  if (numbers.length === 0) return;
  const thread = new SettleThread(await requestOf(plan, numbers.length, modelOf));
  try {
    const prepared = thread.prepare((place, parts) => apart(dataSource, plan, numbers[place]!, parts));
    const reconciled = await prepared.catch(async (error: unknown) => {
      if ((await unsettled(dataSource, plan.runId)).length > 0) throw error;
      return 'settled meanwhile' as const;
    });
    if (reconciled === 'settled meanwhile') return;
    await dataSource.transaction((manager) => keep(manager, plan, { numbers, thread, reconciled }));
  } finally {
    await thread.end();
  }
}

async function requestOf(plan: OpenPlan, shards: number, modelOf: ModelOf): Promise<SettleRequest> {
  const { artifactSha256, frequency, series } = plan;
  const { forecaster } = await modelOf(artifactSha256);
  const wanted = await wantedForecasts({ ...plan, end: endOf(plan) });
  return {
    ...{ forecaster: forecaster.name, frequency, seasonLength: SEASON_LENGTH[frequency] },
    ...{ series, shards, wanted },
  };
}

interface Prepared {
  readonly numbers: readonly number[];
  readonly thread: SettleThread;
  readonly reconciled: Reconciliation | undefined;
}

/** Shard by shard in one transaction, so that a worker that is killed leaves all of them as they were. */
async function keep(
  manager: EntityManager,
  plan: OpenPlan,
  { numbers, thread, reconciled }: Prepared,
): Promise<void> {
  const { runId } = plan;
  if (!(await openPlan(manager, runId, 'UPDATE'))) return;
  const [first] = await manager.query<[unknown[], number]>(SETTLED, [
    ...[runId, reconciled?.method ?? null, reconciled?.reason ?? null],
  ]);
  if (first.length === 0) return;
  for (const [place, number] of numbers.entries()) {
    const { forecasts } = await apart(manager, plan, number, ['forecasts']);
    await manager.query(KEEP, [runId, number, Buffer.from(await thread.settle(place, forecasts))]);
  }
}

/** Numbers of the shards whose forecasts wait to be settled. */
async function unsettled(dataSource: DataSource, runId: string): Promise<number[]> {
  const rows: { number: number }[] = await dataSource.query(UNSETTLED, [runId]);
  return rows.map(({ number }) => number);
}

/** Some of a shard as it was made apart. */
async function apart<Part extends ShardPart>(
  queries: Pick<EntityManager, 'query'>,
  { runId }: OpenPlan,
  number: number,
  parts: readonly Part[],
): Promise<Pick<ApartShard, Part>> {
  const [content] = await shardContents(queries, runId, parts, number);
  if (!content || parts.some((part) => content[part] === null))
    throw new ForecastingError('THREAD_FAILED', `shard ${number} was settled meanwhile`);
  return content as Pick<ApartShard, Part>;
}

const UNSETTLED =
  'SELECT number FROM forecast_shard_content WHERE run_id = $1 AND forecasts IS NOT NULL ORDER BY number';

const SETTLED = `
  UPDATE forecast_plan SET reconciled_at = clock_timestamp(), reconciliation = upper($2), reconciliation_reason = $3
  WHERE run_id = $1 AND reconciled_at IS NULL RETURNING run_id`;

const KEEP =
  'UPDATE forecast_shard_content SET settled = $3, forecasts = NULL WHERE run_id = $1 AND number = $2';
