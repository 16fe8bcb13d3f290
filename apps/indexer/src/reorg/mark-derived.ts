import type { BlockHeader } from '../rpc/raw-block.js';
import type { Session } from '../store/session.js';

/**
 * Notes a roll-back, and marks everything that was made of a block that is gone, in the transaction that deletes the
 * block's rows. Whoever made it looks for its marks and makes it again; see `derivation.ts` in libs/database.
 */
export async function markDerived(
  session: Pick<Session, 'query'>,
  chainId: number,
  from: BlockHeader,
  ancestor: BlockHeader,
): Promise<void> {
  await session.query(
    `INSERT INTO chain_rollback (chain_id, from_number, from_hash, to_number, to_hash, rolled_back_at)
     VALUES ($1, $2, $3, $4, $5, clock_timestamp())`,
    [chainId, from.number, from.hash, ancestor.number, ancestor.hash],
  );
  await session.query(
    `UPDATE derivation SET stale_from = least(stale_from, $2::bigint + 1)
     WHERE chain_id = $1 AND block_number > $2`,
    [chainId, ancestor.number],
  );
}
