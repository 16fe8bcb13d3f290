import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { CliError } from '../cli.errors.js';
import { migrate } from '../migrate/migrate.js';
import { digestFacts, notedHashes, type FactDigest } from './fact-digest.js';
import { checkpointOf, withClient, type IndexSource, type Place } from './index-source.js';
import { runIndexer } from './run-indexer.js';

const ATTEMPTS = 3;

/** An index and a fresh one of the same blocks. */
export interface IndexComparison {
  readonly upTo: number;
  readonly kept: FactDigest;
  readonly fresh: FactDigest;
  readonly same: boolean;
  /** First block whose rows differ. */
  readonly firstDifference: number | undefined;
  /** First block whose rows are no longer those that the indexer wrote. */
  readonly firstChanged: number | undefined;
}

interface Options {
  readonly verify: string;
  readonly onProgress: (blockNumber: number, upTo: number) => void;
}

/**
 * Indexes afresh into a temporary database of the same server, and compares. The index itself is only read and may go
 * on meanwhile.
 *
 * @throws CliError when there is nothing to compare or no database can be made
 */
export async function checkIndex(source: IndexSource, options: Options): Promise<IndexComparison> {
  const { chainId } = source.deployment;
  for (let attempt = 1; ; attempt++) {
    const { place, digest: kept, noted } = await keptFacts(source);
    const fresh = await inTemporaryDatabase(source.databaseUrl, async (databaseUrl) => {
      await migrate(databaseUrl);
      const onProgress = (number: number): void => options.onProgress(number, place.number);
      await runIndexer(source, { databaseUrl, upTo: place.number, verify: options.verify, onProgress });
      return withClient(databaseUrl, (client) => digestFacts(client, chainId, place.number));
    });
    const same = kept.digest === fresh.digest;
    if (same || attempt === ATTEMPTS || !(await wasRolledBack(source, place)))
      return {
        ...{ upTo: place.number, kept, fresh, same },
        firstDifference: firstDifference(kept.blocks, fresh.blocks),
        firstChanged: noted.size > 0 ? firstDifference(kept.blocks, noted) : undefined,
      };
  }
}

interface KeptFacts {
  readonly place: Place;
  readonly digest: FactDigest;
  readonly noted: ReadonlyMap<number, string>;
}

async function keptFacts({ databaseUrl, deployment }: IndexSource): Promise<KeptFacts> {
  return withClient(databaseUrl, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const place = await checkpointOf(client, deployment.chainId);
    if (!place)
      throw new CliError(
        `nothing of chain ${deployment.chainId} is indexed`,
        'start the indexer: ./tallyhouse up',
      );
    const digest = await digestFacts(client, deployment.chainId, place.number);
    const noted = await notedHashes(client, deployment.chainId, place.number);
    await client.query('COMMIT');
    return { place, digest, noted };
  });
}

/** Whether the block that was compared up to is no longer the index's: the chain was reorganised meanwhile. */
function wasRolledBack({ databaseUrl, deployment }: IndexSource, place: Place): Promise<boolean> {
  return withClient(databaseUrl, async (client) => {
    const { rowCount } = await client.query(
      'SELECT 1 FROM chain_block WHERE chain_id = $1 AND number = $2 AND hash = $3',
      [deployment.chainId, place.number, place.hash],
    );
    return rowCount === 0;
  });
}

async function inTemporaryDatabase<Result>(
  databaseUrl: string,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  const name = `tallyhouse_check_${randomBytes(4).toString('hex')}`;
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  await onServer(databaseUrl, `CREATE DATABASE ${name} TEMPLATE template0`);
  try {
    return await work(url.href);
  } finally {
    await onServer(databaseUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function onServer(databaseUrl: string, sql: string): Promise<void> {
  await withClient(databaseUrl, (client) => client.query(sql)).catch((error: unknown) => {
    if (!(error instanceof pg.DatabaseError) || error.code !== '42501') throw error;
    throw new CliError(
      'the check needs a database of its own for a while, and this role may make none',
      'ALTER ROLE … CREATEDB, or set DATABASE_URL to a role that may',
    );
  });
}

function firstDifference(
  one: ReadonlyMap<number, string>,
  other: ReadonlyMap<number, string>,
): number | undefined {
  const numbers = [...new Set([...one.keys(), ...other.keys()])].sort((a, b) => a - b);
  return numbers.find((number) => one.get(number) !== other.get(number));
}
