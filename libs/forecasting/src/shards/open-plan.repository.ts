import type { FactsMoment } from '@tallyhouse/database';
import type { Hex } from '@tallyhouse/proofs';
import type { EntityManager } from 'typeorm';
import type { Frequency } from '../contract/panel.js';
import type { Measure } from '../series/panel.repository.js';
import type { TakenCovariates } from '../statements/outlook.js';

type Queries = Pick<EntityManager, 'query'>;

/** A plan that is under way. */
export interface OpenPlan {
  readonly runId: string;
  readonly family: string;
  readonly versionId: Hex;
  readonly artifactSha256: Hex;
  readonly proposalId: string | null;
  readonly measure: Measure;
  readonly frequency: Frequency;
  readonly asOf: Date;
  readonly firstTarget: Date;
  readonly block: number;
  readonly dataSha256: Hex;
  /** Of the values alone; null where the model takes no covariates. */
  readonly valuesSha256: Hex | null;
  /** What the model takes of covariates. */
  readonly covariates: TakenCovariates | null;
  /** Number of the last statement that there was. */
  readonly statementSeq: number | null;
  /** Number of the first period of the middle series. */
  readonly usualBegin: number;
  readonly sums: number;
  readonly series: number;
  readonly horizon: number;
  readonly gap: number;
  readonly moments: readonly FactsMoment[];
  readonly traceparent: string | null;
  readonly reconciliation: 'mint' | 'structural' | null;
  readonly reconciliationReason: string | null;
  /** Number of the last stock-out that the plan knew; null where none was said. */
  readonly stockOutsUpTo: number | null;
  /** By a candidate, beside the version in force. */
  readonly isShadow: boolean;
}

const PLAN = `
  SELECT run_id AS "runId", family, version_id AS "versionId", artifact_sha256 AS "artifactSha256", proposal_id AS "proposalId",
    measure, lower(frequency) AS frequency, as_of AS "asOf", first_target AS "firstTarget", as_of_block::float8 AS block,
    data_sha256 AS "dataSha256", usual_begin AS "usualBegin", sums, series, horizon, gap, moments, traceparent,
    lower(reconciliation) AS reconciliation, reconciliation_reason AS "reconciliationReason", values_sha256 AS "valuesSha256",
    covariates, statement_seq::float8 AS "statementSeq", stock_outs_up_to::float8 AS "stockOutsUpTo",
    is_shadow AS "isShadow"
  FROM forecast_plan WHERE run_id = $1 AND finished_at IS NULL`;

/**
 * The plan while it is open; undefined once it is stored or given up.
 *
 * @param lock held until the transaction ends: `SHARE` keeps the plan open, `UPDATE` keeps others from closing it too
 */
export async function openPlan(
  queries: Queries,
  runId: string,
  lock?: 'SHARE' | 'UPDATE',
): Promise<OpenPlan | undefined> {
  const [plan]: OpenPlan[] = await queries.query(lock ? `${PLAN} FOR ${lock}` : PLAN, [runId]);
  return plan;
}

/** What of a shard's content is read. */
type ContentColumn = 'history' | 'reduced' | 'forecasts' | 'settled' | 'leaves';

const READ: Readonly<Record<ContentColumn, string>> = {
  history: 'coalesce(c.history, beside.history) AS history',
  reduced: 'coalesce(c.reduced, beside.reduced) AS reduced',
  forecasts: 'c.forecasts',
  settled: 'c.settled',
  leaves: 'c.leaves',
};

/** What a step left for the next one is gone once that is done. */
type ShardContent<Column extends ContentColumn> = {
  readonly [Name in Column]: Name extends 'history' ? Uint8Array : Uint8Array | null;
};

/** Contents of one shard, or of all in their order; those of a run in shadow have the histories of the run beside which it is made. */
export async function shardContents<Column extends ContentColumn>(
  queries: Queries,
  runId: string,
  columns: readonly Column[],
  number?: number,
): Promise<ShardContent<Column>[]> {
  return queries.query(
    `SELECT ${columns.map((column) => READ[column]).join(', ')} FROM forecast_shard_content c
     JOIN forecast_plan p ON p.run_id = c.run_id
     LEFT JOIN forecast_shard_content beside ON (beside.run_id, beside.number) = (p.histories_of, c.number)
     WHERE c.run_id = $1 AND ($2::int IS NULL OR c.number = $2) ORDER BY c.number`,
    [runId, number ?? null],
  );
}
