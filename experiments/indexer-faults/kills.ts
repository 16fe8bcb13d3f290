import { setTimeout as sleep } from 'node:timers/promises';
import { holding, same, type FaultWorld } from './fault-world.js';
import { caughtUp, IndexProcess, sessionState } from './index-process.js';
import { outcome, type Outcome } from './outcome.js';

const BACKFILL_BLOCKS = 400;
const CHECK_EVERY = 10;
const LONGEST_MS = 500;

/**
 * Kills the indexer with SIGKILL at random moments after it has begun to lead, while blocks are mined, and starts it
 * again. What its connection was doing just before is counted.
 */
export async function kills(world: FaultWorld, count: number): Promise<Outcome> {
  for (let block = 0; block < BACKFILL_BLOCKS; block++) await world.mine();
  const databaseUrl = await world.database('kills');
  const states: Record<string, number> = {};
  let [checks, unequal] = [0, 0];
  for (let kill = 0; kill < count; kill++) {
    const indexer = IndexProcess.start(world, databaseUrl);
    await indexer.says(({ event }) => event === 'leading');
    const until = performance.now() + world.random() * LONGEST_MS;
    while (performance.now() < until) await world.mine();
    // Half of them right after a block, when a commit is likely on its way.
    if (world.random() < 0.5) {
      await world.mine(1);
      await sleep(world.random() * 12);
    }
    const state = await sessionState(databaseUrl);
    states[state] = (states[state] ?? 0) + 1;
    await indexer.kill('SIGKILL');
    if ((kill + 1) % CHECK_EVERY !== 0) continue;
    checks++;
    if (!(await equal(world, databaseUrl))) unequal++;
  }
  return outcome('kill -9 of the indexer', count, checks, unequal, { states });
}

/** Lets an indexer finish what those that were killed began, and compares. */
async function equal(world: FaultWorld, databaseUrl: string): Promise<boolean> {
  const indexer = IndexProcess.start(world, databaseUrl);
  await caughtUp(world, databaseUrl);
  await indexer.kill('SIGTERM');
  return same(await holding(databaseUrl, world.deployment.chainId), await world.cleanRun());
}
