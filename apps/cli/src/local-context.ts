import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseDeployment, type Deployment } from '@tallyhouse/chain';
import { CliError } from './cli.errors.js';
import { localAccounts, type LocalAccounts } from './up/accounts.js';
import type { LocalWorld } from './up/state-folder.js';

/** Where a running local Tallyhouse is reached, written by `up` while it runs. */
export interface Connection {
  readonly databaseUrl: string;
  readonly rpcUrl: string;
  readonly apiUrl: string;
}

/** Everything a command needs of the local Tallyhouse. */
export interface LocalContext extends Connection {
  readonly deployment: Deployment;
  readonly accounts: LocalAccounts;
  readonly artifactFolder: string;
}

/** Name of the file in the state folder that holds the {@link Connection}. */
export const CONNECTION_FILE = 'connection.json';

/**
 * Opens what `./tallyhouse up` runs.
 *
 * @throws CliError when none runs from this folder
 */
export async function localContext(stateDir: string): Promise<LocalContext> {
  const folder = resolve(stateDir);
  const read = async <Value>(name: string): Promise<Value> => {
    const text = await readFile(join(folder, name), 'utf8').catch(() => {
      throw new CliError(
        `no Tallyhouse runs from ${folder}`,
        'start it with ./tallyhouse up, or name its folder with --state-dir',
      );
    });
    return JSON.parse(text) as Value;
  };
  const connection = await read<Connection>(CONNECTION_FILE);
  const world = await read<LocalWorld>('world.json');
  const deployment = parseDeployment(await read<unknown>('local.json'));
  return {
    ...connection,
    deployment,
    accounts: localAccounts(world.mnemonic),
    artifactFolder: join(folder, 'artifacts'),
  };
}

/** The operator's database where DATABASE_URL names one, else that of the running local world. */
export async function databaseUrlOf(stateDir: string): Promise<string> {
  return process.env['DATABASE_URL'] ?? (await localContext(stateDir)).databaseUrl;
}
