import { factsMoment, recordDerivation, staleDerivations } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { holding, same, type FaultWorld } from './fault-world.js';
import { outcome, type Outcome } from './outcome.js';
import { OwnIndex } from './own-index.js';

const DEEPEST = 64;
const CHECK_EVERY = 10;

/**
 * Replaces the last 1 to 64 blocks, at random, under a following indexer: the chain goes back to a state from before
 * (`evm_revert`) and on differently. Half of the times the indexer has read all that will be lost, half of the times it
 * is in the midst of it. After each the positions of all facts of the last 130 blocks are compared with the chain's
 * logs, and everything that was derived from a block that is gone must be marked; after every tenth the whole index
 * with a clean run.
 */
export async function reorgs(world: FaultWorld, count: number): Promise<Outcome> {
  const { chainId } = world.deployment;
  const index = await OwnIndex.open(world, 'reorgs');
  const source = await new DataSource({ type: 'postgres', url: index.databaseUrl }).initialize();
  for (let block = 0; block < DEEPEST + 20; block++) await world.mine();
  index.start({ rpcWsUrls: [world.wsUrl] });
  await index.caughtUp();
  const tally = { positionsUnequal: 0, missedMarks: 0, derived: 0, marked: 0, whileWorking: 0 };
  const depths: number[] = [];
  let [checks, unequal] = [0, 0];
  for (let reorg = 0; reorg < count; reorg++) {
    const depth = 1 + Math.floor(world.random() * DEEPEST);
    const snapshot = await world.rpc('evm_snapshot');
    const derived = await derive(world, source, index, reorg, depth);
    if (world.random() < 0.5) tally.whileWorking++;
    else await index.caughtUp();
    await world.rpc('evm_revert', [snapshot]);
    const replaced = depth + (world.random() < 0.5 ? 1 : -Math.floor(world.random() * depth));
    for (let block = 0; block < replaced; block++) await world.mine();
    await world.mine(1);
    await index.caughtUp();
    depths.push(depth);
    if (!(await positionsEqual(world, source))) tally.positionsUnequal++;
    const stale = new Set((await staleDerivations(source, 'experiment')).map(({ key }) => key));
    for (const { key, block, hash } of derived) {
      tally.derived++;
      if (stale.has(key)) tally.marked++;
      else if ((await hashOf(world, block)) !== hash) tally.missedMarks++;
    }
    await source.query('DELETE FROM derivation');
    if ((reorg + 1) % CHECK_EVERY !== 0) continue;
    checks++;
    if (!same(await holding(index.databaseUrl, chainId), await world.cleanRun())) unequal++;
  }
  const { rollbacks } = index.status.report();
  await index.stop();
  await source.destroy();
  return outcome('reorganisation of depth 1 to 64', count, checks, unequal + tally.positionsUnequal, {
    ...{ rollbacks, depths, whileStillIndexing: tally.whileWorking },
    ...{ positionComparisons: count, derivedNoted: tally.derived, derivedMarked: tally.marked },
    missedMarks: tally.missedMarks,
  });
}

interface Derived {
  readonly key: string;
  readonly block: number;
  readonly hash: string | undefined;
}

/** Mines what will be lost, and notes something derived at every few blocks of it. */
async function derive(
  world: FaultWorld,
  source: DataSource,
  index: OwnIndex,
  reorg: number,
  depth: number,
): Promise<Derived[]> {
  const derived: Derived[] = [];
  for (let block = 0; block < depth; block++) {
    await world.mine();
    if (block % 16 !== 0) continue;
    await index.caughtUp();
    const moment = (await factsMoment(source, world.deployment.chainId))!;
    const key = `${reorg} ${block}`;
    await source.transaction((manager) => recordDerivation(manager, { name: 'experiment', key }, moment));
    derived.push({ key, block: moment.blockNumber, hash: await hashOf(world, moment.blockNumber) });
  }
  return derived;
}

async function hashOf(world: FaultWorld, number: number): Promise<string | undefined> {
  const block = await world.rpc('eth_getBlockByNumber', [`0x${number.toString(16)}`, false]);
  return (block as { hash: string } | null)?.hash;
}

/** Block hash and log index of every log of our contracts, as the node gives them, against every fact. */
async function positionsEqual(world: FaultWorld, source: DataSource): Promise<boolean> {
  const head = Number(await world.rpc('eth_blockNumber'));
  const from = Math.max(0, head - 2 * DEEPEST - 2);
  const { TallyToken, TraceAnchor } = world.deployment.contracts;
  const logs = (await world.rpc('eth_getLogs', [
    { fromBlock: `0x${from.toString(16)}`, address: [TallyToken.address, TraceAnchor.address] },
  ])) as { blockHash: string; logIndex: string }[];
  const wanted = logs.map(({ blockHash, logIndex }) => `${blockHash} ${Number(logIndex)}`).sort();
  const tables = ['token_transfer', 'delegate_changed', 'delegate_votes_changed', 'trace_anchored'];
  const select = tables.map(
    (name) => `SELECT block_hash || ' ' || log_index AS at FROM ${name} WHERE block_number >= ${from}`,
  );
  const rows: { at: string }[] = await source.query(select.join(' UNION ALL '));
  const found = rows.map(({ at }) => at).sort();
  return JSON.stringify(found) === JSON.stringify(wanted);
}
