import { bulkInsert } from '@tallyhouse/database';
import type { DataSource, EntityManager } from 'typeorm';
import { FORECAST_COLUMNS, forecastRow, leafOf, pointsOf, type ForecastPoint } from '../runs/run-points.js';
import { yardsticksOf } from '../runs/yardstick.js';
import { periodIndex } from '../series/periods.js';
import { joinLeaves } from './leaves.js';
import { openPlan, shardContents, type OpenPlan } from './open-plan.repository.js';
import { unpackForecasts } from './packed-forecasts.js';
import { unpackHistory } from './packed-history.js';
import { panelOf } from './wanted-forecasts.js';

/** Rows of one statement; an array a column is held in memory on both sides. */
const ROWS = 4_000;

/** Stores the forecasts of a shard and keeps their leaves for the root, once. */
export async function writeShard(dataSource: DataSource, plan: OpenPlan, shard: number): Promise<void> {
  const [content] = await shardContents(dataSource, plan.runId, ['history', 'settled'], shard);
  // Another worker may have been quicker.
  if (!content?.settled) return;
  const points = pointsOfShard(plan, content.history, content.settled);
  await dataSource.transaction(async (manager) => {
    // Held until the end, so that whoever gives the plan up removes these rows too.
    if (!(await openPlan(manager, plan.runId, 'SHARE'))) return;
    const [begun] = await manager.query<[{ first: number }[], number]>(BEGIN, [plan.runId, shard]);
    if (begun.length === 0) return;
    await insertPoints(manager, plan, points, begun[0]!.first * plan.horizon);
    await manager.query(DONE, [plan.runId, shard, Buffer.from(joinLeaves(points.map(leafOf)))]);
  });
}

function pointsOfShard(plan: OpenPlan, history: Uint8Array, settled: Uint8Array): ForecastPoint[] {
  const yardsticks = yardsticksOf(panelOf(plan, unpackHistory(history)));
  const firstTarget = periodIndex(plan.firstTarget.getTime(), plan.frequency);
  return unpackForecasts(settled)[0]!.forecasts.flatMap((forecast) =>
    pointsOf(forecast, plan.frequency, firstTarget, plan.gap, yardsticks.get(forecast.id)),
  );
}

async function insertPoints(
  manager: EntityManager,
  { runId }: OpenPlan,
  points: readonly ForecastPoint[],
  firstLeaf: number,
): Promise<void> {
  for (let at = 0; at < points.length; at += ROWS) {
    const rows = points
      .slice(at, at + ROWS)
      .map((point, index) => forecastRow(runId, point, firstLeaf + at + index));
    await bulkInsert(manager, 'forecast', FORECAST_COLUMNS, rows);
  }
}

/** The row stays locked until the transaction ends: another worker with the same share waits, and then finds it done. */
const BEGIN = `
  UPDATE forecast_shard SET begun_at = clock_timestamp()
  WHERE run_id = $1 AND number = $2 AND written_at IS NULL RETURNING first_series AS first`;

const DONE = `
  WITH done AS (
    UPDATE forecast_shard SET written_at = clock_timestamp(),
      write_ms = extract(epoch FROM clock_timestamp() - begun_at) * 1000
    WHERE run_id = $1 AND number = $2 RETURNING run_id, number
  )
  UPDATE forecast_shard_content c SET leaves = $3, settled = NULL
  FROM done WHERE (c.run_id, c.number) = (done.run_id, done.number)`;
