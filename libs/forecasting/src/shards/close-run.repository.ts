import { setImmediate as otherWork } from 'node:timers/promises';
import { notify, recordDerivations } from '@tallyhouse/database';
import { merkleRoot, WORD_BYTES } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import type { Reconciliation } from '../contract/forecaster.js';
import { insertRun } from '../runs/run-row.repository.js';
import { openPlan, shardContents, type OpenPlan } from './open-plan.repository.js';

/** Makes the root over all leaves and with it the run, which from then on is shown and committed. */
export async function closeRun(dataSource: DataSource, plan: OpenPlan): Promise<void> {
  const { runId } = plan;
  const leaves = await leavesOf(dataSource, plan);
  // Another worker was quicker.
  if (!leaves) return;
  const root = await merkleRoot(leaves, otherWork);
  await dataSource.transaction(async (manager) => {
    if (!(await openPlan(manager, runId, 'UPDATE'))) return;
    await insertRun(manager, {
      ...{ id: runId, model: plan, asOf: plan.asOf, firstTarget: plan.firstTarget, block: plan.block },
      ...{ dataSha256: plan.dataSha256, root, count: leaves.length / WORD_BYTES, isShadow: plan.isShadow },
      ...{ reconciled: reconciledOf(plan), traceparent: plan.traceparent },
      ...(plan.valuesSha256 === null ? {} : { valuesSha256: plan.valuesSha256 }),
      ...(plan.measure === 'DEMAND' && plan.stockOutsUpTo !== null
        ? { stockOutsUpTo: plan.stockOutsUpTo }
        : {}),
    });
    await manager.query(STORED, [runId]);
    await manager.query(plan.isShadow ? FORGET_ALL : KEEP_HISTORIES, [runId]);
    await manager.query(FORGET_OLD);
    await notify(manager, 'tallyhouse_forecast', { runId });
    await recordDerivations(manager, 'forecast-run', [runId], plan.moments);
  });
}

/** The leaves of all shards in their order, read shard by shard; undefined where some are gone. */
async function leavesOf(
  dataSource: DataSource,
  { runId, series, horizon }: OpenPlan,
): Promise<Uint8Array | undefined> {
  const all = new Uint8Array(WORD_BYTES * series * horizon);
  for (let shard = 0, at = 0; at < all.length; shard += 1) {
    const [content] = await shardContents(dataSource, runId, ['leaves'], shard);
    if (!content?.leaves) return undefined;
    all.set(content.leaves, at);
    at += content.leaves.length;
  }
  return all;
}

function reconciledOf({
  reconciliation,
  reconciliationReason: reason,
}: OpenPlan): Reconciliation | undefined {
  if (reconciliation === null) return undefined;
  return { method: reconciliation, ...(reason === null ? {} : { reason }) };
}

const STORED = `UPDATE forecast_plan SET finished_at = clock_timestamp(), outcome = 'STORED' WHERE run_id = $1`;

/** Candidates run beside it, of the same data. */
const KEEP_HISTORIES =
  'UPDATE forecast_shard_content SET forecasts = NULL, settled = NULL, leaves = NULL WHERE run_id = $1';

const FORGET_ALL = 'DELETE FROM forecast_shard_content WHERE run_id = $1';

const FORGET_OLD = `
  DELETE FROM forecast_plan p WHERE p.finished_at < clock_timestamp() - interval '30 days'
    AND NOT EXISTS (SELECT FROM forecast_plan s WHERE s.histories_of = p.run_id AND s.finished_at IS NULL)`;
