import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import type { DataSource } from 'typeorm';
import { Stack, type StackOptions } from '../../../apps/cli/src/up/stack.js';
import { connect, seedMasterData } from '../../../apps/cli/src/up/seed.js';

/** A whole Tallyhouse for one journey: real database, real chain, our processes. */
export interface JourneyStack {
  readonly stack: Stack;
  readonly dataSource: DataSource;
  /** API keys by partner address, lower case. */
  readonly apiKeys: Readonly<Record<string, string>>;
  stop(): Promise<void>;
  /** Stops everything, lets something be done to what is kept, and starts again from there; needs a database that is kept. */
  startAgain(meanwhile: (stopped: Stack) => Promise<void>): Promise<JourneyStack>;
}

type JourneyOptions = Pick<StackOptions, 'world'> &
  Partial<Pick<StackOptions, 'chainStartS' | 'environment' | 'startDatabase'>>;

/** The processes pause little, so that a journey takes seconds. */
const QUICK = { ANCHOR_INTERVAL_MS: '300', POLL_INTERVAL_MS: '100', LOG_LEVEL: 'info' };

/** A database that is gone with the journey, with every table in it. */
async function passingDatabase(): Promise<LocalPostgres> {
  const postgres = await startPostgres();
  return { ...postgres, createDatabase: postgres.createTestDatabase };
}

/** Starts `up`'s own stack in a temporary folder, with names and keys of the simulated partners and no events. */
export async function startJourney(options: JourneyOptions): Promise<JourneyStack> {
  const folder = await mkdtemp(join(tmpdir(), 'tallyhouse-journey-'));
  const started = {
    startDatabase: passingDatabase,
    ...options,
    stateDir: folder,
    rpcPort: await freePort(),
    blockTimeS: 1,
    environment: { ...QUICK, ...options.environment },
    onStep: () => undefined,
    onExit: () => undefined,
  };
  const stack = await Stack.start({ ...started, fresh: true });
  const dataSource = await connect(stack.databaseUrl);
  const apiKeys = await seedMasterData(dataSource, stack.simulated, stack.accounts);
  return journeyOf(stack, dataSource, apiKeys, () => Stack.start({ ...started, fresh: false }));
}

function journeyOf(
  stack: Stack,
  dataSource: DataSource,
  apiKeys: JourneyStack['apiKeys'],
  start: () => Promise<Stack>,
): JourneyStack {
  const end = async (): Promise<void> => {
    await dataSource.destroy();
    await stack.stop();
  };
  return {
    stack,
    dataSource,
    apiKeys,
    stop: async () => {
      await end();
      await rm(stack.state.path, { recursive: true, force: true });
    },
    startAgain: async (meanwhile) => {
      await end();
      await meanwhile(stack);
      const next = await start();
      return journeyOf(next, await connect(next.databaseUrl), apiKeys, start);
    },
  };
}
