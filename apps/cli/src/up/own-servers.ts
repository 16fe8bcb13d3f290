import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readConfig } from '@tallyhouse/config';
import { migrate } from '../migrate/migrate.js';
import { AppProcess, type AppName } from './app-process.js';
import type { Progress } from './progress.js';

const APPS: readonly AppName[] = ['indexer', 'worker', 'api'];

/** Whether the environment names a database and a chain of the operator's own. */
export function wantsOwnServers(environment: NodeJS.ProcessEnv): boolean {
  return ['DATABASE_URL', 'RPC_URLS', 'TALLYHOUSE_DEPLOYMENT'].some((name) => environment[name]);
}

/**
 * Runs indexer, worker and api against the operator's database, chain and deployment, until interrupted. Nothing is
 * seeded and nothing deployed.
 */
export async function runAgainstOwnServers(progress: Progress): Promise<void> {
  const config = readConfig();
  progress.step('bringing the database up to date');
  await migrate(config.databaseUrl);
  const logs = resolve(config.stateDir, 'logs');
  await mkdir(logs, { recursive: true });
  const environment = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((done) => (stop = done));
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const onExit = (name: AppName, reason: string): void => {
    progress.say(`The ${name} ended ${reason}; see ${join(logs, `${name}.log`)}. Stopping the others.`);
    stop();
  };
  const { RELAYER_PRIVATE_KEY: relayer, BALLOT_PRIVATE_KEY: ballots, ...shared } = environment;
  // Least privilege: the keys that pay belong to the worker alone.
  const secret = (name: AppName): Record<string, string> =>
    name === 'worker'
      ? {
          ...(relayer ? { RELAYER_PRIVATE_KEY: relayer } : {}),
          ...(ballots ? { BALLOT_PRIVATE_KEY: ballots } : {}),
        }
      : {};
  const apps = APPS.map((name) => new AppProcess(name, { ...shared, ...secret(name) }, logs, onExit));
  progress.step('starting indexer, worker and api');
  try {
    await Promise.all(apps.map((app) => app.start()));
    progress.say(`Ready: http://${config.apiHost}:${config.apiPort}   logs: ${logs}   stop with Ctrl-C`);
    await stopped;
  } finally {
    await Promise.all(apps.map((app) => app.stop()));
  }
}
