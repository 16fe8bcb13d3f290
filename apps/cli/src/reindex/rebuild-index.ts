import { makePublicClient } from '@tallyhouse/chain';
import type pg from 'pg';
import { CliError } from '../cli.errors.js';
import { digestFacts, factTables, type FactDigest } from './fact-digest.js';
import { withClient, type IndexSource } from './index-source.js';
import { runIndexer } from './run-indexer.js';

/** First key of the lock that an indexer holds while it writes, ASCII "TALY"; the second is the chain's id. */
const LOCK_SPACE = 0x54_41_4c_59;

/**
 * Empties a chain's facts and indexes them again.
 *
 * @throws CliError when an indexer is at work; nothing is emptied then
 */
export async function rebuildIndex(
  source: IndexSource,
  options: { readonly verify: string; readonly onProgress: (blockNumber: number, upTo: number) => void },
): Promise<FactDigest> {
  const { databaseUrl, deployment, rpcUrls } = source;
  const upTo = Number(await makePublicClient(rpcUrls).getBlockNumber());
  await withClient(databaseUrl, (client) => empty(client, deployment.chainId));
  const onProgress = (number: number): void => options.onProgress(number, upTo);
  await runIndexer(source, { databaseUrl, upTo, verify: options.verify, onProgress });
  return withClient(databaseUrl, (client) => digestFacts(client, deployment.chainId, upTo));
}

async function empty(client: pg.Client, chainId: number): Promise<void> {
  await client.query('BEGIN');
  const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_xact_lock($1, $2) AS held', [
    LOCK_SPACE,
    chainId,
  ]);
  if (!rows[0]?.held)
    throw new CliError(
      `an indexer is writing the facts of chain ${chainId}`,
      'stop it first, then try again; ./tallyhouse reindex --check needs no stop',
    );
  await markEverythingDerived(client, chainId);
  for (const name of (await factTables(client)).keys())
    await client.query(`DELETE FROM ${client.escapeIdentifier(name)} WHERE chain_id = $1`, [chainId]);
  await client.query('DELETE FROM chain_block WHERE chain_id = $1', [chainId]);
  await client.query('DELETE FROM chain_checkpoint WHERE chain_id = $1', [chainId]);
  await client.query('COMMIT');
}

/** As a roll-back below the first block would do it: what was made of the facts is looked at again. */
async function markEverythingDerived(client: pg.Client, chainId: number): Promise<void> {
  await client.query(
    `INSERT INTO chain_rollback (chain_id, from_number, from_hash, to_number, to_hash, rolled_back_at)
     SELECT chain_id, block_number, block_hash, -1, genesis_hash, clock_timestamp()
     FROM chain_checkpoint WHERE chain_id = $1`,
    [chainId],
  );
  await client.query('UPDATE derivation SET stale_from = 0 WHERE chain_id = $1', [chainId]);
}
