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
}

/** The processes pause little, so that a journey takes seconds. */
const QUICK = { ANCHOR_INTERVAL_MS: '300', POLL_INTERVAL_MS: '100', LOG_LEVEL: 'info' };

/** A database that is gone with the journey, with every table in it. */
async function passingDatabase(): Promise<LocalPostgres> {
  const postgres = await startPostgres();
  return { ...postgres, createDatabase: postgres.createTestDatabase };
}

/** Starts `up`'s own stack in a temporary folder, with names and keys of the simulated partners and no events. */
export async function startJourney(
  options: Pick<StackOptions, 'world'> &
    Partial<Pick<StackOptions, 'chainStartS' | 'environment' | 'startDatabase'>>,
): Promise<JourneyStack> {
  const folder = await mkdtemp(join(tmpdir(), 'tallyhouse-journey-'));
  const exits: string[] = [];
  const stack = await Stack.start({
    startDatabase: passingDatabase,
    ...options,
    stateDir: folder,
    fresh: true,
    rpcPort: await freePort(),
    blockTimeS: 1,
    environment: { ...QUICK, ...options.environment },
    onStep: () => undefined,
    onExit: (name, reason) => exits.push(`${name} ${reason}`),
  });
  const dataSource = await connect(stack.databaseUrl);
  const apiKeys = await seedMasterData(dataSource, stack.simulated, stack.accounts);
  return {
    stack,
    dataSource,
    apiKeys,
    stop: async () => {
      await dataSource.destroy();
      await stack.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
