import { chainDigest, EMPTY_DIGEST } from '@tallyhouse/chain';
import { FINALITY_WINDOW } from './checkpoint.js';
import { isoTime, type BlockRange, type FactBatch } from './fact-batch.js';
import type { Session } from './session.js';

/** Where a chain's blocks are kept. */
type Queries = Pick<Session, 'query'>;

/** Columns of a kept block, in the order of {@link blockColumns}. */
export const BLOCK_COLUMNS = 'chain_id, number, hash, parent_hash, block_time, fact_count, rows_hash, digest';
/** What {@link blockColumns} gives is unnested as. */
export const BLOCK_TYPES = ['bigint', 'text', 'text', 'timestamptz', 'integer', 'text', 'text'] as const;

/** The blocks of a range column by column, with the hash of their rows and the running digests up to them. */
export function blockColumns(
  { headers, logs }: Pick<BlockRange, 'headers' | 'logs'>,
  rowsHashes: FactBatch['rowsHashes'],
  digests: ReadonlyMap<number, string>,
): readonly (readonly unknown[])[] {
  const counts = new Map<number, number>();
  for (const { blockNumber } of logs) counts.set(blockNumber, (counts.get(blockNumber) ?? 0) + 1);
  const numbers = headers.map(({ number }) => number);
  return [
    numbers,
    headers.map(({ hash }) => hash),
    headers.map(({ parentHash }) => parentHash ?? null),
    headers.map(isoTime),
    numbers.map((number) => counts.get(number) ?? 0),
    numbers.map((number) => rowsHashes.get(number) ?? null),
    numbers.map((number) => digests.get(number) ?? null),
  ];
}

export async function keepBlocks(
  session: Queries,
  chainId: number,
  columns: readonly (readonly unknown[])[],
): Promise<void> {
  const arrays = BLOCK_TYPES.map((type, index) => `$${index + 2}::${type}[]`).join(', ');
  await session.query(`INSERT INTO chain_block (${BLOCK_COLUMNS}) SELECT $1, * FROM unnest(${arrays})`, [
    chainId,
    ...columns,
  ]);
}

/** The running digest up to each block that has rows; none in an index that was begun before digests were kept. */
export function runningDigests(
  before: string | null,
  rowsHashes: FactBatch['rowsHashes'],
): Map<number, string> {
  const digests = new Map<number, string>();
  if (before === null) return digests;
  let digest = before;
  for (const [number, rowsHash] of rowsHashes)
    digests.set(number, (digest = chainDigest(digest, number, rowsHash)));
  return digests;
}

/** The digest of the whole index; null in one that was begun before digests were kept. */
export async function keptDigest(session: Queries, chainId: number): Promise<string | null> {
  const [kept] = await session.query<{ digest: string | null }>(
    'SELECT digest FROM chain_checkpoint WHERE chain_id = $1',
    [chainId],
  );
  return kept?.digest ?? null;
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
