import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ReplicatedStore } from '@tallyhouse/model-registry';
import { startPostgres } from '@tallyhouse/testing';
import { configuredStores } from '../artifacts/stores.js';
import { CliError } from '../cli.errors.js';
import { CONNECTION_FILE, type Connection } from '../local-context.js';
import { isAlive, StateFolder } from '../up/state-folder.js';
import { artifactsIn, artifactsOf, type KeptArtifacts } from './kept-artifacts.js';
import { stoppedWorld, runningWorld, type WorldFiles } from './world-files.js';

/** A database with what belongs to it: that of DATABASE_URL, or a local world. */
export interface Place {
  readonly databaseUrl: string;
  readonly artifacts: KeptArtifacts;
  /** Undefined for an operator's own servers: chain and keys are not ours to keep. */
  readonly world: WorldFiles | undefined;
}

/** Does work at the place that the environment or the state folder names, running or not. */
export async function atPlace<Result>(
  stateDir: string,
  work: (place: Place) => Promise<Result>,
): Promise<Result> {
  const own = ownPlace(stateDir);
  if (own) return work(own);
  const folder = resolve(stateDir);
  if (!existsSync(join(folder, 'postgres')))
    throw new CliError(
      `${folder} holds no local world`,
      'start one with ./tallyhouse up, name its folder with --state-dir, or set DATABASE_URL',
    );
  const connection = await runningIn(folder);
  if (connection === undefined) return atStoppedWorld(folder, work);
  const { databaseUrl, rpcUrl } = connection;
  return work({ databaseUrl, ...besides(folder), world: runningWorld(folder, rpcUrl) });
}

/** Does work at a place that nobody uses, made where it is missing. */
export async function atIdlePlace<Result>(
  stateDir: string,
  work: (place: Place) => Promise<Result>,
): Promise<Result> {
  const own = ownPlace(stateDir);
  return own ? work(own) : atStoppedWorld(resolve(stateDir), work);
}

function ownPlace(stateDir: string): Place | undefined {
  const databaseUrl = process.env['DATABASE_URL'];
  if (!databaseUrl) return undefined;
  // One store that takes a file is enough; `artifacts repair` brings it to the others.
  const artifacts = artifactsOf(new ReplicatedStore(configuredStores(stateDir), 1));
  return { databaseUrl, artifacts, world: undefined };
}

async function atStoppedWorld<Result>(
  folder: string,
  work: (place: Place) => Promise<Result>,
): Promise<Result> {
  const state = await StateFolder.claim(folder, false);
  try {
    const postgres = await startPostgres({ dir: state.postgres });
    try {
      const databaseUrl = await postgres.createDatabase('tallyhouse');
      return await work({ databaseUrl, ...besides(folder), world: stoppedWorld(folder) });
    } finally {
      await postgres.stop();
    }
  } finally {
    await state.release();
  }
}

function besides(folder: string): { artifacts: KeptArtifacts } {
  return { artifacts: artifactsIn(join(folder, 'artifacts')) };
}

/** How to reach the `up` that runs from a folder; undefined when none does. */
async function runningIn(folder: string): Promise<Connection | undefined> {
  const owner = Number((await readFile(join(folder, 'up.pid'), 'utf8').catch(() => '')).trim());
  if (!(owner > 1) || !isAlive(owner)) return undefined;
  const text = await readFile(join(folder, CONNECTION_FILE), 'utf8').catch(() => {
    throw new CliError(`${folder} is just starting or stopping`, 'try again in some seconds');
  });
  return JSON.parse(text) as Connection;
}
