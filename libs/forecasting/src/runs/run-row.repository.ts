import type { EntityManager } from 'typeorm';
import type { Hex } from '@tallyhouse/proofs';
import type { Reconciliation } from '../contract/forecaster.js';
import type { RunningModel } from './forecast-run.service.js';
import { STORED_LEVELS } from './run-points.js';

/** A run that is whole. */
export interface WholeRun {
  readonly id: string;
  readonly model: RunningModel;
  readonly asOf: Date;
  readonly firstTarget: Date;
  readonly block: number;
  readonly dataSha256: Hex;
  /** Of the values alone, where `dataSha256` covers covariates too. */
  readonly valuesSha256?: Hex;
  readonly root: Hex;
  readonly count: number;
  readonly isShadow: boolean;
  readonly reconciled: Reconciliation | undefined;
  readonly traceparent: string | null;
  /** Number of the last stock-out that it knew; absent where none had been said. */
  readonly stockOutsUpTo?: number;
}

/** Writes the row of a run, which makes its forecasts the ones that are shown and committed. */
export async function insertRun(manager: Pick<EntityManager, 'query'>, run: WholeRun): Promise<void> {
  const { model, reconciled } = run;
  await manager.query(
    `INSERT INTO forecast_run (id, family, version_id, artifact_sha256, proposal_id, frequency, as_of, first_target,
                               as_of_block, data_sha256, levels, root, count, is_shadow, reconciliation,
                               reconciliation_reason, traceparent, values_sha256, stock_outs_up_to, has_baseline, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, upper($15), $16, $17, $18, $19, true, clock_timestamp())`,
    [
      ...[run.id, model.family, model.versionId, model.artifactSha256, model.proposalId],
      ...[model.frequency.toUpperCase(), run.asOf, run.firstTarget, run.block, run.dataSha256, STORED_LEVELS],
      ...[run.root, run.count, run.isShadow, reconciled?.method ?? null, reconciled?.reason ?? null],
      ...[run.traceparent, run.valuesSha256 ?? null, run.stockOutsUpTo ?? null],
    ],
  );
}
