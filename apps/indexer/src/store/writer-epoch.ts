import { RetryError, StopError } from '../indexer.errors.js';
import type { Session } from './session.js';

type Queries = Pick<Session, 'query'>;

/**
 * Begins a new epoch of writing. It waits for a transaction of the leader before, if one is still open; after it that
 * leader's epoch is over, and with it every write that names it (a fencing token, as M. Kleppmann describes them).
 *
 * @returns the epoch, 1 for an index that does not exist yet
 */
export async function lead(session: Queries, chainId: number): Promise<number> {
  const [row] = await session.query<{ epoch: string }>(
    `UPDATE chain_checkpoint SET writer_epoch = writer_epoch + 1 WHERE chain_id = $1
     RETURNING writer_epoch AS epoch`,
    [chainId],
  );
  return Number(row?.epoch ?? 1);
}

/** Why the checkpoint did not move: another process leads, or something that is no indexer moved it. */
export async function refusedMove(
  session: Queries,
  chainId: number,
  from: number,
  epoch: number,
): Promise<RetryError | StopError> {
  const [row] = await session.query<{ epoch: string }>(
    'SELECT writer_epoch AS epoch FROM chain_checkpoint WHERE chain_id = $1',
    [chainId],
  );
  if (row && Number(row.epoch) !== epoch)
    return new RetryError('LEADERSHIP_LOST', `another indexer leads chain ${chainId} since`);
  return new StopError(
    'CHECKPOINT_TAKEN',
    `the checkpoint is no longer at block ${from}`,
    'another program writes these rows: end it, then start the indexer again',
  );
}
