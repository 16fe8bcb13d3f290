import { join, resolve } from 'node:path';
import { readDeployment, type Deployment } from '@tallyhouse/chain';
import { readConfig } from '@tallyhouse/config';
import pg from 'pg';
import { localContext } from '../local-context.js';
import { wantsOwnServers } from '../up/own-servers.js';

/** Database and chain of an index. */
export interface IndexSource {
  readonly databaseUrl: string;
  readonly rpcUrls: readonly string[];
  readonly deploymentPath: string;
  readonly deployment: Deployment;
}

/** The operator's own servers when the environment names them, else those of the running `./tallyhouse up`. */
export async function indexSource(stateDir: string): Promise<IndexSource> {
  if (!wantsOwnServers(process.env)) {
    const { databaseUrl, rpcUrl, deployment } = await localContext(stateDir);
    const deploymentPath = join(resolve(stateDir), 'local.json');
    return { databaseUrl, rpcUrls: [rpcUrl], deploymentPath, deployment };
  }
  const { databaseUrl, rpcUrls, deploymentPath } = readConfig();
  const deployment = await readDeployment({ deploymentPath });
  return { databaseUrl, rpcUrls, deploymentPath, deployment };
}

/** Does work over one connection, which is closed whatever happens. */
export async function withClient<Result>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'tallyhouse-reindex' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** How far an index has come. */
export interface Place {
  readonly number: number;
  readonly hash: string;
}

/** @returns undefined when nothing is indexed */
export async function checkpointOf(client: pg.ClientBase, chainId: number): Promise<Place | undefined> {
  const { rows } = await client.query<{ number: string; hash: string }>(
    'SELECT block_number AS number, block_hash AS hash FROM chain_checkpoint WHERE chain_id = $1',
    [chainId],
  );
  const [row] = rows;
  return row && { number: Number(row.number), hash: row.hash };
}
