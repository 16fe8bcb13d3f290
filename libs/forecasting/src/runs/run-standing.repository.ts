import { recordDerivations, type FactsMoment } from '@tallyhouse/database';
import type { Hex } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import type { Frequency } from '../contract/panel.js';
import { CATCHING_UP, EXISTING, MAX_WAIT } from './run-standing.sql.js';

/** What there is one run of. */
export interface RunKey {
  readonly versionId: Hex;
  readonly frequency: Frequency;
  readonly asOf: Date;
  readonly dataSha256: Hex;
  readonly isShadow: boolean;
}

/**
 * The series rest on blocks that are gone; or events wait for the chain, and the model has made a forecast lately or never: an
 * unbroken stream holds it up only so long.
 */
export async function isCatchingUp(dataSource: DataSource, versionId: Hex): Promise<boolean> {
  const [{ waiting, overdue, stale }]: [{ waiting: boolean; overdue: boolean; stale: boolean }] =
    await dataSource.query(CATCHING_UP, [versionId, MAX_WAIT]);
  return stale || (waiting && !overdue);
}

/** Whether the run exists; one that rested on blocks that are gone then stands again, its data being the same. */
export async function confirmRun(
  dataSource: DataSource,
  { versionId, frequency, asOf, dataSha256, isShadow }: RunKey,
  moments: readonly FactsMoment[],
): Promise<boolean> {
  const key = [versionId, frequency.toUpperCase(), asOf, dataSha256, isShadow];
  const [run]: { id: string; doubtful: boolean }[] = await dataSource.query(EXISTING, key);
  if (run?.doubtful)
    await dataSource.transaction(async (manager) => {
      await manager.query('UPDATE forecast_run SET withdrawn_at = NULL WHERE id = $1', [run.id]);
      await recordDerivations(manager, 'forecast-run', [run.id], moments);
    });
  return run !== undefined;
}
