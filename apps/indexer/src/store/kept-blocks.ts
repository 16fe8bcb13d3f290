import { chainDigest, EMPTY_DIGEST } from '@tallyhouse/chain';
import { FINALITY_WINDOW } from './checkpoint.js';
import { isoTime, type BlockRange, type FactBatch } from './fact-batch.js';
import type { Session } from './session.js';

/** Where a chain's blocks are kept. */
type Queries = Pick<Session, 'query'>;

/**
 * Keeps the blocks of a range with the hash of their rows, and moves the running digest on: that of the checkpoint, or
 * nothing in an index that was begun before digests were kept.
 */
export async function keepBlocks(
  session: Queries,
  chainId: number,
  { headers, logs }: Pick<BlockRange, 'headers' | 'logs'>,
  rowsHashes: FactBatch['rowsHashes'],
): Promise<void> {
  const [kept] = await session.query<{ digest: string | null }>(
    'SELECT digest FROM chain_checkpoint WHERE chain_id = $1',
    [chainId],
  );
  const before = kept?.digest ?? null;
  const digests = runningDigests(before, rowsHashes);
  const counts = new Map<number, number>();
  for (const { blockNumber } of logs) counts.set(blockNumber, (counts.get(blockNumber) ?? 0) + 1);
  const numbers = headers.map(({ number }) => number);
  await session.query(
    `INSERT INTO chain_block (chain_id, number, hash, parent_hash, block_time, fact_count, rows_hash, digest)
     SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::integer[], $7::text[], $8::text[])`,
    [
      ...[
        chainId,
        numbers,
        headers.map(({ hash }) => hash),
        headers.map(({ parentHash }) => parentHash ?? null),
      ],
      ...[headers.map(isoTime), numbers.map((number) => counts.get(number) ?? 0)],
      ...[
        numbers.map((number) => rowsHashes.get(number) ?? null),
        numbers.map((number) => digests.get(number) ?? null),
      ],
    ],
  );
  const after = [...digests.values()].at(-1) ?? before;
  if (after !== before)
    await session.query('UPDATE chain_checkpoint SET digest = $2 WHERE chain_id = $1', [chainId, after]);
}

/** Blocks that left the finality window with a commit and hold no fact are no longer needed. */
export async function forgetEmptyBlocks(
  session: Queries,
  chainId: number,
  previous: number,
  last: number,
): Promise<void> {
  await session.query(
    `DELETE FROM chain_block WHERE chain_id = $1 AND fact_count = 0
       AND number > $2::bigint - $4 AND number <= $3::bigint - $4`,
    [chainId, previous, last, FINALITY_WINDOW],
  );
}

/** Deletes the blocks above an ancestor and takes the running digest back to it. */
export async function dropBlocks(session: Queries, chainId: number, ancestor: number): Promise<void> {
  await session.query('DELETE FROM chain_block WHERE chain_id = $1 AND number > $2', [chainId, ancestor]);
  await session.query(
    `UPDATE chain_checkpoint SET digest = coalesce((SELECT digest FROM chain_block
         WHERE chain_id = $1 AND rows_hash IS NOT NULL ORDER BY number DESC LIMIT 1), $2)
     WHERE chain_id = $1 AND digest IS NOT NULL`,
    [chainId, EMPTY_DIGEST],
  );
}

function runningDigests(before: string | null, rowsHashes: FactBatch['rowsHashes']): Map<number, string> {
  const digests = new Map<number, string>();
  if (before === null) return digests;
  let digest = before;
  for (const [number, rowsHash] of rowsHashes)
    digests.set(number, (digest = chainDigest(digest, number, rowsHash)));
  return digests;
}
