import type { EntityManager } from 'typeorm';

/** A piece of work on a run in shards, as a job names it. */
export interface Share {
  readonly runId: string;
  readonly step: 'forecast' | 'settle' | 'write' | 'close';
  /** Of the shard; absent where the step is for the whole run. */
  readonly shard?: number;
}

/** @example shareName({ runId: '7f…', step: 'write', shard: 3 }) // '7f…/write/3' */
export const shareName = ({ runId, step, shard }: Share): string =>
  [runId, step, ...(shard === undefined ? [] : [shard])].join('/');

/** What {@link shareName} named; undefined for anything else. */
export function shareOf(name: string): Share | undefined {
  const found = /^([0-9a-f-]{36})\/(?:(forecast|write)\/(\d{1,9})|(settle|close))$/.exec(name);
  if (!found) return undefined;
  const [, runId, each, shard, once] = found;
  if (each) return { runId: runId!, step: each as Share['step'], shard: Number(shard) };
  return { runId: runId!, step: once as Share['step'] };
}

/** Shares asked for at once; those that wait already cost nothing. */
const MOST_SHARES = 32;

/**
 * What can be done now of all open plans of one kind, the oldest first: a step begins when the one before it is done by all shards.
 * Those of candidates wait while a run of a version in force is open.
 */
export async function dueShares(queries: Pick<EntityManager, 'query'>, isShadow: boolean): Promise<Share[]> {
  const rows: { runId: string; step: Share['step']; shard: number | null }[] = await queries.query(DUE, [
    ...[MOST_SHARES, isShadow],
  ]);
  return rows.map(({ runId, step, shard }) => ({ runId, step, ...(shard === null ? {} : { shard }) }));
}

const DUE = `
  SELECT p.run_id AS "runId", stage.step, share.number AS shard
  FROM forecast_plan p
  CROSS JOIN LATERAL (
    SELECT CASE WHEN bool_or(s.forecast_at IS NULL) THEN 'forecast' WHEN p.reconciled_at IS NULL THEN 'settle'
                WHEN bool_or(s.written_at IS NULL) THEN 'write' ELSE 'close' END AS step
    FROM forecast_shard s WHERE s.run_id = p.run_id
  ) stage
  LEFT JOIN LATERAL (
    SELECT s.number FROM forecast_shard s
    WHERE s.run_id = p.run_id AND CASE stage.step WHEN 'forecast' THEN s.forecast_at IS NULL
                                                  WHEN 'write' THEN s.written_at IS NULL ELSE false END
    ORDER BY s.number LIMIT $1
  ) share ON true
  WHERE p.finished_at IS NULL AND p.is_shadow = $2
    AND NOT (p.is_shadow AND EXISTS (SELECT FROM forecast_plan o WHERE NOT o.is_shadow AND o.finished_at IS NULL))
  ORDER BY p.planned_at, share.number LIMIT $1`;
