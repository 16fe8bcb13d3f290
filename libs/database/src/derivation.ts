import type { EntityManager } from 'typeorm';

type Queries = Pick<EntityManager, 'query'>;

/** The index as it stood when something began to be made of its facts. */
export interface FactsMoment {
  readonly chainId: number;
  /** Last block whose facts may go in. */
  readonly blockNumber: number;
  /** The latest roll-back so far, 0 before the first. */
  readonly rollbackSeq: string;
}

/** Something made of a chain's facts. */
export interface DerivationId {
  /** What kind of thing, such as `series`. */
  readonly name: string;
  /** Which one of its kind; empty where there is one only. */
  readonly key: string;
}

/** Something that rests on a block which is gone. */
export interface StaleDerivation extends DerivationId {
  readonly chainId: number;
  /** Lowest block that was taken back. */
  readonly staleFrom: number;
}

/**
 * Where the index stands now. Read it before the facts.
 *
 * @returns undefined before the first block is indexed
 */
export async function factsMoment(manager: Queries, chainId: number): Promise<FactsMoment | undefined> {
  const [row]: { block: string; seq: string }[] = await manager.query(
    `SELECT block_number AS block,
       (SELECT coalesce(max(seq), 0) FROM chain_rollback WHERE chain_id = $1) AS seq
     FROM chain_checkpoint WHERE chain_id = $1`,
    [chainId],
  );
  return row && { chainId, blockNumber: Number(row.block), rollbackSeq: row.seq };
}

/** Where the index of each chain stands now, for what is made of the facts of all of them. Read it before the facts. */
export async function factsMoments(manager: Queries): Promise<FactsMoment[]> {
  const rows: { chain: number; block: string; seq: string }[] = await manager.query(
    `SELECT chain_id AS chain, block_number AS block,
       (SELECT coalesce(max(seq), 0) FROM chain_rollback r WHERE r.chain_id = c.chain_id) AS seq
     FROM chain_checkpoint c ORDER BY chain_id`,
  );
  return rows.map(({ chain, block, seq }) => ({
    chainId: chain,
    blockNumber: Number(block),
    rollbackSeq: seq,
  }));
}

/**
 * Notes what something was made of, in the transaction that writes it and as its last statement. From then on a
 * roll-back below that block marks it. One that happened since `moment`, which the facts may or may not have shown,
 * marks it at once.
 *
 * @example
 * const moment = await factsMoment(manager, 1) // then read facts, write rows
 * await recordDerivation(manager, { name: 'series', key: '' }, moment)
 */
export async function recordDerivation(
  manager: Queries,
  { name, key }: DerivationId,
  moment: FactsMoment,
): Promise<void> {
  await recordDerivations(manager, name, [key], [moment]);
}

/** {@link recordDerivation} of several things of one kind, made of the facts of several chains. */
export async function recordDerivations(
  manager: Queries,
  name: string,
  keys: readonly string[],
  moments: readonly FactsMoment[],
): Promise<void> {
  if (keys.length === 0) return;
  for (const { chainId, blockNumber, rollbackSeq } of moments) {
    // A roll-back moves the checkpoint first: while this lock is held, none can pass between reading and noting.
    await manager.query('SELECT FROM chain_checkpoint WHERE chain_id = $1 FOR SHARE', [chainId]);
    await manager.query(
      `INSERT INTO derivation (name, key, chain_id, block_number, stale_from)
       SELECT $1, key, $3, $4, (SELECT min(to_number) + 1 FROM chain_rollback
         WHERE chain_id = $3 AND seq > $5 AND to_number < $4)
       FROM (SELECT DISTINCT key FROM unnest($2::text[]) AS key) keys
       ON CONFLICT (name, key, chain_id) DO UPDATE
         SET block_number = EXCLUDED.block_number, stale_from = EXCLUDED.stale_from`,
      [name, keys, chainId, blockNumber, rollbackSeq],
    );
  }
}

/** What of a kind has to be made again, lowest block first. Make it again and note it, or forget it. */
export async function staleDerivations(manager: Queries, name: string): Promise<StaleDerivation[]> {
  const rows: { key: string; chain: number; stale: string }[] = await manager.query(
    `SELECT key, chain_id AS chain, stale_from AS stale FROM derivation
     WHERE name = $1 AND stale_from IS NOT NULL ORDER BY stale_from, key, chain_id`,
    [name],
  );
  return rows.map(({ key, chain, stale }) => ({ name, key, chainId: chain, staleFrom: Number(stale) }));
}

/** Something is no longer there, or is kept as what it was: it is watched no more. */
export async function forgetDerivation(manager: Queries, { name, key }: DerivationId): Promise<void> {
  await manager.query('DELETE FROM derivation WHERE name = $1 AND key = $2', [name, key]);
}
