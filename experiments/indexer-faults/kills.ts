import { holding, same, type FaultWorld } from './fault-world.js';
import { caughtUp, IndexProcess, SessionWatch } from './index-process.js';
import { outcome, type Outcome } from './outcome.js';

const BACKFILL_BLOCKS = 400;
const CHECK_EVERY = 10;
const LONGEST_MS = 500;
const MOST_BLOCKS = 100;
const LOOKS_A_BLOCK = 40;

/**
 * Kills the indexer with SIGKILL at random moments after it has begun to lead, while blocks are mined, and starts it
 * again. What its connection was doing just before is counted.
 */
export async function kills(world: FaultWorld, count: number): Promise<Outcome> {
  for (let block = 0; block < BACKFILL_BLOCKS; block++) await world.mine();
  const databaseUrl = await world.database('kills');
  const watch = await SessionWatch.open(databaseUrl);
  const states: Record<string, number> = {};
  let [checks, unequal] = [0, 0];
  for (let kill = 0; kill < count; kill++) {
    const indexer = IndexProcess.start(world, databaseUrl);
    await indexer.says(({ event }) => event === 'leading');
    const until = performance.now() + world.random() * LONGEST_MS;
    while (performance.now() < until) await world.mine();
    // Half of them at once when its transaction is seen to be open, since most of the time it waits for blocks.
    const state = await (world.random() < 0.5 ? killAtWork(world, watch, indexer) : killNow(watch, indexer));
    states[state] = (states[state] ?? 0) + 1;
    if ((kill + 1) % CHECK_EVERY !== 0) continue;
    checks++;
    if (!(await equal(world, databaseUrl))) unequal++;
  }
  await watch.close();
  return outcome('kill -9 of the indexer', count, checks, unequal, { states });
}

async function killNow(watch: SessionWatch, indexer: IndexProcess): Promise<string> {
  const state = await watch.state();
  await indexer.kill('SIGKILL');
  return state;
}

/** Mines until the indexer is seen writing, and kills it in that moment; or where that takes too many blocks, anyway. */
async function killAtWork(world: FaultWorld, watch: SessionWatch, indexer: IndexProcess): Promise<string> {
  for (let block = 0; block < MOST_BLOCKS; block++) {
    const mined = world.mine(1);
    for (let look = 0; look < LOOKS_A_BLOCK; look++) {
      const state = await watch.state();
      if (state === 'idle' || state === 'not connected') continue;
      await indexer.kill('SIGKILL');
      await mined;
      return state;
    }
    await mined;
  }
  return killNow(watch, indexer);
}

/** Lets an indexer finish what those that were killed began, and compares. */
async function equal(world: FaultWorld, databaseUrl: string): Promise<boolean> {
  const indexer = IndexProcess.start(world, databaseUrl);
  await caughtUp(world, databaseUrl);
  await indexer.kill('SIGTERM');
  return same(await holding(databaseUrl, world.deployment.chainId), await world.cleanRun());
}
