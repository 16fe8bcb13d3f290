import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalPostgres } from '@tallyhouse/testing';
import { migrate } from '../../apps/cli/src/migrate/migrate.js';
import { withClient } from './ceilings.js';
import { madeChain } from './make-chain.js';
import { runOurs } from './our-indexer.js';
import { SyntheticChain } from './synthetic-chain.js';

const EVENTS_A_BLOCK = 40;
const BLOCKS = 25_000;
const POINTS = 20;

/** 1,000,000 events from a chain that is made up while it is read: resident memory while they are indexed. */
export async function memory(postgres: LocalPostgres): Promise<object> {
  const { deployment } = await madeChain(3_000);
  const folder = await mkdtemp(join(tmpdir(), 'tallyhouse-memory-'));
  const deploymentPath = join(folder, 'deployment.json');
  await writeFile(deploymentPath, JSON.stringify(deployment));
  const databaseUrl = await postgres.createDatabase('million');
  await migrate(databaseUrl);
  const chain = await SyntheticChain.start(deployment, BLOCKS, EVENTS_A_BLOCK);
  try {
    const run = await runOurs({ databaseUrl, rpcUrls: [chain.rpcUrl], deploymentPath, verify: 'off' });
    const events = await withClient(databaseUrl, async (client) => {
      const { rows } = await client.query<{ count: number }>(
        'SELECT count(*)::integer AS count FROM token_transfer',
      );
      return rows[0]?.count ?? 0;
    });
    return { events, eventsPerSecond: Math.round((events / run.workMs) * 1_000), ...curve(run.memory) };
  } finally {
    chain.stop();
    await rm(folder, { recursive: true });
  }
}

/** Highest value of each twentieth of the run, and of its second and last quarter. */
function curve(samples: readonly { mib: number }[]): object {
  const peak = (from: number, to: number): number =>
    Math.max(
      0,
      ...samples
        .slice(Math.floor(from * samples.length), Math.ceil(to * samples.length))
        .map(({ mib }) => mib),
    );
  return {
    peakMiBOfEachTwentieth: Array.from({ length: POINTS }, (_, index) =>
      peak(index / POINTS, (index + 1) / POINTS),
    ),
    peakMiBOfSecondQuarter: peak(0.25, 0.5),
    peakMiBOfLastQuarter: peak(0.75, 1),
  };
}
